import numpy as np
import pytest
import trimesh

from caddis.geometry.errors import MissingDependencyError
from caddis.geometry.field import SolidField
from caddis.geometry.mesh import solid_distance as module
from caddis.geometry.mesh.solid_distance import inside, solid_distance

TORUS = trimesh.creation.torus(0.35, 0.12)


def points(count=3000):
    return np.random.default_rng(0).uniform(-0.55, 0.55, (count, 3)).astype(np.float32)


def test_distances_are_those_of_the_slower_field():
    np.testing.assert_allclose(
        solid_distance(TORUS, points()), SolidField(TORUS)(points()), atol=1e-6
    )


def test_the_formula_of_a_torus_says_the_same():
    x, y, z = points().astype(float).T
    true = np.hypot(np.hypot(x, y) - 0.35, z) < 0.12
    near = np.abs(np.hypot(np.hypot(x, y) - 0.35, z) - 0.12) < 0.004  # the mesh is faceted
    assert (inside(TORUS, points()) == true)[~near].all()


def test_without_open3d_winding_numbers_decide(monkeypatch):
    expected = inside(TORUS, points())

    def missing():
        raise MissingDependencyError("open3d cannot be imported")

    monkeypatch.setattr(module, "open3d", missing)
    np.testing.assert_array_equal(inside(TORUS, points()), expected)


@pytest.mark.parametrize("count", [1, 2])
def test_few_points_are_enough(count):
    assert solid_distance(TORUS, points(count)).shape == (count,)
