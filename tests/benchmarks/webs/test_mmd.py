"""The distance between sets of webs, against definitions spelt out and cases known by hand."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import wasserstein_distance

from benchmarks.webs.descriptors import (
    LENGTH_BINS,
    LONGEST,
    clustering_counts,
    degree_counts,
    described,
    length_counts,
    normalised_laplacian,
    spectrum_counts,
)
from benchmarks.webs.floors import erdos_renyi, random_geometric
from benchmarks.webs.mmd import BANDWIDTHS, mmd, squared_mmd
from caddis.geometry.webs import Web

PATH = Web(np.array([[0, 0, 0], [1, 0, 0], [3, 0, 0.0]]), np.array([[0, 1], [1, 2]]))
TRIANGLE = Web(np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0.0]]), np.array([[0, 1], [1, 2], [0, 2]]))
LONELY = Web(np.zeros((2, 3)), np.zeros((0, 2), np.int64))


def some_webs(count: int, seed: int = 0) -> list[Web]:
    rng = np.random.default_rng(seed)
    sizes = [(n, int(n * 1.4)) for n in rng.integers(6, 20, count).tolist()]
    return [random_geometric(nodes, edges, rng) for nodes, edges in sizes]


def test_histograms_of_cases_by_hand() -> None:
    assert degree_counts(PATH)[:4].tolist() == pytest.approx([0, 2 / 3, 1 / 3, 0])
    assert clustering_counts(TRIANGLE)[-1] == 1.0
    assert clustering_counts(PATH)[0] == 1.0
    at = np.flatnonzero(length_counts(PATH))  # lengths 1 and 2, mean 1.5
    assert ((at + 0.5) * LONGEST / LENGTH_BINS).tolist() == pytest.approx([2 / 3, 4 / 3], abs=0.05)
    # eigenvalues of the triangle: 0, 1.5, 1.5
    assert np.flatnonzero(spectrum_counts(TRIANGLE)).tolist() == [0, 150]


def test_all_histograms_add_up_to_one_even_without_threads() -> None:
    for counts in described([PATH, TRIANGLE, LONELY]).values():
        assert counts.sum(axis=1) == pytest.approx([1, 1, 1])


def test_the_laplacian_is_networkxs() -> None:
    for web in [*some_webs(3), LONELY]:
        graph = nx.Graph()
        graph.add_nodes_from(range(len(web.nodes)))
        graph.add_edges_from(web.edges.tolist())
        truth = nx.normalized_laplacian_matrix(graph).toarray() if len(web.edges) else 0.0
        assert normalised_laplacian(web) == pytest.approx(truth)


def slow_kernel(name: str, one: np.ndarray, two: np.ndarray) -> float:
    if name == "edge length":
        places = np.arange(LENGTH_BINS) * LONGEST / LENGTH_BINS
        distance = wasserstein_distance(places, places, one, two)
    else:
        distance = sum(abs(a - b) for a, b in zip(one, two, strict=True)) / 2
    return float(np.exp(-(distance**2) / (2 * BANDWIDTHS[name] ** 2)))


def slow_mmd(name: str, some: np.ndarray, others: np.ndarray) -> float:
    def mean(xs: np.ndarray, ys: np.ndarray) -> float:
        return float(np.mean([slow_kernel(name, x, y) for x in xs for y in ys]))

    return mean(some, some) + mean(others, others) - 2 * mean(some, others)


@pytest.mark.parametrize("name", list(BANDWIDTHS))
def test_it_is_the_definition_spelt_out(name: str) -> None:
    some, others = (
        described(some_webs(5))[name],
        described([PATH, TRIANGLE, *some_webs(2, 9)])[name],
    )
    assert squared_mmd(name, some, others) == pytest.approx(slow_mmd(name, some, others), abs=1e-12)


@settings(max_examples=15)
@given(st.permutations(range(6)), st.integers(0, 50))
def test_a_set_is_at_no_distance_from_itself_in_any_order(order: list[int], seed: int) -> None:
    webs = some_webs(6, seed)
    found = mmd(described(webs), described([webs[place] for place in order]))
    assert list(found) == list(BANDWIDTHS)
    assert all(abs(value) < 1e-12 for value in found.values())


def test_two_samples_of_a_source_are_nearer_than_two_sources() -> None:
    rng = np.random.default_rng(3)
    webs, again = some_webs(60, 1), some_webs(60, 2)
    mixed = [erdos_renyi(len(web.nodes), len(web.edges), rng) for web in webs]
    near, far = mmd(described(webs), described(again)), mmd(described(webs), described(mixed))
    assert all(far[name] > 2 * near[name] > 0 for name in BANDWIDTHS)


def test_different_sets_of_one_web_are_as_far_as_their_kernel_says() -> None:
    found = mmd(described([PATH]), described([TRIANGLE]))
    assert found["clustering"] == pytest.approx(2 - 2 * np.exp(-0.5 / 0.1**2))
    assert found["degree"] == pytest.approx(2 - 2 * np.exp(-0.5 * (2 / 3) ** 2))


@pytest.mark.parametrize("make", [erdos_renyi, random_geometric])
def test_floors_have_the_size_asked_for_and_follow_their_seed(make) -> None:
    web, same = (make(12, 20, np.random.default_rng(4)) for _ in range(2))
    other = make(12, 20, np.random.default_rng(5))
    assert (len(web.nodes), len(web.edges)) == (12, 20)
    assert (web.nodes == same.nodes).all()
    assert (web.edges == same.edges).all()
    assert (web.nodes != other.nodes).any()


def test_a_random_geometric_graph_joins_its_nearest_pairs() -> None:
    web = random_geometric(10, 15, np.random.default_rng(0))
    gaps = np.linalg.norm(web.nodes[:, None] - web.nodes, axis=2)[np.triu_indices(10, 1)]
    assert np.sort(web.lengths) == pytest.approx(np.sort(gaps)[:15])
