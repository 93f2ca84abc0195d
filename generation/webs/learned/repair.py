"""Repair of webs that a model left unconnected."""

from __future__ import annotations

import numpy as np
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial.distance import cdist

from caddis.geometry.webs import Web


def connected(web: Web) -> Web:
    """Join the parts of a web by the shortest links, those of a minimum spanning tree.

    A connected web is returned unchanged.
    """
    if web.parts.max(initial=0) == 0:
        return web
    gap = cdist(web.nodes, web.nodes)
    # existing edges cost least, but not 0, which would mean "no edge" to the algorithm
    cost = 1.0 + gap / max(float(gap.max()), 1e-12)
    one, two = web.edges.T
    cost[one, two] = cost[two, one] = 0.5
    tree = np.argwhere(minimum_spanning_tree(cost).toarray() >= 1.0)
    return Web(web.nodes, np.concatenate([web.edges, tree]))
