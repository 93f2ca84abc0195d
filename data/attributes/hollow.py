"""Containers: the depth to which a solid holds water, its wall thickness and its handles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from skimage.morphology import reconstruction

from caddis.data.attributes.reading import Reading, Readings
from caddis.data.attributes.solid import Solid

Floats = NDArray[np.float64]
_DEEP = 0.25  # least depth of a container, as a share of the height
_WIDE = 0.04  # least area of its opening, as a share of the base
_SHALLOW = 0.1
_SIDES = np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]])  # neighbours to which water flows
_THIN, _THICK = 0.0185, 0.08  # limits of the median wall, as a share of the longest side
_HANDLE = 0.004  # least area of a hole by a handle, as a share of the silhouette


def hollow(solid: Solid) -> Readings:
    """Read the attributes of containers.

    `open`: water poured from above would be at least a quarter of the height deep over at least 4 %
    of the base; the number is the largest depth divided by the height. `walls` are "thin" or
    "thick" by their median thickness. `handles` counts the holes visible from the front or from the
    side.
    """
    depth = _water(solid.floors)
    pool = depth > _DEEP * solid.height
    deepest = float(depth.max() / solid.height)
    if pool.mean() < _WIDE:
        return {"open": Reading(False, deepest)} if deepest < _SHALLOW else {}
    found: Readings = {"open": Reading(True, deepest)}
    seen = [sum(area > _HANDLE for area in solid.silhouette_holes(axis)) for axis in (0, 1)]
    handles = min(max(seen), solid.genus)
    found["handles"] = Reading(handles, float(max(seen)))
    wall = _wall(solid)
    if wall < _THIN or wall > _THICK:
        found["walls"] = Reading("thin" if wall < _THIN else "thick", wall)
    return found


def _water(floors: Floats) -> Floats:
    """Return the depth of water over each cell (N, M) if water can run off at the border."""
    ground = np.pad(floors.clip(min=0.0), 1)
    flooded = ground.copy()
    flooded[1:-1, 1:-1] = ground.max()
    level = reconstruction(  # type: ignore[no-untyped-call]
        flooded, ground, method="erosion", footprint=_SIDES
    )
    return np.asarray((level - ground)[1:-1, 1:-1] * (floors >= 0))


def _wall(solid: Solid) -> float:
    """Return the median thickness of the solid along about 400 rays, area-weighted."""
    rng = np.random.default_rng(0)
    faces = rng.choice(len(solid.mesh.faces), 400, p=solid.mesh.area_faces / solid.mesh.area)
    inwards = -solid.mesh.face_normals[faces]
    start = solid.mesh.triangles_center[faces] + 1e-4 * inwards
    hits, ray, _ = solid.mesh.ray.intersects_location(start, inwards, multiple_hits=False)
    return float(np.median(np.linalg.norm(hits - start[ray], axis=1))) if len(ray) else 1.0
