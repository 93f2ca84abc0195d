"""Bases of webs: a plate under the web, or a frame of bars around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Literal

import numpy as np

from caddis.geometry.webs.editing import tidy
from caddis.geometry.webs.graph import Floats, Indices, Web
from caddis.geometry.webs.struts import Bar

BaseKind = Literal["none", "cut", "plate", "frame"]
"""none: no base; cut: the lowest struts cut flat; plate: a slab with legs; frame: bars around."""

_LEG_REACH = 0.1  # nodes below this share of the height get a leg
_FLAT_BARS = 3.0  # a web thinner than this many bars gets a flat frame


@dataclass(frozen=True, eq=False)
class Stand:
    """A web, its base, and the struts that join the two.

    Attributes:
        web: The web with its legs or ties; it has radii.
        bars: The base: boxes in the web's coordinates that form one piece.
        on_bars: (N,) bool, nodes that lie in a bar.
    """

    web: Web
    bars: tuple[Bar, ...]
    on_bars: np.ndarray


def stand(web: Web, kind: BaseKind, bar_mm: float) -> Stand:
    """Add a plate or a frame; "none" and "cut" add nothing.

    Args:
        web: A web with radii.
        kind: See `BaseKind`.
        bar_mm: Thickness of the plate or of the bars.
    """
    if kind == "plate":
        return _on_plate(web, bar_mm)
    if kind == "frame":
        return _in_frame(web, bar_mm)
    return Stand(web, (), np.zeros(len(web.nodes), np.bool_))


def _on_plate(web: Web, thickness: float) -> Stand:
    """Put a slab under the web, as large as it is; the lowest nodes get upright legs."""
    low, high = web.nodes.min(axis=0), web.nodes.max(axis=0)
    thick = float(_radii(web).max())
    top = low[2] - thick
    feet = np.flatnonzero(web.nodes[:, 2] <= low[2] + _LEG_REACH * (high[2] - low[2]))
    ground = web.nodes[feet].copy()
    ground[:, 2] = top - thickness / 2.0
    margin = np.array([1.0, 1.0]) * max(2.0 * thick, thickness)
    (x0, y0), (x1, y1) = low[:2] - margin, high[:2] + margin
    bar = Bar((float(x0), float(y0), float(top - thickness)), (float(x1), float(y1), float(top)))
    return _tied(web, feet, ground, (bar,))


def _in_frame(web: Web, side: float) -> Stand:
    """Put bars along the edges of the bounding box and tie each anchor to the nearest bar.

    If there are no anchors, the loose ends of threads are tied; if there are none of these
    either, the outermost nodes. A web that is thinner than three bars gets a flat frame of four
    bars.
    """
    low, high = web.nodes.min(axis=0), web.nodes.max(axis=0)
    flat = int((high - low).argmin())
    thin = (high - low)[flat] < _FLAT_BARS * side
    if thin:
        low[flat] = high[flat] = (low[flat] + high[flat]) / 2.0
    axes = [(one, two) for one, two in _box_edges(low, high) if not np.array_equal(one, two)]
    bars = tuple(
        Bar(_three(np.minimum(one, two) - side / 2.0), _three(np.maximum(one, two) + side / 2.0))
        for one, two in axes
    )
    held = _nodes_to_tie(web, low, high)
    return _tied(web, held, _nearest_on(web.nodes[held], axes), tuple(dict.fromkeys(bars)))


def _box_edges(low: Floats, high: Floats) -> list[tuple[Floats, Floats]]:
    """Return the ends of the twelve edges of a box."""
    ends = np.stack([low, high])
    corners = {bits: ends[list(bits), range(3)] for bits in product((0, 1), repeat=3)}
    return [
        (corners[one], corners[two])
        for one, two in product(corners, corners)
        if one < two and sum(a != b for a, b in zip(one, two, strict=True)) == 1
    ]


def _nodes_to_tie(web: Web, low: Floats, high: Floats) -> Indices:
    if web.held.any():
        return np.flatnonzero(web.held)
    if (web.degrees == 1).any():
        return np.flatnonzero(web.degrees == 1)
    gap = np.minimum(web.nodes - low, high - web.nodes)
    size = high - low
    return np.flatnonzero((gap / np.where(size > 0, size, np.inf) < 0.02).any(axis=1))


def _nearest_on(points: Floats, lines: Sequence[tuple[Floats, Floats]]) -> Floats:
    """Return the nearest point to each point (P, 3) on any of the segments."""
    best, reach = points.copy(), np.full(len(points), np.inf)
    for one, two in lines:
        along = two - one
        share = np.clip((points - one) @ along / (along @ along), 0.0, 1.0)
        place = one + share[:, None] * along
        distance = np.linalg.norm(points - place, axis=1)
        near = distance < reach
        best[near], reach[near] = place[near], distance[near]
    return best


def _tied(web: Web, nodes: Indices, places: Floats, bars: tuple[Bar, ...]) -> Stand:
    """Join each of `nodes` to a new node in a bar by a strut.

    Args:
        web: A web with radii.
        nodes: (P,) numbers of nodes. The new strut is as thick as the thickest one there.
        places: (P, 3) positions of the new nodes, mm.
        bars: The base.
    """
    radii, count = _radii(web), len(web.nodes)
    thick = np.zeros(count)
    for end in web.edges.T:
        np.maximum.at(thick, end, radii)
    usable = (np.linalg.norm(web.nodes[nodes] - places, axis=1) > 0.0) & (thick[nodes] > 0.0)
    tied, places = nodes[usable], places[usable]
    ties = np.stack([tied, count + np.arange(len(tied))], axis=1)
    joined = tidy(
        np.concatenate([web.nodes, places]),
        np.concatenate([web.edges, ties]),
        np.concatenate([radii, thick[tied]]),
        None,
        np.concatenate([web.held, np.zeros(len(tied), np.bool_)]),
    )
    on_bars = np.zeros(len(joined.nodes), np.bool_)
    on_bars[count:] = True
    on_bars[nodes[~usable]] = True
    return Stand(joined, bars, on_bars)


def pieces(stood: Stand) -> int:
    """Count the separate bodies that struts and bars form, from the graph alone."""
    web = stood.web
    links = np.array(list(pairwise(np.flatnonzero(stood.on_bars))), np.int64).reshape(-1, 2)
    whole = tidy(web.nodes, np.concatenate([web.edges, links]))
    used = whole.degrees > 0
    return len(np.unique(whole.parts[used]))


def _radii(web: Web) -> Floats:
    assert web.radii is not None  # noqa: S101  # `stand` requires radii
    return web.radii


def _three(values: Floats) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z
