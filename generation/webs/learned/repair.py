"""One connected web from whatever a model wrote."""

from __future__ import annotations

import numpy as np
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial.distance import cdist

from caddis.geometry.webs import Web


def connected(web: Web) -> Web:
    """Join the parts of a web by the shortest links: those of a least spanning tree.

    A web that is connected stays as it is.
    """
    if web.parts.max(initial=0) == 0:
        return web
    gap = cdist(web.nodes, web.nodes)
    # what is there costs least, but not nothing, which would mean "no edge" to the tree
    cost = 1.0 + gap / max(float(gap.max()), 1e-12)
    one, two = web.edges.T
    cost[one, two] = cost[two, one] = 0.5
    tree = np.argwhere(minimum_spanning_tree(cost).toarray() >= 1.0)
    return Web(web.nodes, np.concatenate([web.edges, tree]))
