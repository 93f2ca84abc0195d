import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import ConfigError, EmptyMeshError, NonFiniteError
from caddis.geometry.metrics import compare, distances, f_score


def ball(radius: float) -> trimesh.Trimesh:
    return trimesh.creation.icosphere(4, radius=radius)


def cloud(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(rng.integers(2, 40), 3)) * rng.uniform(0.1, 3.0)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 9999))
def test_clouds_score_as_the_table_of_all_distances_says(seed):
    a, b = cloud(seed), cloud(seed + 1)
    table = np.array([[np.sqrt(((p - q) ** 2).sum()) for q in b] for p in a])
    to_b, to_a = table.min(axis=1), table.min(axis=0)
    found = compare(a, b)
    tau = 0.01 * np.ptp(b, axis=0).max()
    precision, recall = np.mean(to_b < tau), np.mean(to_a < tau)
    expected = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    assert found.mean == pytest.approx((to_b.mean(), to_a.mean()))
    assert found.hausdorff == pytest.approx((to_b.max(), to_a.max()))
    assert found.f_score == pytest.approx(expected)
    assert (found.normal_consistency, found.volume_ratio, found.iou) == (None, None, None)
    assert np.array_equal(distances(a, b)[1], table.argmin(axis=1))


def test_f_scores_by_hand():
    near, half = np.array([0.0, 1.0]), np.array([0.0, 1.0, 3.0, 4.0])
    assert f_score(near, half, 2.0) == pytest.approx(2 / 3)
    assert f_score(near, half, 0.0) == 0.0


def test_a_shape_is_at_no_distance_from_itself():
    found = compare(ball(10.0), ball(10.0))
    assert max(*found.mean, *found.hausdorff) < 1e-6
    assert found.f_score == 1.0
    assert found.normal_consistency == pytest.approx(1.0, abs=1e-6)
    assert found.volume_ratio == pytest.approx(1.0)
    assert found.iou == pytest.approx(1.0)
    assert found.longest_side == pytest.approx(20.0)


def test_concentric_balls_are_their_gap_apart_and_overlap_by_their_volumes():
    found = compare(ball(8.0), ball(10.0), points=5000)
    assert found.mean == pytest.approx((2.0, 2.0), rel=0.01)
    assert found.hausdorff == pytest.approx((2.0, 2.0), rel=0.01)
    assert found.percent(found.mean) == pytest.approx((10.0, 10.0), rel=0.01)
    assert found.f_score == 0.0
    assert found.normal_consistency > 0.99
    assert found.volume_ratio == pytest.approx(0.8**3)
    assert found.iou == pytest.approx(0.8**3)


def test_what_is_missing_shows_one_way_only():
    box = trimesh.creation.box((10.0, 10.0, 10.0))
    far = trimesh.creation.box((10.0, 10.0, 10.0)).apply_translation((20.0, 0.0, 0.0))
    found = compare(box, trimesh.util.concatenate([box, far]), points=5000)
    assert found.hausdorff[0] == pytest.approx(0.0, abs=1e-6)
    assert found.hausdorff[1] == pytest.approx(20.0, abs=0.5)
    assert found.volume_ratio == pytest.approx(0.5)
    assert found.iou == pytest.approx(0.5)


def test_an_open_or_inverted_mesh_has_normals_but_no_volume():
    whole = ball(10.0)
    opened = trimesh.Trimesh(whole.vertices, whole.faces[1:], process=False)
    inverted = trimesh.Trimesh(whole.vertices, whole.faces[:, ::-1], process=False)
    for other in (opened, inverted):
        found = compare(whole, other, points=500)
        assert found.normal_consistency > 0.99
        assert (found.volume_ratio, found.iou) == (None, None)


def test_the_points_of_a_surface_are_at_no_distance_from_it():
    rows = np.hstack([ball(10.0).vertices, ball(10.0).vertex_normals])
    found = compare(rows, ball(10.0))
    assert found.hausdorff[0] < 1e-6
    assert 0.1 < found.mean[1] < 1.0  # from the surface to the next point
    assert found.normal_consistency is None
    assert found.iou is None


def test_the_same_seed_gives_the_same_numbers():
    first, second, other = (compare(ball(8.0), cloud(0), points=200, seed=s) for s in (3, 3, 4))
    assert first == second
    assert first.mean != other.mean


def test_what_has_no_distance_is_refused():
    box = trimesh.creation.box()
    for empty in (np.zeros((0, 3)), trimesh.Trimesh()):
        with pytest.raises(EmptyMeshError):
            compare(empty, box)
    with pytest.raises(EmptyMeshError, match="one place"):
        compare(box, np.ones((5, 3)))
    with pytest.raises(NonFiniteError):
        compare(box, np.full((5, 3), np.nan))
    with pytest.raises(ConfigError):
        compare(box, np.zeros((5, 2)))
