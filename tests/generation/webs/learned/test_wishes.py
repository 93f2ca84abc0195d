"""Properties that are not given are drawn so that all of them are possible together."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from caddis.generation.webs.conditions import WebCondition
from caddis.generation.webs.learned.wishes import Sizes, WishEncoder, Wishes

SIZES = Sizes(np.array([[8, 8, 4.0], [20, 24, 5.0], [40, 60, 6.0], [64, 104, 7.0]]))


@given(st.integers(1, 2016), st.integers(0, 99))
def test_drawn_nodes_fit_any_number_of_edges(edges: int, seed: int) -> None:
    asked = SIZES.complete(WebCondition(edges=edges), np.random.default_rng(seed))
    whole = WebCondition(nodes=asked.nodes, edges=edges)  # refuses what is impossible
    assert asked.degree == pytest.approx(2 * edges / whole.nodes)


@given(st.floats(4 / 3, 63.0), st.integers(0, 99))
def test_drawn_nodes_fit_any_mean_degree(degree: float, seed: int) -> None:
    asked = SIZES.complete(WebCondition(mean_degree=degree), np.random.default_rng(seed))
    WebCondition(nodes=asked.nodes, mean_degree=degree)
    assert asked.degree == degree


def test_sizes_like_known_ones_are_drawn() -> None:
    rng = np.random.default_rng(0)
    assert {SIZES.complete(WebCondition(edges=60), rng).nodes for _ in range(20)} == {40}
    open_wish = [SIZES.complete(WebCondition(), rng) for _ in range(200)]
    assert {one.nodes for one in open_wish} == {8, 20, 40, 64}
    assert {one.length_mm for one in open_wish} == {4.0, 5.0, 6.0, 7.0}
    assert all(one.degree is None and one.shares is None for one in open_wish)


def test_a_hidden_condition_has_no_effect() -> None:
    torch.manual_seed(0)
    encoder, rng = WishEncoder(8), np.random.default_rng(0)
    wishes = [WebCondition(nodes=9, mean_degree=2.0), WebCondition(nodes=9, mean_degree=3.0)]
    given_wishes = Wishes.of([SIZES.complete(w, rng) for w in wishes], torch.device("cpu"))
    shown, hidden = encoder(given_wishes), encoder(given_wishes.hidden())
    assert not torch.allclose(shown[0], shown[1])
    torch.testing.assert_close(hidden[0], hidden[1])
