import itertools
import time

import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from caddis.geometry.errors import ConfigError, NoSurfaceError
from caddis.geometry.surfaces.marching_cubes import MarchingCubes, mesh_from_grid
from tests.geometry.surfaces.sampling import sample_everywhere
from tests.geometry.topology import (
    has_degenerate_faces,
    is_edge_manifold,
    is_vertex_manifold,
    welded,
)


def sphere(points):
    return (np.linalg.norm(points, axis=1) - 0.4).astype(np.float32)


def box(points):
    """A box whose faces lie exactly on grid planes: all the values there are zero."""
    return (np.abs(points) - np.float32([0.55 / 2, 0.55 / 4, 0.55 / 2])).max(axis=1)


def two_boxes_on_one_edge(points):
    shifted = np.abs(points - np.where(points[:, :1] > 0, 0.1375, -0.1375) * [1.0, 1.0, 0.0])
    return (shifted - 0.1375).max(axis=1).astype(np.float32)


def slab(points):
    return (np.abs(points[:, 2]) - 0.1).astype(np.float32)


def _assert_clean(mesh: trimesh.Trimesh):
    """Manifold by indices, and still so once coordinates are float32 millimetres and welded."""
    assert is_edge_manifold(mesh.faces)
    assert is_vertex_manifold(mesh.faces)
    assert mesh.volume > 0
    for scale in (1.0, 60.0, 200.0):
        rounded = (mesh.vertices * scale + scale / 2).astype(np.float32)
        faces = welded(rounded, mesh.faces)
        assert len(np.unique(faces)) == len(mesh.vertices)
        assert not has_degenerate_faces(rounded, mesh.faces)


@pytest.mark.parametrize("field", [sphere, box, two_boxes_on_one_edge, slab])
@pytest.mark.parametrize("resolution", [16, 32, 50])
def test_mesh_is_closed_outward_and_manifold(field, resolution):
    _assert_clean(MarchingCubes().from_field(field, resolution))


def test_sphere_has_its_volume_and_its_vertices_lie_on_it():
    mesh = MarchingCubes().from_field(sphere, 64)
    assert mesh.volume == pytest.approx(4 / 3 * np.pi * 0.4**3, rel=5e-3)
    assert np.abs(np.linalg.norm(mesh.vertices, axis=1) - 0.4).max() < 0.02 * 1.1 / 64
    assert mesh.vertices.dtype == np.float64


def test_sparse_mesh_equals_the_dense_one():
    for field in (sphere, box, two_boxes_on_one_edge, slab):
        sparse = MarchingCubes().from_field(field, 60)
        dense = mesh_from_grid(sample_everywhere(field, 60, 0.55), 0.55)
        assert np.array_equal(sparse.vertices, dense.vertices)
        assert np.array_equal(sparse.faces, dense.faces)


@settings(max_examples=60, deadline=None)
@given(
    hnp.arrays(
        np.float32,
        hnp.array_shapes(min_dims=1, max_dims=1, min_side=4, max_side=7).map(lambda s: s * 3),
        elements=st.sampled_from([-1.0, -1e-9, 0.0, 1e-9, 1.0]) | st.floats(-1, 1, width=32),
        fill=st.nothing(),
    )
)
def test_random_grids_with_zeros_and_ties_give_clean_meshes(values):
    values[0, 0, 0], values[1, 1, 1] = 0.5, -0.5
    _assert_clean(mesh_from_grid(values, 0.55))


def test_every_sign_pattern_of_two_neighbouring_cells_is_manifold():
    """All 2^12 patterns in each of three directions: the proof that the table is consistent."""
    patterns = np.array(list(itertools.product([-1.0, 1.0], repeat=12)), dtype=np.float32)
    block = np.ones((3, 64, 64, 5, 5, 5), dtype=np.float32)
    for axis in range(3):
        shape = np.full(3, 2)
        shape[axis] = 3
        inner = tuple(slice(1, 1 + n) for n in shape)
        block[(axis, slice(None), slice(None), *inner)] = patterns.reshape(64, 64, *shape)
    values = block.transpose(1, 3, 2, 4, 0, 5).reshape(64 * 5, 64 * 5, 3 * 5)
    mesh = mesh_from_grid(values, 0.55)
    assert is_edge_manifold(mesh.faces)
    assert is_vertex_manifold(mesh.faces)


