"""Large structures from many samples: placed, welded, linked across seams, brought to rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from scipy.spatial import ConvexHull, QhullError

from caddis.generation.webs.places import Places
from caddis.geometry.errors import ConfigError
from caddis.geometry.webs.editing import core, cut_out, joined, tidy, welded
from caddis.geometry.webs.equilibrium import relaxed, unbalanced
from caddis.geometry.webs.graph import Floats, Indices, Mask, Web

_OUTER_SHARE = 0.02
"""Nodes this close to a side of the bounding box, as a share of it, become anchors."""


@dataclass(frozen=True)
class Assembly:
    """Settings for joining samples to one structure.

    Attributes:
        overlap: Overlap of neighbouring samples, as a share of the spacing.
        weld: Nodes of neighbouring samples closer than this share of the mean edge length are
            merged.
        links: Least number of joints across a seam, welded nodes and links together.
        trim: Remove threads with a loose end.
        taut: Bring the structure to rest under tension; the outer nodes of every sample are fixed.
    """

    overlap: float = 0.35
    weld: float = 0.4
    links: int = 4
    trim: bool = True
    taut: bool = True

    def __post_init__(self) -> None:
        """Reject values outside their ranges."""
        if not (0.0 <= self.overlap <= 2.0 and 0.0 <= self.weld <= 1.0 and self.links >= 1):
            raise ConfigError(
                "out of range", "overlap, weld, links", "Use 0 to 2, 0 to 1, at least 1."
            )


@dataclass(frozen=True)
class AssemblyReport:
    """Figures on how well the samples are connected.

    Attributes:
        samples: Number of samples.
        nodes: Number of nodes of the structure.
        edges: Number of edges of the structure.
        welded: Number of pairs of nodes of different samples that were merged.
        links: Number of links added across seams.
        longest_link_mm: Length of the longest link; 0 without links.
        parts: Number of connected parts; 1 if all samples are connected.
        largest_share: Share of the nodes in the largest part.
        unbalanced: Largest net force on a free node, divided by the largest tension; None if not
            taut.
    """

    samples: int
    nodes: int
    edges: int
    welded: int
    links: int
    longest_link_mm: float
    parts: int
    largest_share: float
    unbalanced: float | None

    def to_json(self) -> dict[str, object]:
        """Return the fields as a dictionary of plain numbers."""
        return asdict(self)


def assemble(
    samples: Sequence[Web], places: Places, how: Assembly | None = None
) -> tuple[Web, AssemblyReport]:
    """Join samples, one per place, to one web.

    Each sample is scaled to the spacing plus its overlap, rotated so that its longest principal
    axis is the third axis of its frame, and moved to its place. Across every seam, pairs of nodes
    that nearly meet are welded; then the shortest links that share no node are added. Finally, all
    nodes except the outer ones of each sample (those on its convex hull) move to where the tensions
    balance.

    Args:
        samples: One sample per place, each with at least one thread of positive length.
        places: Positions of the samples.
        how: Settings; None takes `Assembly()`.

    Returns:
        The web, whose anchors are the nodes on the sides of its bounding box, and a report.

    Raises:
        ConfigError: Samples and places differ in number, or a sample has no extent.
    """
    how = how or Assembly()
    if len(samples) != len(places.centres):
        raise ConfigError(f"{len(samples)} samples for {len(places.centres)} places", "samples")
    placed = [
        _placed(web, centre, frame, (1.0 + how.overlap) * places.spacing)
        for web, centre, frame in zip(samples, places.centres, places.frames, strict=True)
    ]
    counts = [len(web.nodes) for web in placed]
    offset = np.cumsum([0, *counts[:-1]])
    nodes = np.concatenate([web.nodes for web in placed])
    edges = np.concatenate([web.edges + first for web, first in zip(placed, offset, strict=True)])
    reach = how.weld * float(np.linalg.norm(nodes[edges[:, 1]] - nodes[edges[:, 0]], axis=1).mean())
    ranges = [np.arange(first, first + n) for first, n in zip(offset, counts, strict=True)]
    welds, links = _seams(nodes, ranges, places.seams, reach, how.links)
    whole = _whole(nodes, np.concatenate([edges, links]), welds, ranges, how)
    gaps = np.linalg.norm(nodes[links[:, 1]] - nodes[links[:, 0]], axis=1)
    if how.taut:
        # Threads that shrink to almost nothing at rest are merged to one joint.
        whole = relaxed(welded(relaxed(whole), 0.05 * reach))
    parts = np.bincount(whole.parts)
    report = AssemblyReport(
        samples=len(samples),
        nodes=len(whole.nodes),
        edges=len(whole.edges),
        welded=len(welds),
        links=len(links),
        longest_link_mm=float(gaps.max(initial=0.0)),
        parts=len(parts),
        largest_share=float(parts.max()) / len(whole.nodes),
        unbalanced=unbalanced(whole) if how.taut else None,
    )
    return Web(whole.nodes, whole.edges, None, whole.tensions, _on_sides(whole.nodes)), report


def _whole(
    nodes: Floats, edges: Indices, welds: Indices, ranges: Sequence[Indices], how: Assembly
) -> Web:
    """Weld, remove loose ends if wanted (unless nothing would remain), and fix the outer nodes."""
    loose = tidy(nodes, np.concatenate([edges, welds]))
    kept = core(loose) if how.trim else np.ones(len(nodes), np.bool_)
    if not kept.any():
        kept[:] = True
    number = np.cumsum(kept) - 1
    whole = cut_out(tidy(nodes, edges, anchors=_outer(nodes, ranges, kept)), kept)
    return joined(whole, number[welds[kept[welds].all(axis=1)]])


def _placed(web: Web, centre: Floats, frame: Floats, extent: float) -> Web:
    """Scale a sample to an extent along its longest principal axis, rotate and move it."""
    if not web.lengths.any():
        raise ConfigError("a sample has no threads", "samples", "Leave it out.")
    nodes = web.nodes - web.nodes.mean(axis=0)
    axes = np.linalg.svd(nodes, full_matrices=True)[2][::-1]  # longest last
    axes[0] = np.cross(axes[1], axes[2])  # makes it a rotation, not a reflection
    local = nodes @ axes.T
    local -= (local.min(axis=0) + local.max(axis=0)) / 2.0
    local *= extent / float(np.ptp(local[:, 2]))
    return Web(centre + local @ frame.T, web.edges)


def _outer(nodes: Floats, ranges: Sequence[Indices], kept: Mask) -> Mask:
    """Return (N,) the kept nodes on the convex hull of each sample; all if it is flat."""
    outer = np.zeros(len(nodes), np.bool_)
    for one in ranges:
        rows = one[kept[one]]
        try:
            outer[rows[ConvexHull(nodes[rows]).vertices]] = True
        except (QhullError, ValueError):  # fewer than four nodes, or all in a plane
            outer[rows] = True
    return outer


def _seams(
    nodes: Floats, ranges: Sequence[Indices], seams: Indices, reach: float, wanted: int
) -> tuple[Indices, Indices]:
    """Return the pairs of nodes to weld (W, 2) and to link (L, 2), over all seams.

    Nodes are welded if each is the other's nearest across the seam, and their distance is at most
    `reach`.
    """
    welds: list[tuple[int, int]] = []
    links: list[tuple[int, int]] = []
    for one, two in seams.tolist():
        first, second = ranges[one], ranges[two]
        gap = np.linalg.norm(nodes[first][:, None] - nodes[second], axis=2)
        nearest, back = gap.argmin(axis=1), gap.argmin(axis=0)
        row = np.arange(len(first))
        mutual = np.flatnonzero((back[nearest] == row) & (gap[row, nearest] <= reach))
        welds += [(int(first[i]), int(second[nearest[i]])) for i in mutual]
        gap[mutual] = np.inf
        gap[:, nearest[mutual]] = np.inf
        for _ in range(wanted - len(mutual)):
            i, j = np.unravel_index(gap.argmin(), gap.shape)
            if not np.isfinite(gap[i, j]):
                break
            links.append((int(first[i]), int(second[j])))
            gap[i], gap[:, j] = np.inf, np.inf
    return np.array(welds, np.int64).reshape(-1, 2), np.array(links, np.int64).reshape(-1, 2)


def _on_sides(nodes: Floats) -> Mask:
    """Return (N,) whether each node is near a side of the bounding box."""
    low, high = nodes.min(axis=0), nodes.max(axis=0)
    margin = _OUTER_SHARE * np.maximum(high - low, 1e-12)
    return np.asarray(((nodes <= low + margin) | (nodes >= high - margin)).any(axis=1))
