"""Parts are joined by the shortest links, and what hangs together stays."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caddis.generation.webs.learned.repair import connected
from caddis.geometry.webs import Web


def test_the_shortest_link_joins_two_parts() -> None:
    web = Web([[0, 0, 0], [1, 0, 0], [3, 0, 0], [5, 0, 0]], [[0, 1], [2, 3]])
    assert connected(web).edges.tolist() == [[0, 1], [2, 3], [1, 2]]


@given(st.integers(2, 20), st.integers(0, 500))
def test_links_are_as_many_as_parts_but_one(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    possible = np.argwhere(np.triu(np.ones((count, count)), 1))
    edges = possible[rng.random(len(possible)) < 1.5 / count]
    web = Web(rng.normal(size=(count, 3)).round(1), edges)  # some nodes at one place
    whole = connected(web)
    assert whole.parts.max() == 0
    assert len(whole.edges) - len(web.edges) == web.parts.max()
    np.testing.assert_array_equal(whole.edges[: len(edges)], web.edges)
