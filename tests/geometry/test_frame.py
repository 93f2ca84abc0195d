import numpy as np
import pytest
import trimesh
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from caddis.geometry.errors import ConfigError, EmptyMeshError, NonFiniteError
from caddis.geometry.frame import canonical_transform, place_on_bed, to_canonical

CLOUDS = hnp.arrays(np.float64, (12, 3), elements=st.floats(-1e4, 1e4, width=32)).filter(
    lambda cloud: np.ptp(cloud, axis=0).max() > 1e-2
)


@given(CLOUDS)
def test_canonical_box_is_centred_with_longest_side_one(cloud):
    centre, scale = canonical_transform(cloud)
    moved = (cloud - centre) * scale
    np.testing.assert_allclose(moved.min(axis=0), -moved.max(axis=0), atol=1e-6)
    assert np.ptp(moved, axis=0).max() == pytest.approx(1.0)


def test_canonical_twice_is_canonical_once():
    mesh = trimesh.creation.box((3.0, 2.0, 1.0))
    once = to_canonical(mesh)
    np.testing.assert_allclose(to_canonical(once).vertices, once.vertices, atol=1e-15)
    assert (once.faces == mesh.faces).all()


@given(st.floats(0.1, 1e4))
def test_bed_placement_has_the_height_asked_for(height):
    mesh = trimesh.creation.cone(radius=2.0, height=7.0)
    mesh.apply_translation((5.0, -3.0, 11.0))
    placed = place_on_bed(mesh, height)
    assert placed.vertices[:, 2].min() == pytest.approx(0.0, abs=1e-9 * height)
    assert placed.vertices[:, 2].max() == pytest.approx(height)
    np.testing.assert_allclose(placed.bounds[:, :2].sum(axis=0), 0.0, atol=1e-9 * height)
    np.testing.assert_allclose(placed.extents / placed.extents[2], mesh.extents / mesh.extents[2])


@pytest.mark.parametrize("height", [0.0, -1.0, float("nan"), float("inf")])
def test_impossible_heights_are_refused(height):
    with pytest.raises(ConfigError):
        place_on_bed(trimesh.creation.box(), height)


def test_no_extent_and_no_number_are_refused():
    with pytest.raises(EmptyMeshError):
        canonical_transform(np.zeros((0, 3)))
    with pytest.raises(EmptyMeshError):
        canonical_transform(np.ones((4, 3)))
    with pytest.raises(NonFiniteError):
        canonical_transform(np.array([[0.0, 0.0, np.nan], [1.0, 1.0, 1.0]]))
    flat = trimesh.Trimesh([[0, 0, 0], [1, 0, 0], [0, 1, 0]], [[0, 1, 2]], process=False)
    with pytest.raises(EmptyMeshError):
        place_on_bed(flat, 10.0)
