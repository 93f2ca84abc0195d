"""A web is checked when it is made."""

import numpy as np
import pytest

from caddis.geometry.errors import BrokenWebError
from caddis.geometry.webs.graph import Web
from tests.geometry.webs.webs import cube, triangle

LINE = [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([[0, 0]], []), "nodes must have 3"),
        (([[0, 0, np.nan]], []), "finite"),
        ((LINE, [[0, 2]]), "outside 0 to 1"),
        ((LINE, [[-1, 0]]), "outside 0 to 1"),
        ((LINE, [[1, 1]]), "itself"),
        ((LINE, [[0, 1], [1, 0]]), "twice"),
        ((LINE, [[0, 0.5]]), "edges must have 2 int64"),
        ((LINE, [["a", "b"]]), "not numbers"),
        ((LINE, [[0, 1]], [0.0]), "above 0"),
        ((LINE, [[0, 1]], [1.0, 2.0]), "one finite number per edge"),
        ((LINE, [[0, 1]], None, [np.inf]), "one finite number per edge"),
        ((LINE, [[0, 1]], ["thick"]), "not numbers"),
        ((LINE, [[0, 1]], None, None, [True]), "one boolean per node"),
    ],
)
def test_what_is_no_web_is_refused(arguments, words):
    with pytest.raises(BrokenWebError, match=words):
        Web(*arguments)


def test_lengths_degrees_and_parts_are_those_of_the_drawing():
    web = triangle()
    assert web.lengths.tolist() == [3.0, 5.0, 4.0]
    assert web.degrees.tolist() == [2, 2, 2]
    two = Web([*cube().nodes, [50, 0, 0]], cube().edges)
    assert two.parts.tolist() == [0] * 8 + [1]
    assert two.degrees.tolist() == [3] * 8 + [0]


def test_an_empty_web_is_a_web():
    web = Web([], [])
    assert web.nodes.shape == (0, 3)
    assert web.edges.shape == (0, 2)
    assert len(web.lengths) == len(web.degrees) == 0