def test_no_two_faces_of_a_cell_cross():
    rng = np.random.default_rng(0)
    for values in (rng.uniform(-1, 1, (14, 14, 14)), rng.choice([-1.0, 1.0], (14, 14, 14))):
        mesh = mesh_from_grid(values.astype(np.float32), 0.55)
        assert len(mesh.faces) > 3000
        assert _crossings(mesh, 1.1 / 13) == 0


def test_crossing_faces_would_be_found():
    cross = trimesh.Trimesh(
        np.array(
            [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0.2, 0.2, -0.5], [0.2, 0.2, 0.5], [0.3, 0.2, 0.5]]
        )
        * 0.05
        - 0.5,
        [[0, 1, 2], [3, 4, 5]],
        process=False,
    )
    assert _crossings(cross, 1.1 / 13) > 0


def _crossings(mesh: trimesh.Trimesh, spacing: float) -> int:
    """Count pairs edge/face within a grid cell that cross; a face never leaves its cell."""
    cell = np.floor((mesh.triangles_center + 0.55) / spacing).astype(np.int64)
    _, owner = np.unique(cell, axis=0, return_inverse=True)
    order = np.argsort(owner.reshape(-1), kind="stable")
    faces, owner = mesh.faces[order], owner.reshape(-1)[order]
    total = 0
    for distance in range(1, 13):
        first = np.flatnonzero(owner[distance:] == owner[:-distance])
        for a, b in ((first, first + distance), (first + distance, first)):
            for side in range(3):
                p, q = faces[a, side], faces[a, (side + 1) % 3]
                apart = ~((faces[b] == p[:, None]) | (faces[b] == q[:, None])).any(axis=1)
                total += int((_pierces(mesh.vertices, p, q, faces[b]) & apart).sum())
    return total


def _pierces(vertices, p, q, triangle):
    def side(a, b, c, d):
        a, b, c, d = (vertices[i] for i in (a, b, c, d))
        return np.sign(np.einsum("ij,ij->i", np.cross(b - a, c - a), d - a))

    a, b, c = triangle.T
    turns = [side(p, q, a, b), side(p, q, b, c), side(p, q, c, a)]
    same = (turns[0] == turns[1]) & (turns[1] == turns[2]) & (turns[0] != 0)
    return same & (side(a, b, c, p) * side(a, b, c, q) < 0)


def test_a_field_of_one_sign_has_no_surface():
    for value in (1.0, -1.0):
        with pytest.raises(NoSurfaceError):
            MarchingCubes().from_field(lambda p, v=value: np.full(len(p), v, np.float32), 16)


def test_a_solid_on_the_border_alone_has_no_surface():
    values = np.ones((5, 5, 5), dtype=np.float32)
    values[0, 2, 2] = -1.0
    with pytest.raises(NoSurfaceError):
        mesh_from_grid(values, 0.55)


@pytest.mark.parametrize(("resolution", "bound"), [(3, 0.55), (513, 0.55), (32, 0.0), (32, -1.0)])
def test_settings_out_of_range_are_refused(resolution, bound):
    with pytest.raises(ConfigError):
        MarchingCubes().from_field(sphere, resolution, bound=bound)


def test_bound_is_the_half_width_of_the_box():
    mesh = MarchingCubes().from_field(slab, 32, bound=0.5)
    assert np.allclose(mesh.bounds[:, :2], [[-0.5, -0.5], [0.5, 0.5]], atol=0.02 / 32 + 1e-9)


def test_resolution_128_takes_well_under_a_second():
    start = time.process_time()
    MarchingCubes().from_field(sphere, 128)
    assert time.process_time() - start < 1.0


def test_a_grid_may_have_other_numbers_of_samples_along_each_axis():
    x, y, z = np.meshgrid(*(np.arange(n) * 0.1 - 1.0 for n in (21, 25, 31)), indexing="ij")
    values = np.sqrt(x**2 + (y - 0.2) ** 2 + (z - 0.5) ** 2) - 0.6
    mesh = mesh_from_grid(values.astype(np.float32), 1.0)
    np.testing.assert_allclose(mesh.bounds.mean(axis=0), [0.0, 0.2, 0.5], atol=3e-3)
