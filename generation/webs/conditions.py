"""Conditions for a web sample, and checks that they can be met."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caddis.data.webs.sampling import MAX_NODES
from caddis.geometry.errors import ConfigError
from caddis.geometry.webs import WebParameters


@dataclass(frozen=True)
class WebCondition:
    """Conditions for a connected web of at most `MAX_NODES` nodes; None leaves one free.

    Attributes:
        nodes: Number of nodes N, 2 to 64.
        edges: Number of edges, N - 1 (a tree) to N (N - 1) / 2 (all pairs).
        mean_degree: Mean number of edges per node, 2 E / N; give this or `edges`.
        edge_length_mm: Mean edge length.
        orientation: Shares of thread along x, y, z, which add up to 1; see `WebParameters`.

    Raises:
        ConfigError: No web can meet the conditions; the error states the possible range.
    """

    nodes: int | None = None
    edges: int | None = None
    mean_degree: float | None = None
    edge_length_mm: float | None = None
    orientation: tuple[float, float, float] | None = None

    def __post_init__(self) -> None:
        """Reject conditions that no web can meet."""
        _within("nodes", self.nodes, 2, MAX_NODES, "a sample")
        if self.edges is not None and self.mean_degree is not None:
            raise ConfigError("give the edges or the mean degree, not both", "edges, mean_degree")
        of = "a sample" if self.nodes is None else f"a sample of {self.nodes} nodes"
        _within("edges", self.edges, *self._edges_range(), of)
        _within("mean_degree", self.mean_degree, *self._degree_range(), of)
        length = self.edge_length_mm
        if length is not None and not (np.isfinite(length) and length > 0.0):
            raise ConfigError("the mean edge length must be above 0 mm", f"edge_length_mm={length}")
        shares = self.orientation
        if shares is not None and not (min(shares) >= 0.0 and abs(sum(shares) - 1.0) < 1e-3):
            raise ConfigError(
                "the shares of x, y and z must not be negative and add up to 1", f"{shares}"
            )

    def _edges_range(self) -> tuple[int, int]:
        if self.nodes is None:
            return 1, MAX_NODES * (MAX_NODES - 1) // 2
        return self.nodes - 1, self.nodes * (self.nodes - 1) // 2

    def _degree_range(self) -> tuple[float, float]:
        if self.nodes is None:
            return 1.0, MAX_NODES - 1.0
        least, most = self._edges_range()
        return 2.0 * least / self.nodes, 2.0 * most / self.nodes

    def misses(self, found: WebParameters) -> float:
        """Return the distance of a web from the conditions; 0 if all are met.

        Sizes count by the logarithm of their ratio, the orientation by its largest difference.
        """
        conditions = (
            (self.nodes, found.nodes),
            (self.edges, found.edges),
            (self.mean_degree, found.mean_degree),
            (self.edge_length_mm, found.mean_length_mm),
        )
        total = sum(abs(np.log(got / want)) for want, got in conditions if want is not None)
        if self.orientation is not None:
            total += float(np.abs(np.subtract(self.orientation, found.orientation)).max())
        return float(total)


def _within(name: str, value: float | None, least: float, most: float, of: str) -> None:
    if value is not None and not least <= value <= most:
        raise ConfigError(
            f"{of} cannot have {name.replace('_', ' ')} {value:g}",
            name,
            f"Possible here: {least:g} to {most:g}.",
        )
