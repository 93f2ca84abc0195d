"""Impossible properties are refused, and the possible range is named."""

import pytest

from caddis.generation.webs.conditions import WebCondition
from caddis.geometry.errors import ConfigError
from caddis.geometry.webs import Web, web_parameters


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"nodes": 3, "mean_degree": 7.0}, "1.33333 to 2"),
        ({"nodes": 3, "edges": 1}, "2 to 3"),
        ({"nodes": 1}, "2 to 64"),
        ({"nodes": 65}, "2 to 64"),
        ({"nodes": 0}, "2 to 64"),
        ({"mean_degree": 0.0}, "1 to 63"),
        ({"edges": -4}, "1 to 2016"),
        ({"edges": 5, "mean_degree": 2.0}, "not both"),
        ({"edge_length_mm": 0.0}, "above 0"),
        ({"edge_length_mm": -3.0}, "above 0"),
        ({"edge_length_mm": float("nan")}, "above 0"),
        ({"orientation": (0.5, 0.6, 0.2)}, "add up to 1"),
        ({"orientation": (1.5, -0.5, 0.0)}, "negative"),
    ],
)
def test_impossible_wishes_are_refused_with_what_is_possible(asked, words):
    with pytest.raises(ConfigError, match=words):
        WebCondition(**asked)


def test_any_part_of_a_wish_may_be_left_out():
    found = web_parameters(Web([[0, 0, 0], [4, 0, 0], [8, 0, 0]], [[0, 1], [1, 2]]))
    assert WebCondition().misses(found) == 0.0
    met = WebCondition(3, None, 4 / 3, 4.0, (1.0, 0.0, 0.0))
    assert met.misses(found) == pytest.approx(0.0)
    assert WebCondition(edge_length_mm=8.0).misses(found) == pytest.approx(0.6931, abs=1e-4)
    assert WebCondition(orientation=(0.0, 0.0, 1.0)).misses(found) == 1.0
