"""Webs of scans made comparable: their skeletons have a node at every bend of a thread."""

from __future__ import annotations

import numpy as np

from caddis.geometry.webs.editing import tidy
from caddis.geometry.webs.graph import Floats, Mask, Web


def without_bends(web: Web) -> Web:
    """Replace chains of free nodes with two threads by one straight thread between their ends.

    Skeletons of scans have such nodes along every curved thread, so lengths and degrees are
    compared without them. A ring without any junction is left out, and so are nodes without a
    thread. The radius and tension of a chain are those of its strongest thread.
    """
    bend = (web.degrees == 2) & ~web.held
    kept = (web.degrees > 0) & ~bend
    order = np.flatnonzero(kept)
    number = np.full(len(web.nodes), -1, np.int64)
    number[order] = np.arange(len(order))
    edges, rows = _chains(web, bend, kept)

    def of(values: Floats | None) -> Floats | None:
        return None if values is None else np.array([values[row].max() for row in rows])

    ends = number[np.array(edges, np.int64).reshape(-1, 2)]
    return tidy(web.nodes[order], ends, of(web.radii), of(web.tensions), web.held[order])


def _chains(web: Web, bend: Mask, kept: Mask) -> tuple[list[tuple[int, int]], list[list[int]]]:
    """Return the end nodes of every chain between kept nodes, and the edges along it."""
    around: list[list[tuple[int, int]]] = [[] for _ in web.nodes]
    for row, (one, two) in enumerate(web.edges.tolist()):
        around[one].append((two, row))
        around[two].append((one, row))
    ends, rows, seen = [], [], np.zeros(len(web.edges), np.bool_)
    for start in np.flatnonzero(kept).tolist():
        for neighbour, edge in around[start]:
            at, row = neighbour, edge
            if seen[row]:
                continue
            chain = [row]
            while bend[at]:
                at, row = next(step for step in around[at] if step[1] != row)
                chain.append(row)
            seen[chain] = True
            ends.append((start, at))
            rows.append(chain)
    return ends, rows
