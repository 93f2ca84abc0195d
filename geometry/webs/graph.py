"""The web: nodes in space with straight threads between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from caddis.geometry.errors import BrokenWebError

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Web:
    """An undirected graph in space, N nodes and E edges; checked when it is made.

    Attributes:
        nodes: (N, 3) float64, mm.
        edges: (E, 2) int64, two different nodes each, no pair twice in either direction. Each
            edge is stored with the smaller number first.
        radii: (E,) float64, mm, above 0; None until they are chosen.
        tensions: (E,) float64, the force that each thread was built with, positive in tension,
            in units of one normal thread; None if unknown.
        anchors: (N,) bool, nodes that something outside the web holds.

    Raises:
        BrokenWebError: Wrong shapes, NaN or infinity, an edge to a node that is not there, from
            a node to itself or given twice, a radius that is not above 0.

    Example:
        >>> import caddis
        >>> corner = caddis.Web(nodes=[[0, 0, 0], [30, 0, 0], [0, 40, 0]], edges=[[0, 1], [2, 0]])
        >>> corner.lengths.tolist(), corner.degrees.tolist()
        ([30.0, 40.0], [2, 1, 1])
    """

    nodes: Floats
    edges: Indices
    radii: Floats | None = None
    tensions: Floats | None = None
    anchors: Mask | None = None

    def __post_init__(self) -> None:
        """Convert the arrays to their types and check them."""
        _set(self, "nodes", _array(self.nodes, np.float64, (3,), "nodes"))
        _set(self, "edges", _array(self.edges, np.int64, (2,), "edges"))
        count, edges = len(self.nodes), self.edges
        if not np.isfinite(self.nodes).all():
            raise BrokenWebError("the coordinates of nodes must be finite numbers", "nodes")
        if edges.size and not (edges.min() >= 0 and edges.max() < count):
            raise BrokenWebError(
                f"an edge names a node outside 0 to {count - 1}", "edges", "Count nodes from 0."
            )
        edges = np.sort(edges, axis=1)
        _set(self, "edges", edges)
        if (edges[:, 0] == edges[:, 1]).any():
            raise BrokenWebError("an edge joins a node with itself", "edges", "Drop it.")
        if len(np.unique(edge_keys(edges, count))) < len(edges):
            raise BrokenWebError("an edge is given twice", "edges", "Give each pair once.")
        for name in ("radii", "tensions"):
            if getattr(self, name) is not None:
                _set(self, name, per_edge(getattr(self, name), len(edges), name))
        if self.radii is not None and not (self.radii > 0.0).all():
            raise BrokenWebError("radii must be above 0 mm", "radii")
        anchors = np.zeros(count, np.bool_) if self.anchors is None else self.anchors
        _set(self, "anchors", _truths(anchors))
        if self.held.shape != (count,):
            raise BrokenWebError("anchors must have one boolean per node", "anchors")

    @property
    def held(self) -> Mask:
        """(N,) bool: the anchors, never None."""
        assert self.anchors is not None  # noqa: S101  # __post_init__ filled it
        return self.anchors

    @property
    def vectors(self) -> Floats:
        """(E, 3) from the first node of each edge to the second, mm."""
        return np.asarray(self.nodes[self.edges[:, 1]] - self.nodes[self.edges[:, 0]])

    @property
    def lengths(self) -> Floats:
        """(E,) length of each edge, mm."""
        return np.asarray(np.linalg.norm(self.vectors, axis=1))

    @property
    def degrees(self) -> Indices:
        """(N,) number of edges at each node."""
        return np.bincount(self.edges.ravel(), minlength=len(self.nodes)).astype(np.int64)

    @property
    def parts(self) -> Indices:
        """(N,) number of the connected part that each node belongs to, from 0."""
        links = coo_array(
            (np.ones(len(self.edges), np.int8), (self.edges[:, 0], self.edges[:, 1])),
            shape=(len(self.nodes),) * 2,
        )
        labels: Indices = connected_components(links, directed=False)[1].astype(np.int64)
        return labels

    def moved(self, nodes: Floats) -> Web:
        """Return the same web with its nodes at other positions (N, 3)."""
        return Web(nodes, self.edges, self.radii, self.tensions, self.anchors)


def _truths(value: Any) -> Mask:
    try:
        return np.asarray(value, np.bool_)
    except (TypeError, ValueError) as error:
        raise BrokenWebError("anchors needs one truth value a node", "anchors") from error


def edge_keys(edges: Indices, count: int) -> Indices:
    """Return (E,) one number per unordered pair of `count` nodes."""
    return np.asarray(np.min(edges, axis=1) * np.int64(count) + np.max(edges, axis=1))


def _set(web: Web, name: str, value: Any) -> None:
    object.__setattr__(web, name, value)  # the dataclass is frozen


def _array(value: Any, dtype: Any, tail: tuple[int, ...], name: str) -> NDArray[Any]:
    wanted = f"{name} must have {tail[0]} {np.dtype(dtype).name} a row"
    try:
        found = np.asarray(value)
        if found.dtype.kind == "c":
            raise TypeError("complex numbers")
        if not _whole(found, dtype):
            raise BrokenWebError(wanted, name)
        array = found.astype(dtype).reshape(-1, *tail) if found.size == 0 else found.astype(dtype)
    except (TypeError, ValueError) as error:
        raise BrokenWebError(f"{name} are not numbers", name, "Give numbers.") from error
    if array.shape[1:] != tail:
        raise BrokenWebError(wanted, name)
    return array


def _whole(found: NDArray[Any], dtype: Any) -> bool:
    """Tell whether `found` can be converted to `dtype` without losing fractions."""
    return dtype is not np.int64 or found.dtype.kind in "iu" or not (found % 1).any()


def per_edge(value: Any, count: int, name: str) -> Floats:
    """Return (E,) float64, one finite number for each of `count` edges.

    Raises:
        BrokenWebError: It is something else.
    """
    try:
        array = np.asarray(value, np.float64)
    except (TypeError, ValueError) as error:
        raise BrokenWebError(f"{name} are not numbers", name, "Give numbers.") from error
    if array.shape != (count,) or not np.isfinite(array).all():
        raise BrokenWebError(f"{name} must have one finite number per edge", name)
    return array
