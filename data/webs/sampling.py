"""Small pieces of large webs: inductive sampling of neighbourhoods.

As in Hamilton, Ying and Leskovec 2017 ("Inductive representation learning on large graphs"): a
model that learns on neighbourhoods never needs the whole web, and what it learns holds for webs
that it has not seen.
"""

from __future__ import annotations

import numpy as np

from caddis.geometry.errors import ConfigError
from caddis.geometry.webs.editing import cut_out
from caddis.geometry.webs.graph import Web

MAX_NODES = 64
"""Most nodes of a sample."""


def neighbourhood(web: Web, count: int, rng: np.random.Generator) -> Web:
    """Cut out the first nodes of a breadth-first walk from a random node, in their order.

    Neighbours are visited in random order, so that a node of high degree does not always send
    the walk the same way. Nodes that are near in the order are near in the web, and each but the
    first has an edge to one before it. The sample is the induced subgraph: connected.

    Args:
        web: N nodes.
        count: Wanted nodes, 2 to `MAX_NODES`; fewer where the connected part has fewer.
        rng: The only source of randomness.

    Raises:
        ConfigError: `count` out of range, or a web without edges.
    """
    if not 2 <= count <= MAX_NODES:
        raise ConfigError(f"a sample has 2 to {MAX_NODES} nodes", f"count={count}")
    if len(web.edges) == 0:
        raise ConfigError("a web without threads has no neighbourhoods", "web")
    around = neighbours(web)
    start = int(rng.choice(np.flatnonzero(web.degrees)))
    order, seen = [start], {start}
    for node in order:  # grows while it is walked
        for other in rng.permutation(around[node]).tolist():
            if other not in seen and len(order) < count:
                seen.add(other)
                order.append(other)
    return cut_out(web, np.array(order, np.int64))


def neighbours(web: Web) -> list[list[int]]:
    """Return the numbers of the neighbours of each node."""
    around: list[list[int]] = [[] for _ in web.nodes]
    for one, two in web.edges.tolist():
        around[one].append(two)
        around[two].append(one)
    return around


def random_turn(rng: np.random.Generator) -> np.ndarray:
    """Return a rotation matrix (3, 3), uniform over all (from a uniform unit quaternion)."""
    w, x, y, z = (q := rng.normal(size=4)) / np.linalg.norm(q)
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
