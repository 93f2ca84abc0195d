"""Make webs from webs: cut out parts, join nodes, remove loops and duplicate edges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from caddis.geometry.errors import ConfigError
from caddis.geometry.webs.graph import Floats, Indices, Mask, Web, edge_keys


def cut_out(web: Web, kept: NDArray[np.integer] | Mask) -> Web:
    """Return the subgraph of some nodes, with the edges that join two of them.

    Args:
        web: N nodes.
        kept: (N,) bool, or numbers of nodes, which also give their new order.
    """
    order = np.flatnonzero(kept) if kept.dtype == np.bool_ else np.asarray(kept, np.int64)
    number = np.full(len(web.nodes), -1, np.int64)
    number[order] = np.arange(len(order))
    edges = number[web.edges]
    kept_edges = np.asarray((edges >= 0).all(axis=1))
    return with_edges(web, web.nodes[order], edges, kept_edges, web.held[order])


def with_edges(web: Web, nodes: Floats, edges: Indices, kept: Mask, anchors: Mask) -> Web:
    """Return a web of new nodes and renumbered edges; `kept` (E,) says which edges stay."""
    return Web(
        nodes,
        edges[kept],
        None if web.radii is None else web.radii[kept],
        None if web.tensions is None else web.tensions[kept],
        anchors,
    )


def largest_part(web: Web) -> Web:
    """Return the connected part with the most nodes; the first of several."""
    if len(web.nodes) == 0:
        return web
    parts = web.parts
    return cut_out(web, parts == np.bincount(parts).argmax())


def welded(web: Web, distance: float) -> Web:
    """Join nodes that lie within `distance` mm of each other, also along chains, at their mean.

    Edges between joined nodes are dropped. Edges that coincide become one, with their largest
    radius and largest tension. A joined node is an anchor if one of its nodes was; it then lies
    at the mean of these anchors, so that free nodes do not move them. Nodes keep their order.

    Raises:
        ConfigError: The distance is negative.
    """
    if not distance >= 0.0:
        raise ConfigError("the welding distance must not be negative", f"distance={distance}")
    close = cKDTree(web.nodes).query_pairs(distance, output_type="ndarray")
    return joined(web, close.astype(np.int64))


def joined(web: Web, pairs: Indices) -> Web:
    """Join the nodes of each pair (P, 2) to one node; see `welded`."""
    count = len(web.nodes)
    links = coo_array((np.ones(len(pairs), np.int8), (pairs[:, 0], pairs[:, 1])), (count, count))
    group = connected_components(links, directed=False)[1].astype(np.int64)
    _, first, group = np.unique(group, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))[group]
    anchors = np.bincount(rank, web.held) > 0
    weight = np.where(anchors[rank], web.held, True).astype(np.float64)
    total = np.bincount(rank, weight)
    nodes = np.stack([np.bincount(rank, weight * axis) / total for axis in web.nodes.T], axis=1)
    return tidy(nodes, rank[web.edges], web.radii, web.tensions, anchors)


def tidy(
    nodes: Floats,
    edges: Indices,
    radii: Floats | None = None,
    tensions: Floats | None = None,
    anchors: Mask | None = None,
) -> Web:
    """Return a web without self-loops and duplicate edges; arguments as in `Web`.

    Of duplicate edges the first stays, with their largest radius and largest tension.
    """
    proper = edges[:, 0] != edges[:, 1]
    edges = edges[proper]
    _, first, group = np.unique(
        edge_keys(edges, max(len(nodes), 1)), return_index=True, return_inverse=True
    )

    def strongest(values: Floats | None) -> Floats | None:
        if values is None:
            return None
        most = np.full(len(first), -np.inf)
        np.maximum.at(most, group, values[proper])
        return most[np.argsort(first)]

    return Web(nodes, edges[np.sort(first)], strongest(radii), strongest(tensions), anchors)


def core(web: Web) -> Mask:
    """Return (N,) bool, the nodes that remain when loose ends are removed repeatedly.

    They are the 2-core of the web and the paths that join anchors to it or to each other. If the
    web has neither a loop nor two connected anchors, no node remains.
    """
    kept = np.ones(len(web.nodes), np.bool_)
    one, two = web.edges.T
    while True:
        alive = kept[one] & kept[two]
        degree = np.bincount(web.edges[alive].ravel(), minlength=len(kept))
        ends = kept & (degree <= 1) & ~(web.held & (degree == 1))
        if not ends.any():
            return kept
        kept &= ~ends
