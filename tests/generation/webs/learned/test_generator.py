"""Learned webs are connected, of the asked size, and the same for the same seed."""

import numpy as np
import pytest

from caddis.data.webs.dataset import WebSamples
from caddis.generation.webs.conditions import WebCondition
from caddis.geometry.errors import ConfigError
from caddis.geometry.webs import web_parameters
from tests.generation.webs.learned.conftest import LEARNED, RELEASED, untrained


def same(one, two) -> bool:
    return one.nodes.tobytes() == two.nodes.tobytes() and one.edges.tobytes() == two.edges.tobytes()


@pytest.mark.parametrize("name", LEARNED)
def test_more_samples_begin_with_the_same_bytes(name: str, samples: WebSamples) -> None:
    generator, wish = untrained(name, samples), WebCondition(mean_degree=2.4)
    few, many = generator.sample(wish, 2, seed=7), generator.sample(wish, 9, seed=7)
    assert len(many) == 9
    assert all(same(one, two) for one, two in zip(few, many, strict=False))
    assert not same(generator.sample(wish, 1, seed=8)[0], few[0])


@pytest.mark.parametrize("name", LEARNED)
def test_nodes_and_edge_length_are_met_and_webs_are_connected(
    name: str, samples: WebSamples
) -> None:
    wishes = [
        WebCondition(nodes=2, edge_length_mm=3.0),
        WebCondition(nodes=64, edge_length_mm=12.0, orientation=(0.2, 0.3, 0.5)),
        WebCondition(nodes=17, edges=20, edge_length_mm=0.5),
        WebCondition(),
    ]
    webs = untrained(name, samples).sample_each(wishes, seed=0)
    found = [web_parameters(web) for web in webs]
    assert [one.nodes for one in found[:3]] == [2, 64, 17]
    assert 2 <= found[3].nodes <= 64
    assert all(one.parts == 1 for one in found)
    np.testing.assert_allclose([one.mean_length_mm for one in found[:3]], [3.0, 12.0, 0.5])
    assert all(np.abs(web.nodes.mean(axis=0)).max() < 1e-6 for web in webs)


@pytest.mark.parametrize("name", RELEASED)
def test_baselines_are_connected_only_after_repair(name: str, samples: WebSamples) -> None:
    generator, wishes = untrained(name, samples), [WebCondition(nodes=12)] * 4
    repaired = generator.sample_each(wishes, seed=0)
    assert all(web_parameters(web).parts == 1 for web in repaired)
    raw = generator.sample_each(wishes, seed=0, repair=False)
    for web, whole in zip(raw, repaired, strict=True):
        kept = {tuple(edge) for edge in whole.edges.tolist()}
        assert {tuple(edge) for edge in web.edges.tolist()} <= kept
        np.testing.assert_array_equal(web.nodes, whole.nodes)


def test_the_web_of_a_condition_does_not_depend_on_other_conditions(samples: WebSamples) -> None:
    generator, wish = untrained("discrete-diffusion", samples), WebCondition(nodes=10)
    alone = generator.sample_each([wish], seed=4)[0]
    among = generator.sample_each([wish, WebCondition(nodes=5), WebCondition(nodes=40)], seed=4)[0]
    np.testing.assert_array_equal(alone.edges, among.edges)
    np.testing.assert_allclose(alone.nodes, among.nodes, atol=1e-2)


def test_no_samples_are_refused(samples: WebSamples) -> None:
    with pytest.raises(ConfigError, match="at least one"):
        untrained("autoregressive", samples).sample(WebCondition(), 0, seed=0)
