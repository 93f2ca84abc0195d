"""Parameters of a web: size, degree, lengths, orientation, clustering, connectivity."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from caddis.geometry.errors import BrokenWebError
from caddis.geometry.options.checked import checked_arguments
from caddis.geometry.webs.graph import Floats, Web


@dataclass(frozen=True)
class WebParameters:
    """Geometric parameters of one web.

    Attributes:
        nodes: Number of nodes N.
        edges: Number of edges E.
        mean_length_mm: Mean edge length.
        length_deviation_mm: Standard deviation of the edge lengths.
        mean_degree: Edges per node, each counted at both ends: 2 E / N.
        orientation: Shares (x, y, z) of the thread that runs along each axis: the diagonal of the
            orientation tensor sum(L d d^T) / sum(L) over edges of length L and unit direction d.
            Adds up to 1; a thread and its reverse count the same.
        axis: Unit vector of the main direction, the tensor's first eigenvector, largest
            component positive.
        spread_deg: Angle in degrees whose sine is the root mean square, weighted by length, of
            the sine between thread and axis: 0 if all threads are parallel, 54.7 if all
            directions are equally frequent.
        clustering: Mean over nodes of the share of pairs of neighbours that are joined to each
            other (Watts and Strogatz 1998); nodes of degree 0 and 1 count as 0.
        parts: Number of connected parts.
        largest_share: Share of the nodes in the largest part.
        loops: Independent cycles E - N + parts.
    """

    nodes: int
    edges: int
    mean_length_mm: float
    length_deviation_mm: float
    mean_degree: float
    orientation: tuple[float, float, float]
    axis: tuple[float, float, float]
    spread_deg: float
    clustering: float
    parts: int
    largest_share: float
    loops: int

    def to_json(self) -> dict[str, object]:
        """Return plain numbers and tuples of them, in the order above."""
        return asdict(self)


@checked_arguments
def web_parameters(web: Web) -> WebParameters:
    """Measure the parameters of a web.

    Raises:
        BrokenWebError: No edge, or none that has a length.
        ConfigError: The argument is no web.

    Example:
        >>> import caddis
        >>> square = caddis.Web(
        ...     nodes=[[0, 0, 0], [10, 0, 0], [10, 10, 0], [0, 10, 0]],
        ...     edges=[[0, 1], [1, 2], [2, 3], [0, 3]],
        ... )
        >>> found = caddis.web_parameters(square)
        >>> found.mean_length_mm, found.mean_degree, found.orientation
        (10.0, 2.0, (0.5, 0.5, 0.0))
    """
    lengths = web.lengths
    if not lengths.any():
        raise BrokenWebError("a web without threads has no parameters", "edges", "Give it edges.")
    tensor = orientation_tensor(web.vectors)
    values, directions = np.linalg.eigh(tensor)
    axis = directions[:, -1] * np.sign(directions[np.abs(directions[:, -1]).argmax(), -1])
    parts = np.bincount(web.parts)
    return WebParameters(
        nodes=len(web.nodes),
        edges=len(web.edges),
        mean_length_mm=float(lengths.mean()),
        length_deviation_mm=float(lengths.std()),
        mean_degree=2.0 * len(web.edges) / len(web.nodes),
        orientation=_three(np.diag(tensor)),
        axis=_three(axis),
        spread_deg=float(np.degrees(np.arccos(np.sqrt(np.clip(values[-1], 0.0, 1.0))))),
        clustering=float(local_clustering(web).mean()),
        parts=len(parts),
        largest_share=float(parts.max()) / len(web.nodes),
        loops=len(web.edges) - len(web.nodes) + len(parts),
    )


def orientation_tensor(vectors: Floats) -> Floats:
    """Return (3, 3) the length-weighted mean of d d^T over edge vectors (E, 3), trace 1."""
    lengths = np.linalg.norm(vectors, axis=1)
    weight = 1.0 / np.where(lengths > 0.0, lengths, np.inf)
    return np.asarray((vectors * weight[:, None]).T @ vectors / lengths.sum())


def local_clustering(web: Web) -> NDArray[np.float64]:
    """Return (N,) the share of pairs of each node's neighbours that are joined to each other."""
    one, two = web.edges.T
    ends = (np.concatenate([one, two]), np.concatenate([two, one]))
    links = coo_array((np.ones(2 * len(one)), ends), shape=(len(web.nodes),) * 2).tocsr()
    triangles = np.asarray((links @ links).multiply(links).sum(axis=1)).ravel() / 2.0
    degree = web.degrees.astype(np.float64)
    pairs = degree * (degree - 1.0) / 2.0
    return np.asarray(np.where(pairs > 0.0, triangles / np.maximum(pairs, 1.0), 0.0))


def _three(values: Floats) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z
