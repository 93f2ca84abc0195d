"""Cutting out parts of webs, welding nodes and removing loose ends."""

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caddis.geometry.errors import ConfigError
from caddis.geometry.webs.editing import (
    core,
    cut_out,
    largest_part,
    tidy,
    welded,
)
from caddis.geometry.webs.graph import Web
from tests.geometry.webs.webs import random_webs, triangle


def as_graph(web):
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(web.nodes)))
    graph.add_edges_from(web.edges.tolist())
    return graph


@given(random_webs, st.integers(0, 99))
def test_a_cut_out_web_is_the_induced_subgraph(web, seed):
    chosen = np.random.default_rng(seed).permutation(len(web.nodes))[: len(web.nodes) // 2 + 1]
    part = cut_out(web, chosen)
    assert (part.nodes == web.nodes[chosen]).all()
    assert (part.held == web.held[chosen]).all()
    expected = as_graph(web).subgraph(chosen.tolist())
    found = {frozenset(chosen[edge].tolist()) for edge in part.edges}
    assert found == {frozenset(edge) for edge in expected.edges}


@given(random_webs)
def test_the_largest_part_is_networkx_largest(web):
    expected = max(networkx.connected_components(as_graph(web)), key=len)
    assert len(largest_part(web).nodes) == len(expected)


@given(random_webs, st.floats(0.0, 15.0))
def test_welding_leaves_no_two_nodes_of_a_chain_and_no_doubled_edge(web, distance):
    small = welded(web, distance)
    gaps = np.linalg.norm(web.nodes[:, None] - web.nodes, axis=2)
    chains = networkx.Graph(list(zip(*np.nonzero(gaps <= distance), strict=True)))
    assert len(small.nodes) == networkx.number_connected_components(chains)
    assert len(small.edges) <= len(web.edges)
    assert small.tensions.max(initial=0.0) <= web.tensions.max()


def test_welding_keeps_the_strongest_thread_and_the_place_of_an_anchor():
    nodes = [[0, 0, 0], [10, 0, 0], [0.5, 0, 0]]
    web = Web(nodes, [[0, 1], [2, 1]], [1.0, 2.0], [5.0, 4.0], [False, False, True])
    small = welded(web, 1.0)
    assert small.nodes.tolist() == [[0.5, 0, 0], [10, 0, 0]]
    assert (small.radii.tolist(), small.tensions.tolist()) == ([2.0], [5.0])
    assert small.held.tolist() == [True, False]
    with pytest.raises(ConfigError):
        welded(web, -1.0)


def test_tidy_drops_loops_and_doubles():
    web = tidy(np.zeros((3, 3)), np.array([[0, 0], [0, 1], [1, 0], [1, 2]]), np.arange(4.0) + 1)
    assert web.edges.tolist() == [[0, 1], [1, 2]]
    assert web.radii.tolist() == [3.0, 4.0]


@given(random_webs)
def test_loose_ends_are_cut_down_to_the_two_core(web):
    free = Web(web.nodes, web.edges)
    expected = networkx.k_core(as_graph(web), 2)
    kept = cut_out(free, core(free))
    assert len(kept.nodes) == expected.number_of_nodes()
    assert len(kept.edges) == expected.number_of_edges()


def test_a_thread_that_an_anchor_holds_is_no_loose_end():
    ring = triangle()
    nodes = [*ring.nodes, [9, 9, 0], [0, 9, 9]]
    web = Web(nodes, [*ring.edges, [2, 3], [2, 4]], anchors=[False] * 3 + [True, False])
    assert cut_out(web, core(web)).nodes.tolist() == [list(map(float, n)) for n in nodes[:4]]
