import numpy as np
import pytest
import trimesh

from caddis.geometry.errors import MissingDependencyError
from caddis.geometry.field import SolidField
from caddis.geometry.mesh import solid_distance as module
from caddis.geometry.mesh.solid_distance import solid_distance

TORUS = trimesh.creation.torus(0.35, 0.12)


def points(count=3000):
    return np.random.default_rng(0).uniform(-0.55, 0.55, (count, 3)).astype(np.float32)


def missing():
    raise MissingDependencyError("open3d cannot be imported")


@pytest.mark.parametrize("without", [False, True])
def test_distances_are_those_of_the_slower_field(without, monkeypatch):
    if without:
        monkeypatch.setattr(module, "open3d", missing)
    np.testing.assert_allclose(
        solid_distance(TORUS, points()), SolidField(TORUS)(points()), atol=1e-6
    )


@pytest.mark.parametrize("without", [False, True])
def test_the_formula_of_a_torus_gives_the_same_signs(without, monkeypatch):
    if without:
        monkeypatch.setattr(module, "open3d", missing)
    x, y, z = points().astype(float).T
    true = np.hypot(np.hypot(x, y) - 0.35, z) < 0.12
    near = np.abs(np.hypot(np.hypot(x, y) - 0.35, z) - 0.12) < 0.004  # the mesh is faceted
    assert ((solid_distance(TORUS, points()) < 0.0) == true)[~near].all()


@pytest.mark.parametrize("count", [1, 2])
def test_few_points_are_enough(count):
    assert solid_distance(TORUS, points(count)).shape == (count,)
