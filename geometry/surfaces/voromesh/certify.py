"""Move the vertices of a clean mesh as far as it stays clean in float32 coordinates.

The test is exact for float32 coordinates (`caddis.geometry.mesh.self_intersection`), so there is no
tolerance: a mesh that passes is an embedded surface in the file, STL included.
"""

from __future__ import annotations

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.surfaces.voromesh.cleanup import passes, rounded
from caddis.geometry.surfaces.voromesh.offenders import near, offenders

Points = NDArray[np.float64]
Faces = NDArray[np.int64]
Mask = NDArray[np.bool_]

_ROUNDS = 14
_GIVE_UP = 4  # halvings after which a vertex goes all the way back
_SPREAD = 6  # rounds after which the neighbours of an offender are drawn back too


def certified(base: Points, moved: Points, faces: Faces) -> trimesh.Trimesh:
    """Return a clean mesh with vertices as near to `moved` as possible.

    Where two faces meet, or one has no area, their vertices go halfway back to `base`, and after
    some rounds all the way. As the base is clean, this ends with a clean mesh. Each round tests
    only faces near those that have moved; the whole mesh is tested once at the end.

    Args:
        base: (V, 3) vertices of a mesh that `passes`.
        moved: (V, 3) wanted places; a vertex whose place overflows float32 stays at `base`.
        faces: (F, 3).

    Returns:
        A clean mesh whose vertices hold float32 values.
    """
    base = rounded(base)
    possible: Mask = np.asarray(np.isfinite(rounded(moved)).all(axis=1))
    moved = np.where(possible[:, None], moved, base)
    share = np.ones(len(base))
    halvings = np.zeros(len(base), dtype=np.int64)
    suspects = np.arange(len(faces))
    for turn in range(_ROUNDS):
        vertices = rounded(base + share[:, None] * (moved - base))
        bad = offenders(vertices, faces, suspects)
        if not len(bad):
            mesh = trimesh.Trimesh(vertices, faces, process=False)
            if passes(mesh):
                return mesh
            break
        touched = np.zeros(len(base), dtype=np.bool_)
        touched[faces[bad]] = True
        if turn >= _SPREAD:
            touched[faces[touched[faces].any(axis=1)]] = True
        halvings[touched] += 1
        share[touched] = np.where(halvings[touched] > _GIVE_UP, 0.0, share[touched] / 2.0)
        suspects = near(vertices, faces, np.asarray(touched[faces].any(axis=1)))
    return trimesh.Trimesh(base, faces, process=False)
