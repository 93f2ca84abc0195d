"""The shipped web generators make webs that are like what was asked for."""

import numpy as np
import pytest

from caddis.generation.webs.conditions import WebCondition
from caddis.generation.webs.registry import SHIPPED, WEB_GENERATORS, load_web_generator
from caddis.geometry.webs import web_parameters

LEARNED = [name for name in WEB_GENERATORS if name != "pieces"]


@pytest.mark.parametrize("name", LEARNED)
def test_shipped_weights_write_webs_like_built_ones(name: str) -> None:
    generator = load_web_generator(name)
    wish = WebCondition(nodes=20, edges=25, edge_length_mm=8.0)
    found = [web_parameters(web) for web in generator.sample(wish, 4, seed=1)]
    assert all(one.parts == 1 and one.nodes == 20 for one in found)
    np.testing.assert_allclose([one.mean_length_mm for one in found], 8.0)
    assert 22 <= np.mean([one.edges for one in found]) <= 28
    assert 0.3 < np.mean([one.length_deviation_mm for one in found]) / 8.0 < 1.0
    assert np.mean([one.clustering for one in found]) < 0.3


@pytest.mark.parametrize("name", LEARNED)
def test_orientation_follows_the_wish(name: str) -> None:
    generator = load_web_generator(name)
    axes = (np.eye(3) * 0.6 + 0.4 / 3).tolist()
    wishes = [WebCondition(nodes=16, orientation=(x, y, z)) for x, y, z in axes]
    webs = generator.sample_each([wish for wish in wishes for _ in range(4)], seed=0)
    shares = np.array([web_parameters(web).orientation for web in webs]).reshape(3, 4, 3).mean(1)
    assert (shares.argmax(axis=1) == [0, 1, 2]).all()


@pytest.mark.parametrize("name", LEARNED)
def test_the_model_card_says_licence_data_and_limits(name: str) -> None:
    card = (SHIPPED / name / "README.md").read_text("utf-8")
    assert all(word in card for word in ("MIT", "No real web was used", "cannot do", "seed"))
