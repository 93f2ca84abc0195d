"""The sparse extraction equals the dense one, for any signs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import ConfigError, NoSurfaceError
from caddis.geometry.surfaces.marching_cubes import mesh_from_grid
from caddis.geometry.surfaces.sparse_marching_cubes import SparseGrid, mesh_from_sparse_grid
from tests.geometry.topology import is_edge_manifold, is_vertex_manifold


def sparse(values, keep=None):
    index = np.arange(values.size) if keep is None else np.flatnonzero(keep)
    flat = values.reshape(-1)[index].astype(np.float32)
    return SparseGrid(np.full(3, -1.0), 2.0 / (len(values) - 1), values.shape, index, flat)


def corner_sets(mesh):
    """Faces as sorted rows of rounded coordinates, from their smallest corner on."""
    corners = np.round(mesh.triangles, 9)
    rows = []
    for face in corners.tolist():
        first = min(range(3), key=lambda i: face[i])
        rows.append(tuple(map(tuple, face[first:] + face[:first])))
    return sorted(rows)


@settings(max_examples=20)
@given(st.integers(0, 9999), st.integers(4, 6), st.floats(0.1, 0.9))
def test_random_values_give_the_faces_of_the_full_grid(seed, size, inside):
    rng = np.random.default_rng(seed)
    values = np.abs(rng.normal(size=(size,) * 3)).astype(np.float32) + 0.01
    values[1:-1, 1:-1, 1:-1] *= np.where(rng.random((size - 2,) * 3) < inside, -1, 1)
    values[2, 2, 2] = -1.0
    dense, thin = mesh_from_grid(values.copy(), 1.0), mesh_from_sparse_grid(sparse(values))
    assert corner_sets(thin) == corner_sets(dense)
    assert is_edge_manifold(thin.faces)
    assert is_vertex_manifold(thin.faces)


def test_corners_far_from_the_surface_may_be_left_out():
    ticks = np.linspace(-1, 1, 25)
    radius = np.linalg.norm(np.stack(np.meshgrid(ticks, ticks, ticks, indexing="ij")), axis=0)
    values = radius - 0.6
    near = values < 2 * (ticks[1] - ticks[0])
    assert corner_sets(mesh_from_sparse_grid(sparse(values, near))) == corner_sets(
        mesh_from_sparse_grid(sparse(values))
    )
    assert mesh_from_sparse_grid(sparse(values, near)).volume == pytest.approx(0.9, rel=0.02)


def test_nothing_inside_and_a_solid_on_the_border_are_refused():
    with pytest.raises(NoSurfaceError):
        mesh_from_sparse_grid(sparse(np.ones((5, 5, 5))))
    values = np.ones((5, 5, 5))
    values[0, 2, 2] = -1
    with pytest.raises(ConfigError):
        mesh_from_sparse_grid(sparse(values))
