"""Small pieces of large webs, sampled as neighbourhoods.

Follows Hamilton, Ying and Leskovec 2017 ("Inductive representation learning on large graphs"): a
model trained on neighbourhoods never needs a whole web, and it generalises to unseen webs.
"""

from __future__ import annotations

import numpy as np

from caddis.geometry.errors import ConfigError
from caddis.geometry.webs.editing import cut_out
from caddis.geometry.webs.graph import Web

MAX_NODES = 64
"""Largest number of nodes of a sample."""


def neighbourhood(web: Web, count: int, rng: np.random.Generator) -> Web:
    """Cut out the first nodes of a breadth-first traversal from a random node, in their order.

    Neighbours are visited in random order, so that the traversal does not always leave a node of
    high degree the same way. Nodes that are close in the order are close in the web, and each node
    but the first has an edge to an earlier one. The sample is the induced subgraph, so it is
    connected.

    Args:
        web: N nodes.
        count: Wanted number of nodes, 2 to `MAX_NODES`; a small connected part gives fewer.
        rng: The only source of randomness.

    Raises:
        ConfigError: `count` is out of range, or the web has no edges.
    """
    if not 2 <= count <= MAX_NODES:
        raise ConfigError(f"a sample has 2 to {MAX_NODES} nodes", f"count={count}")
    if len(web.edges) == 0:
        raise ConfigError("a web without threads has no neighbourhoods", "web")
    around = neighbours(web)
    start = int(rng.choice(np.flatnonzero(web.degrees)))
    order, seen = [start], {start}
    for node in order:  # grows during the loop
        for other in rng.permutation(around[node]).tolist():
            if other not in seen and len(order) < count:
                seen.add(other)
                order.append(other)
    return cut_out(web, np.array(order, np.int64))


def neighbours(web: Web) -> list[list[int]]:
    """Return, for each node, the numbers of its neighbours."""
    around: list[list[int]] = [[] for _ in web.nodes]
    for one, two in web.edges.tolist():
        around[one].append(two)
        around[two].append(one)
    return around


def random_turn(rng: np.random.Generator) -> np.ndarray:
    """Return a uniformly distributed rotation matrix (3, 3), from a random unit quaternion."""
    w, x, y, z = (q := rng.normal(size=4)) / np.linalg.norm(q)
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
