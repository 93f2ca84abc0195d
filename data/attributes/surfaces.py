"""Whether the faces of a solid are flat or curved, and the number of its through-holes."""

from __future__ import annotations

import numpy as np

from caddis.data.attributes.reading import Reading, Readings
from caddis.data.attributes.solid import Solid

_CURVED, _BOXY = 0.45, 0.05
_BEND = (np.radians(2.0), np.radians(32.0))  # angles between the faces of a curved surface
_MOST_HOLES = 60


def surfaces(solid: Solid) -> Readings:
    """Read `curved` and `holes`.

    `curved`: the bend of an edge is its angle times its length; the number is the share of gentle
    edges (2 to 32 degrees) in the bend of all edges. Above 45 % the solid is curved (a ball has 100
    %, a cylinder as high as wide 39 %), below 5 % it is not, and in between there is no reading.
    `holes` is the genus.
    """
    angles = solid.mesh.face_adjacency_angles
    ends = solid.mesh.vertices[solid.mesh.face_adjacency_edges]
    turn = angles * np.linalg.norm(ends[:, 0] - ends[:, 1], axis=1)
    gentle = (angles > _BEND[0]) & (angles < _BEND[1])
    share = float(turn[gentle].sum() / max(turn[angles > _BEND[0]].sum(), 1e-12))
    found: Readings = {}
    if share > _CURVED or share < _BOXY:
        found["curved"] = Reading(share > _CURVED, share)
    if 0 <= solid.genus <= _MOST_HOLES:
        found["holes"] = Reading(solid.genus, float(solid.genus))
    return found
