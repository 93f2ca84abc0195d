"""When are two webs the same? Weisfeiler-Lehman hashes, by topology and with edge lengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from caddis.geometry.webs import Web

_ROUNDS = 4
_STEPS = 20  # lengths are told apart in steps of a twentieth of their mean


@dataclass(frozen=True)
class Hashes:
    """Hashes of webs: equal for isomorphic ones, and hardly ever else.

    Attributes:
        topology: From the edges alone.
        geometry: From the edges and their lengths over the mean, in steps of a twentieth; a web
            that is turned, mirrored or scaled keeps its hash.
    """

    topology: list[str]
    geometry: list[str]

    @classmethod
    def of(cls, webs: Sequence[Web]) -> Hashes:
        """Hash webs."""
        graphs = [_graph(web) for web in webs]
        return cls([_hash(graph, None) for graph in graphs], [_hash(one, "step") for one in graphs])


def unique(hashes: Sequence[str]) -> float:
    """Return the number of different webs as a share of all."""
    return len(set(hashes)) / len(hashes)


def novel(hashes: Sequence[str], known: Sequence[str]) -> float:
    """Return the share of webs that are not among the known ones."""
    before = set(known)
    return sum(one not in before for one in hashes) / len(hashes)


def _graph(web: Web) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from((node, {"degree": int(d)}) for node, d in enumerate(web.degrees))
    lengths = web.lengths
    mean = float(lengths.mean()) if lengths.any() else 1.0
    for (one, two), length in zip(web.edges.tolist(), lengths, strict=True):
        graph.add_edge(one, two, step=round(_STEPS * float(length) / mean))
    return graph


def _hash(graph: nx.Graph, edge_attr: str | None) -> str:
    return str(
        nx.weisfeiler_lehman_graph_hash(graph, edge_attr, node_attr="degree", iterations=_ROUNDS)
    )
