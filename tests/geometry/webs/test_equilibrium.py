"""Nets at rest: cases by hand, the balance of forces, and nets without an equilibrium."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caddis.geometry.errors import ConfigError, MechanismError
from caddis.geometry.webs import Web
from caddis.geometry.webs.equilibrium import built_densities, relaxed, unbalanced
from tests.geometry.webs.webs import cube, random_web, triangle


def test_a_node_rests_at_the_mean_of_its_anchors_weighted_by_density():
    web = Web([[0, 0, 0], [9, 0, 0], [0, 6, 0], [5, 5, 5]], [[0, 3], [1, 3], [2, 3]],
              anchors=[True, True, True, False])  # fmt: skip
    rest = relaxed(web, np.array([1.0, 2.0, 3.0]))
    assert rest.nodes[3] == pytest.approx([3.0, 3.0, 0.0])
    assert rest.tensions == pytest.approx(np.array([1.0, 2.0, 3.0]) * rest.lengths)


@given(st.integers(0, 9999), st.integers(4, 25))
def test_every_free_node_of_a_relaxed_net_is_in_balance(seed, nodes):
    web = random_web(seed, nodes, 3 * nodes)
    anchors = web.held.copy()
    anchors[np.unique(web.parts, return_index=True)[1]] = True  # every part is held
    web = Web(web.nodes, web.edges, None, web.tensions, anchors)
    rest = relaxed(web)
    slack = rest.tensions.max() < 1e-9  # all drawn into one anchor
    assert slack or unbalanced(rest) < 1e-9
    assert (rest.nodes[web.held] == web.nodes[web.held]).all()
    assert np.abs(relaxed(rest, built_densities(web)).nodes - rest.nodes).max() < 1e-9


def test_nets_without_anchors_or_tension_are_refused():
    with pytest.raises(MechanismError):
        relaxed(triangle())
    held = Web(cube().nodes, cube().edges, anchors=np.arange(8) < 4)
    with pytest.raises(ConfigError):
        relaxed(held, np.zeros(12))
    with pytest.raises(ConfigError):
        unbalanced(held)


def test_nodes_without_threads_stay():
    lone = Web([[0, 0, 0], [1, 1, 1]], [])
    assert (relaxed(lone).nodes == lone.nodes).all()
