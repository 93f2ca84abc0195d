import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import ConfigError, EmptyMeshError
from caddis.geometry.metrics import chamfer_matrix, compare_surfaces, field_iou, iou, pair


def _clouds(seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    n, m = rng.integers(1, 40, 2)
    return rng.normal(size=(n, 3)), rng.normal(size=(m, 3)) * rng.uniform(0.1, 3.0)


def _table(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The slow twin: all distances."""
    return np.array([[np.sqrt(((p - q) ** 2).sum()) for q in b] for p in a])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.05, 2.0))
def test_scores_equal_the_brute_force_twin(seed, tau):
    a, b = _clouds(seed)
    table, pairs = _table(a, b), pair(a, b)
    to_b, to_a = table.min(axis=1), table.min(axis=0)
    precision, recall = np.mean(to_b < tau), np.mean(to_a < tau)
    assert pairs.chamfer_l1 == pytest.approx((to_b.mean() + to_a.mean()) / 2)
    assert pairs.chamfer_l2 == pytest.approx((to_b**2).mean() + (to_a**2).mean())
    assert pairs.hausdorff == pytest.approx(max(to_b.max(), to_a.max()))
    expected = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    assert pairs.f_score(tau) == pytest.approx(expected)
    normals_a, normals_b = (c / np.linalg.norm(c, axis=1, keepdims=True) for c in (a, b))
    forth = [abs(n @ normals_b[i]) for n, i in zip(normals_a, table.argmin(axis=1), strict=True)]
    back = [abs(n @ normals_a[i]) for n, i in zip(normals_b, table.argmin(axis=0), strict=True)]
    got = pairs.normal_consistency(normals_a, normals_b)
    assert got == pytest.approx((np.mean(forth) + np.mean(back)) / 2)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_scores_are_symmetric_and_zero_for_equal_clouds(seed):
    a, b = _clouds(seed)
    there, back, same = pair(a, b), pair(b, a), pair(a, a)
    assert there.chamfer_l1 == pytest.approx(back.chamfer_l1)
    assert there.chamfer_l2 == pytest.approx(back.chamfer_l2)
    assert there.hausdorff == back.hausdorff
    assert there.f_score(0.5) == pytest.approx(back.f_score(0.5))
    assert same.chamfer_l1 == same.chamfer_l2 == same.hausdorff == 0.0
    assert same.f_score(1e-9) == 1.0


def test_known_values_by_hand():
    pairs = pair(np.zeros((1, 3)), np.array([[3.0, 4.0, 0.0], [0.0, 1.0, 0.0]]))
    assert pairs.chamfer_l1 == pytest.approx((1.0 + 3.0) / 2)
    assert pairs.chamfer_l2 == pytest.approx(1.0 + 13.0)
    assert pairs.hausdorff == 5.0
    assert pairs.f_score(2.0) == pytest.approx(2 / 3)
    assert pairs.f_score(0.5) == 0.0


def test_concentric_balls_are_their_gap_apart():
    small, large = (trimesh.creation.icosphere(4, radius=r) for r in (0.4, 0.5))
    scores = compare_surfaces(small, large, np.random.default_rng(0), count=5000, tau=0.15)
    assert scores.chamfer_l1 == pytest.approx(0.1, rel=0.02)
    assert scores.chamfer_l2 == pytest.approx(0.02, rel=0.04)
    assert 0.1 <= scores.hausdorff < 0.12
    assert scores.f_score == 1.0
    assert scores.normal_consistency > 0.99
    inverted = large.copy()
    inverted.invert()
    flipped = compare_surfaces(small, inverted, np.random.default_rng(0), count=500)
    assert flipped.normal_consistency > 0.98


def test_a_surface_against_itself_scores_what_the_docstring_says():
    box = trimesh.creation.box((1.0, 0.5, 0.7))
    scores = compare_surfaces(box, box, np.random.default_rng(0), tau=0.01)
    density = 30_000 / box.area
    assert scores.chamfer_l1 == pytest.approx(0.5 / np.sqrt(density), rel=0.03)
    assert scores.f_score == pytest.approx(1 - np.exp(-np.pi * density * 0.01**2), abs=0.01)


def test_same_seed_gives_the_same_scores():
    ball, box = trimesh.creation.icosphere(2), trimesh.creation.box()
    first, second = (
        compare_surfaces(ball, box, np.random.default_rng(3), count=200) for _ in range(2)
    )
    assert first == second


def test_matrix_holds_every_pair():
    rng = np.random.default_rng(0)
    a, b = [rng.normal(size=(20, 3)) for _ in range(3)], [rng.normal(size=(9, 3)) for _ in range(2)]
    matrix = chamfer_matrix(a, b)
    assert matrix.shape == (3, 2)
    for i, j in np.ndindex(3, 2):
        assert matrix[i, j] == pytest.approx(pair(a[i], b[j]).chamfer_l2)


def test_iou_counts_points():
    a, b = np.array([True, True, False, False]), np.array([True, False, True, False])
    assert iou(a, b) == pytest.approx(1 / 3)
    assert iou(a, a) == 1.0
    assert iou(a & ~a, a & ~a) == 1.0
    assert iou(a, ~a) == 0.0
    with pytest.raises(ConfigError):
        iou(a, b[:2])


def test_field_iou_of_nested_balls_is_their_volume_ratio():
    def ball(radius):
        return lambda p: (np.linalg.norm(p, axis=1) - radius).astype(np.float32)

    value = field_iou(ball(0.4), ball(0.5), np.random.default_rng(0), bound=0.5)
    assert value == pytest.approx(0.8**3, abs=0.01)
    again = field_iou(ball(0.4), ball(0.5), np.random.default_rng(0), bound=0.5)
    assert value == again


def test_empty_clouds_and_meshes_have_no_distance():
    with pytest.raises(EmptyMeshError):
        pair(np.zeros((0, 3)), np.zeros((4, 3)))
    with pytest.raises(EmptyMeshError):
        compare_surfaces(trimesh.Trimesh(), trimesh.creation.box(), np.random.default_rng(0))
