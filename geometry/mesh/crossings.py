"""Find faces of a welded mesh that cross, and remember the last mesh without any.

Every object is searched twice, during repair and in the print gate, and the search takes most of
the gate's time. A hash of the mesh that was last found free of crossings avoids the second search.
"""

from __future__ import annotations

import hashlib

import numpy as np

from caddis.geometry.mesh.flat_faces import without_flat_faces
from caddis.geometry.mesh.self_intersection import SelfIntersections, self_intersections
from caddis.geometry.mesh.welded import Welded

_NO_CROSSINGS = SelfIntersections(np.zeros((0, 2), dtype=np.int64), complete=True)
_last_clean = b""


def crossings(mesh: Welded, *, enough: int = 1000) -> SelfIntersections:
    """Call `self_intersections` after removing flat faces with `without_flat_faces`.

    Args:
        mesh: V vertices, F faces, mm.
        enough: Stop after about this many pairs.
    """
    global _last_clean  # noqa: PLW0603
    digest = hashlib.sha256(mesh.vertices.tobytes())
    digest.update(mesh.faces.tobytes())
    if digest.digest() == _last_clean:
        return _NO_CROSSINGS
    faces = without_flat_faces(mesh.vertices, mesh.faces)
    found = self_intersections(mesh.vertices, faces, enough=enough)
    if found.complete and not len(found.pairs):
        _last_clean = digest.digest()
    return found
