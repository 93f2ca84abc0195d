import numpy as np
import pytest
import trimesh
from hypothesis import given
from hypothesis import strategies as st

from caddis.geometry.errors import ConfigError, EmptyMeshError
from caddis.geometry.field import GridField, SolidField


def _box_distance(points, half):
    outside = np.abs(points) - half
    return np.linalg.norm(outside.clip(min=0.0), axis=1) + outside.max(axis=1).clip(max=0.0)


def test_solid_field_is_the_formula_of_a_box():
    points = np.random.default_rng(0).uniform(-1, 1, (500, 3)).astype(np.float32)
    field = SolidField(trimesh.creation.box((0.6, 1.0, 0.4)))
    expected = _box_distance(points.astype(float), np.array([0.3, 0.5, 0.2]))
    np.testing.assert_allclose(field(points), expected, atol=1e-6)


def test_solid_field_is_negative_where_solids_overlap():
    left, right = trimesh.creation.box(), trimesh.creation.box()
    right.apply_translation((0.5, 0.0, 0.0))
    both = trimesh.util.concatenate([left, right])
    assert SolidField(both)(np.array([[0.25, 0.0, 0.0]], dtype=np.float32))[0] < 0.0


def test_no_points_give_no_values():
    assert SolidField(trimesh.creation.box())(np.zeros((0, 3), dtype=np.float32)).shape == (0,)


def test_a_mesh_without_faces_has_no_field():
    empty = trimesh.Trimesh(np.zeros((0, 3)), np.zeros((0, 3), dtype=int), process=False)
    with pytest.raises(EmptyMeshError):
        SolidField(empty)


@given(st.tuples(*[st.floats(-1.0, 1.0)] * 4), st.integers(0, 100))
def test_grid_field_is_exact_for_linear_functions(slope, seed):
    low, high = np.array([-1.0, -2.0, 0.0]), np.array([1.0, 1.0, 3.0])
    axes = [np.linspace(a, b, n) for a, b, n in zip(low, high, (3, 4, 5), strict=True)]
    nodes = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1)
    values = nodes @ np.array(slope[:3]) + slope[3]
    points = np.random.default_rng(seed).uniform(low, high, (20, 3))
    field = GridField(values, low, high)
    np.testing.assert_allclose(
        field(points.astype(np.float32)), points @ np.array(slope[:3]) + slope[3], atol=1e-5
    )


def test_grid_field_is_clamped_outside():
    field = GridField(np.arange(8.0).reshape(2, 2, 2), 0.0, 1.0)
    assert field(np.array([[9.0, 9.0, 9.0]], dtype=np.float32))[0] == 7.0


@pytest.mark.parametrize(("shape", "high"), [((1, 2, 2), 1.0), ((2, 2), 1.0), ((2, 2, 2), 0.0)])
def test_grids_without_volume_are_refused(shape, high):
    with pytest.raises(ConfigError):
        GridField(np.zeros(shape), 0.0, high)
