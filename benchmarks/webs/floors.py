"""Graphs that know nothing of webs but how large they are: what every generator has to beat."""

from __future__ import annotations

import numpy as np
from scipy.spatial.distance import pdist

from caddis.geometry.webs import Web


def erdos_renyi(nodes: int, edges: int, rng: np.random.Generator) -> Web:
    """Return a graph of random pairs between random points of a cube: G(n, m)."""
    pairs = np.stack(np.triu_indices(nodes, 1), axis=1)
    return Web(rng.random((nodes, 3)), rng.permutation(pairs)[:edges])


def random_geometric(nodes: int, edges: int, rng: np.random.Generator) -> Web:
    """Return random points of a cube, the nearest pairs of which are joined."""
    points = rng.random((nodes, 3))
    pairs = np.stack(np.triu_indices(nodes, 1), axis=1)
    return Web(points, pairs[np.argsort(pdist(points), kind="stable")[:edges]])
