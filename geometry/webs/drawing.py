"""Draw webs: every thread is a tube, coloured by the force in it."""

from __future__ import annotations

from typing import Annotated

import numpy as np
import trimesh
from annotated_types import Interval
from PIL import Image

from caddis.geometry.errors import BrokenWebError
from caddis.geometry.options.checked import checked_arguments
from caddis.geometry.pictures.render import CLAY, render
from caddis.geometry.webs.graph import Floats, Web, per_edge

TENSION = np.array([0.70, 0.06, 0.05])
COMPRESSION = np.array([0.05, 0.18, 0.62])
NO_FORCE = np.array([0.80, 0.79, 0.77])
"""Linear colours of the largest tension, the largest compression, and no force."""

_SIDES = 8
_THICKNESS = 0.004
"""Radius of a thread in pictures, as a share of the web's longest side, where radii are unknown."""
_GAMMA = 0.5  # forces in a web differ by orders of magnitude, so show the root of their share


@checked_arguments
def draw_web(
    web: Web,
    size: Annotated[int, Interval(ge=1, le=8192)] = 512,
    *,
    forces: Floats | None = None,
    azimuth_deg: float = -35.0,
    elevation_deg: Annotated[float, Interval(ge=-89, le=89)] = 20.0,
) -> Image.Image:
    """Draw a web; see `caddis.geometry.pictures.render.render`.

    Args:
        web: With at least one thread of some length.
        size: Side of the square picture in pixels, up to 8192.
        forces: (E,) axial forces, positive in tension: red for pull, blue for push, the deeper
            the larger; one colour for all when None.
        azimuth_deg: Camera azimuth in degrees.
        elevation_deg: Camera height in degrees, -89 to 89.

    Raises:
        BrokenWebError: No thread with a length, or not one finite force an edge.
        ConfigError: An argument has the wrong type or is outside its range.

    Example:
        >>> import caddis
        >>> web = caddis.build_web("orb", 3)
        >>> caddis.draw_web(web, 128, forces=web.tensions).save("orb.png")
    """
    if not web.lengths.any():
        raise BrokenWebError("a web without threads cannot be drawn", "edges", "Give it edges.")
    count = len(web.edges)
    plain = forces is None
    colours = (
        np.tile(CLAY, (count, 1)) if plain else force_colours(per_edge(forces, count, "forces"))
    )
    tubes, edge = _tubes(web)
    return render(tubes, size, azimuth_deg=azimuth_deg, elevation_deg=elevation_deg,
                  face_colours=colours[edge])  # fmt: skip


def force_colours(forces: Floats) -> Floats:
    """Return (E, 3) linear colours from blue (compression) over grey to red (tension)."""
    share = np.abs(forces) / max(float(np.abs(forces).max(initial=0.0)), 1e-300)
    depth = (share**_GAMMA)[:, None]
    end = np.where(forces[:, None] > 0.0, TENSION, COMPRESSION)
    return np.asarray(depth * end + (1.0 - depth) * NO_FORCE)


def _tubes(web: Web) -> tuple[trimesh.Trimesh, np.ndarray]:
    """Return open prisms around all threads, and the edge (F,) that each face belongs to."""
    used = np.flatnonzero(web.lengths > 0.0)
    start, vector = web.nodes[web.edges[used, 0]], web.vectors[used]
    longest = float(np.ptp(web.nodes, axis=0).max())
    radii = np.full(len(used), _THICKNESS * longest) if web.radii is None else web.radii[used]
    along = vector / np.linalg.norm(vector, axis=1, keepdims=True)
    aside = np.cross(np.eye(3)[np.abs(along).argmin(axis=1)], along)
    aside /= np.linalg.norm(aside, axis=1, keepdims=True)
    angle = 2.0 * np.pi * np.arange(_SIDES) / _SIDES
    ring = np.cos(angle)[:, None, None] * aside + np.sin(angle)[:, None, None] * np.cross(
        along, aside
    )
    ring = radii[:, None, None] * ring.transpose(1, 0, 2)
    vertices = np.concatenate([start[:, None] + ring, (start + vector)[:, None] + ring], axis=1)
    here = np.arange(_SIDES)
    after = (here + 1) % _SIDES
    low = np.stack([here, after, after + _SIDES], axis=1)
    high = np.stack([here, after + _SIDES, here + _SIDES], axis=1)
    one = np.concatenate([low, high])
    faces = one + 2 * _SIDES * np.arange(len(used))[:, None, None]
    mesh = trimesh.Trimesh(vertices.reshape(-1, 3), faces.reshape(-1, 3), process=False)
    return mesh, np.repeat(used, len(one))
