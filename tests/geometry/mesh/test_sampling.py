import numpy as np
import pytest
import trimesh

from caddis.geometry.errors import EmptyMeshError
from caddis.geometry.mesh.sampling import sample_surface


def test_same_seed_gives_the_same_bytes():
    mesh = trimesh.creation.icosphere()
    first = sample_surface(mesh, 100, np.random.default_rng(3))
    second = sample_surface(mesh, 100, np.random.default_rng(3))
    other = sample_surface(mesh, 100, np.random.default_rng(4))
    assert first[0].tobytes() == second[0].tobytes()
    assert first[1].tobytes() == second[1].tobytes()
    assert first[0].tobytes() != other[0].tobytes()


def test_points_lie_on_the_surface_with_its_normals():
    points, normals = sample_surface(
        trimesh.creation.box((2.0, 2.0, 2.0)), 500, np.random.default_rng(0)
    )
    np.testing.assert_allclose(np.abs(points).max(axis=1), 1.0)
    np.testing.assert_allclose(np.einsum("ij,ij->i", points, normals), 1.0, atol=1e-12)


def test_density_follows_area():
    mesh = trimesh.Trimesh(
        [[0, 0, 0], [1, 0, 0], [0, 1, 0], [5, 0, 0], [8, 0, 0], [5, 3, 0]],
        [[0, 1, 2], [3, 4, 5]],
        process=False,
    )
    points, _ = sample_surface(mesh, 20_000, np.random.default_rng(1))
    assert (points[:, 0] > 2.0).mean() == pytest.approx(0.9, abs=0.01)
    inside = points[points[:, 0] < 2.0]
    np.testing.assert_allclose(inside.mean(axis=0)[:2], 1.0 / 3.0, atol=0.02)


def test_faces_without_area_are_never_drawn():
    mesh = trimesh.Trimesh(
        [[0, 0, 0], [1, 0, 0], [0, 1, 0], [9, 9, 9]],
        [[3, 3, 3], [0, 1, 2], [3, 3, 0]],
        process=False,
    )
    points, normals = sample_surface(mesh, 1000, np.random.default_rng(2))
    assert points.max() <= 1.0
    np.testing.assert_allclose(normals, [[0.0, 0.0, 1.0]] * 1000)


def test_nothing_to_sample_is_refused():
    empty = trimesh.Trimesh(np.zeros((0, 3)), np.zeros((0, 3), dtype=int), process=False)
    with pytest.raises(EmptyMeshError):
        sample_surface(empty, 10, np.random.default_rng(0))
