"""A wanted number of faces, by the number of generators."""

from __future__ import annotations

from collections.abc import Callable

import trimesh

from geometry.errors import ConfigError
from geometry.simplify import simplify

TOLERANCE = 0.05
_FACES_PER_GENERATOR = 5.5  # a first guess; smooth shapes have more, flat ones fewer
_TRIES = 5
_FEWEST_FACES = 40
_FEWEST_GENERATORS = 16
_SURPLUS = 1.25  # what cleaning up may take away without losing the shape


def with_faces(make: Callable[[int], trimesh.Trimesh], faces: int) -> trimesh.Trimesh:
    """Make a mesh of about `faces` triangles.

    The number of triangles grows with that of the generators, by a factor that depends on the
    shape and is measured on the way. A surplus of up to a quarter is taken away by quadric
    error, which keeps the mesh clean.

    Args:
        make: From a number of generators to a clean mesh.
        faces: Wanted number of triangles, at least 40.

    Returns:
        A mesh within 5 % of `faces`, or the nearest that was found: compare `len(result.faces)`.
        Shapes that need more triangles to stay whole than are wanted are the reason.

    Raises:
        ConfigError: Fewer than 40 faces.
    """
    if faces < _FEWEST_FACES:
        raise ConfigError(
            "too few faces for a Voronoi diagram", f"faces={faces}", f"Use {_FEWEST_FACES} or more."
        )
    generators = max(round(faces / _FACES_PER_GENERATOR), _FEWEST_GENERATORS)
    best: trimesh.Trimesh | None = None
    for _ in range(_TRIES):
        mesh = make(generators)
        count = len(mesh.faces)
        if faces * (1.0 + TOLERANCE) < count <= faces * _SURPLUS:
            mesh = simplify(mesh, faces)
        if best is None or _miss(mesh, faces) < _miss(best, faces):
            best = mesh
        if _miss(best, faces) <= TOLERANCE or (count > faces and generators <= _FEWEST_GENERATORS):
            break
        # Aim into the surplus: from above a clean-up finishes, from below nothing does.
        generators = max(round(generators * 1.12 * faces / count), _FEWEST_GENERATORS)
    assert best is not None  # noqa: S101  # there was a try
    if _miss(best, faces) > TOLERANCE and len(best.faces) > faces:
        slim = simplify(best, faces)
        best = min(best, slim, key=lambda mesh: _miss(mesh, faces))
    return best


def _miss(mesh: trimesh.Trimesh, faces: int) -> float:
    return abs(len(mesh.faces) - faces) / faces
