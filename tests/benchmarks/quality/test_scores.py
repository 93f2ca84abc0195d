"""The statistics of the quality page, by hand and by slow twins."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from benchmarks.quality.scores import (
    bootstrap,
    coverage,
    mann_whitney_z,
    minimum_matching,
    own_nearest,
    ranks_between,
    set_scores,
    top_k,
)

numbers = st.lists(st.integers(0, 9).map(float), min_size=1, max_size=12)


def on_a_line(a: list[float], b: list[float]) -> np.ndarray:
    """Return |a - b| for all pairs: shapes that are numbers."""
    return np.abs(np.subtract.outer(np.array(a), np.array(b)))


def scores(g: list[float], t: list[float]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return on_a_line(g, t), on_a_line(g, g), on_a_line(t, t)


def slow_own_nearest(g: list[float], t: list[float]) -> list[bool]:
    joined = [(x, "g") for x in g] + [(x, "t") for x in t]
    answers = []
    for i, (x, own) in enumerate(joined):
        others = [(abs(x - y), label == own) for j, (y, label) in enumerate(joined) if j != i]
        answers.append(min(others)[1])  # a tie sorts "not own" first
    return answers


def test_two_sets_far_apart_are_told_apart_completely() -> None:
    assert own_nearest(*scores([0.0, 1.0, 2.0], [100.0, 101.0, 102.0])).tolist() == [True] * 6


def test_interleaved_sets_are_always_mistaken_for_each_other() -> None:
    assert own_nearest(*scores([0.0, 10.0], [1.0, 11.0])).tolist() == [False] * 4


def test_a_shape_is_not_its_own_neighbour() -> None:
    # 0 and 10 are alone on their side: without themselves the other set is nearer
    assert own_nearest(*scores([0.0, 10.0], [4.0, 5.0])).tolist() == [False, False, True, True]


@given(
    st.lists(st.floats(0, 1, width=32), min_size=2, max_size=8),
    st.lists(st.floats(0, 1, width=32), min_size=2, max_size=8),
)
def test_own_nearest_agrees_with_two_loops(g: list[float], t: list[float]) -> None:
    assert own_nearest(*scores(g, t)).tolist() == slow_own_nearest(g, t)


def test_coverage_and_mmd_of_a_case_by_hand() -> None:
    # generated 0, 1, 9; test 0, 5, 10: 0 and 1 are nearest to 0, 9 to 10, nothing to 5
    between = on_a_line([0.0, 1.0, 9.0], [0.0, 5.0, 10.0])
    assert coverage(between) == pytest.approx(2 / 3)
    assert minimum_matching(between) == pytest.approx((0 + 4 + 1) / 3)


def test_coverage_rewards_an_outlier_and_mmd_ignores_a_missing_mode() -> None:
    test_set = [0.0, 10.0]
    assert coverage(on_a_line([0.0, 99.0], test_set)) == 1.0
    assert coverage(on_a_line([0.0, 0.1], test_set)) == 0.5


def test_all_scores_come_together_with_an_interval_around_1_nna() -> None:
    g, t = [0.0, 1.0, 7.0, 8.0], [1.5, 2.5, 3.0, 7.4]
    found = set_scores(*scores(g, t), np.random.default_rng(0))
    assert found.one_nna == pytest.approx(np.mean(slow_own_nearest(g, t)))
    assert 0 <= found.one_nna_low < found.one_nna < found.one_nna_high <= 1
    assert found == set_scores(*scores(g, t), np.random.default_rng(0))


def test_the_bootstrap_has_the_width_of_the_normal_approximation() -> None:
    hits = np.arange(400) % 2 == 0
    low, high = bootstrap(hits, np.random.default_rng(1))
    assert high - low == pytest.approx(2 * 1.96 * 0.5 / np.sqrt(400), rel=0.1)


def test_mann_whitney_by_hand() -> None:
    # all 4 pairs have the larger value in the sample: U = 4, mean 2, deviation sqrt(5 / 3)
    sample, reference = np.array([3.0, 4.0]), np.array([1.0, 2.0])
    assert mann_whitney_z(sample, reference) == pytest.approx(2 / np.sqrt(5 / 3))
    assert mann_whitney_z(reference, sample) == pytest.approx(-2 / np.sqrt(5 / 3))


@given(numbers, numbers)
def test_mann_whitney_counts_pairs_and_halves_ties(a: list[float], b: list[float]) -> None:
    m, n = len(a), len(b)
    u = sum(1.0 if x > y else 0.5 if x == y else 0.0 for x in a for y in b)
    assert u == pytest.approx(float(mannwhitneyu(a, b).statistic))
    expected = (u - m * n / 2) / np.sqrt(m * n * (m + n + 1) / 12)
    assert mann_whitney_z(np.array(a), np.array(b)) == pytest.approx(expected)


def test_top_k_finds_the_wanted_class_among_the_best() -> None:
    answers = np.array([[0.1, 0.7, 0.2], [0.5, 0.4, 0.1]])
    wanted = np.array([2, 0])
    assert top_k(answers, wanted, 1).tolist() == [False, True]
    assert top_k(answers, wanted, 2).tolist() == [True, True]


@given(st.integers(1, 60), st.integers(2, 20))
def test_ranks_are_in_order_and_reach_both_ends(count: int, picks: int) -> None:
    ranks = ranks_between(count, picks)
    assert ranks == sorted(set(ranks))
    assert ranks[0] == 0
    assert ranks[-1] == count - 1
    assert len(ranks) == min(picks, count)
