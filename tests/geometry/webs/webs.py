"""Small webs and a strategy for random ones, for the tests of webs."""

import numpy as np
from hypothesis import strategies as st

from caddis.geometry.webs.editing import tidy
from caddis.geometry.webs.graph import Web


def triangle():
    """3-4-5: every length is known."""
    return Web([[0, 0, 0], [3, 0, 0], [0, 4, 0]], [[0, 1], [1, 2], [2, 0]])


def cube(side=10.0):
    """The twelve edges of a cube."""
    nodes = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)]) * side
    pairs = [(i, j) for i in range(8) for j in range(i) if bin(i ^ j).count("1") == 1]
    return Web(nodes, pairs)


def random_web(seed, nodes=12, edges=20, radii=False, box=30.0):
    """A seeded web with nodes in a box and at least one thread, not always in one piece."""
    rng = np.random.default_rng(seed)
    pairs = rng.integers(0, nodes, (edges, 2))
    pairs[0] = 0, 1
    places = rng.uniform(0.0, box, (nodes, 3))
    thick = rng.uniform(0.4, 1.2, edges) if radii else None
    return tidy(places, pairs, thick, rng.uniform(0.5, 3.0, edges), rng.random(nodes) < 0.2)


random_webs = st.builds(
    random_web, st.integers(0, 10_000), st.integers(2, 20), st.integers(1, 40), st.booleans()
)
