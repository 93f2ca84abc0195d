"""Parameters against figures worked out by hand and against networkx."""

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caddis.geometry.errors import BrokenWebError
from caddis.geometry.webs import Web, web_parameters
from caddis.geometry.webs.parameters import local_clustering
from tests.geometry.webs.webs import cube, random_webs, triangle


def test_a_triangle_in_numbers():
    found = web_parameters(triangle())
    assert (found.nodes, found.edges, found.loops, found.parts) == (3, 3, 1, 1)
    assert found.mean_length_mm == 4.0
    assert found.length_deviation_mm == pytest.approx(np.sqrt(2 / 3))
    assert found.mean_degree == 2.0
    assert found.clustering == 1.0
    # x: 3 whole and 5 * (3/5)^2, y: 4 whole and 5 * (4/5)^2, of 12
    assert found.orientation == pytest.approx((4.8 / 12, 7.2 / 12, 0.0))


def test_parallel_threads_have_no_spread_and_a_cube_has_all_of_it():
    line = web_parameters(Web([[0, 0, 0], [0, -2, 0], [0, -5, 0]], [[1, 0], [1, 2]]))
    assert line.spread_deg == pytest.approx(0.0, abs=1e-6)
    assert line.axis == pytest.approx((0.0, 1.0, 0.0))
    assert web_parameters(cube()).spread_deg == pytest.approx(54.7356, abs=1e-4)


@given(random_webs)
def test_clustering_parts_and_loops_agree_with_networkx(web):
    graph = networkx.Graph(web.edges.tolist())
    graph.add_nodes_from(range(len(web.nodes)))
    slow = networkx.clustering(graph)
    assert local_clustering(web) == pytest.approx([slow[i] for i in range(len(web.nodes))])
    found = web_parameters(web)
    assert found.parts == networkx.number_connected_components(graph)
    assert found.loops == len(networkx.cycle_basis(graph))
    assert sum(found.orientation) == pytest.approx(1.0)


@given(random_webs, st.floats(0.1, 10.0))
def test_parameters_do_not_change_with_place_and_direction_of_edges(web, scale):
    found = web_parameters(web)
    other = web_parameters(Web(scale * (web.nodes + np.array([5, -3, 2])), web.edges[:, ::-1]))
    assert other.mean_length_mm == pytest.approx(scale * found.mean_length_mm)
    assert other.orientation == pytest.approx(found.orientation, abs=1e-9)
    assert other.spread_deg == pytest.approx(found.spread_deg, abs=1e-5)
    assert other.to_json()["clustering"] == found.clustering


def test_a_web_without_threads_is_refused():
    with pytest.raises(BrokenWebError):
        web_parameters(Web([[0, 0, 0]], []))
