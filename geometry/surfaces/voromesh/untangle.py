"""Pull apart the few faces that cross because of rounding or a collapsed edge.

Of the faces of ten thousand generators a handful cross. Collapsing longer edges in the whole mesh
would repair them too, but would remove half of the faces and their detail.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.surfaces.voromesh.cleanup import rounded
from caddis.geometry.surfaces.voromesh.offenders import near, offenders

Points = NDArray[np.float64]
Faces = NDArray[np.int64]

_ROUNDS = 8
_SPREAD = 3  # rounds after which the neighbours of an offender move too
_MOST = 200  # with more offenders the mesh is left to the next attempt of `extract`


def untangled(vertices: Points, faces: Faces) -> Points:
    """Move the corners of crossing or collapsed faces halfway to the mean of their neighbours.

    This is repeated until no two faces meet or the rounds are used up; the caller tests the result.

    Args:
        vertices: (V, 3) of a closed manifold mesh, rounded to float32.
        faces: (F, 3).

    Returns:
        (V, 3), rounded to float32. Only corners of offenders have moved, and after three rounds
        without success also those around them.
    """
    suspects = np.arange(len(faces))
    for turn in range(_ROUNDS):
        bad = offenders(vertices, faces, suspects)
        if not 0 < len(bad) <= _MOST:
            break
        moving = np.zeros(len(vertices), dtype=np.bool_)
        moving[faces[bad]] = True
        if turn >= _SPREAD:
            moving[faces[moving[faces].any(axis=1)]] = True
        suspects = near(vertices, faces, np.asarray(moving[faces].any(axis=1)))
        vertices = rounded(_relaxed(vertices, faces, moving))
    return vertices


def _relaxed(vertices: Points, faces: Faces, moving: NDArray[np.bool_]) -> Points:
    """Each moving vertex halfway to the mean of those it shares an edge with."""
    start = faces.reshape(-1)
    end = np.roll(faces, -1, axis=1).reshape(-1)  # on a closed mesh each edge runs both ways
    kept = moving[start]
    start, end = start[kept], end[kept]
    total = np.zeros_like(vertices)
    np.add.at(total, start, vertices[end])
    mean = total[moving] / np.bincount(start, minlength=len(vertices))[moving, None]
    result = vertices.copy()
    result[moving] = (vertices[moving] + mean) / 2.0
    return result
