"""Orb webs, built in the order in which the spider works.

First anchor threads and frame, then hub and radii, last the sticky capture spiral from the rim
inwards. The measures are those of the garden spider Araneus diadematus: about 32 radii, closer
below the hub (8.4 degrees apart) than above (13 degrees); the hub a sixth of the vertical radius
above the middle; a hub of about a tenth, and a free zone up to a fifth, of the radius; distances
between turns that scatter by 30 %; tensions of anchor : frame : radius : spiral as
10 : 7 : 1 : 0.1 (Wirth and Barth 1992).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caddis.geometry.errors import ConfigError
from caddis.geometry.webs.editing import largest_part, tidy
from caddis.geometry.webs.equilibrium import relaxed
from caddis.geometry.webs.graph import Floats, Web

ANCHOR_TENSION, FRAME_TENSION, RADIUS_TENSION, SPIRAL_TENSION = 10.0, 7.0, 1.0, 0.1
_GAP_BELOW_DEG, _GAP_ABOVE_DEG = 8.4, 13.0
_HUB_SHARE, _FREE_SHARE, _RIM_SHARE = 0.10, 0.20, 0.95
_HUB_TURNS, _HUB_STEP = 2, 0.04
_HUB_RISE = 0.167


@dataclass(frozen=True)
class Orb:
    """An orb web in the plane y = 0, hub near the middle; lengths in mm.

    Attributes:
        width: Width of the polygon of frame threads; its height is 1.13 times as much.
        mesh: Distance between turns of the capture spiral.
        corners: Number of corners of the frame; each has an anchor thread.
        turn_scatter: Standard deviation of the distance between turns, as a share of `mesh`.
        missing: Share of the segments of the capture spiral that are broken.
    """

    width: float = 200.0
    mesh: float = 5.0
    corners: int = 7
    turn_scatter: float = 0.3
    missing: float = 0.02

    def __post_init__(self) -> None:
        """Reject parameters with which no orb can be built."""
        if not (self.width > 0.0 and 0.0 < self.mesh < self.width / 8.0):
            raise ConfigError("mesh must be below an eighth of width", "width, mesh")
        if self.corners < 3 or not 0.0 <= self.missing < 1.0 or self.turn_scatter < 0.0:
            raise ConfigError(
                "an orb needs at least 3 corners and some of its spiral", "corners, missing"
            )

    def build(self, seed: int) -> Web:
        """Return an orb web at rest with tensions; its anchor threads end at fixed nodes."""
        rng = np.random.default_rng(seed)
        frame = _frame(self, rng)
        angles = _radius_angles(rng)
        builder = _Builder()
        hub = np.array([0.0, _HUB_RISE * 0.565 * self.width])
        rim = np.array([_reach(hub, angle, frame) for angle in angles])
        corner_nodes = _add_frame(builder, frame, hub, angles, rim)
        for corner, node in zip(frame, corner_nodes, strict=True):
            anchor = builder.add(corner * rng.uniform(1.15, 1.4), anchor=True)
            builder.join(node, anchor, ANCHOR_TENSION)
        _add_radii_and_spirals(builder, self, hub, angles, rim, rng=rng)
        return relaxed(largest_part(builder.web()))


class _Builder:
    """Nodes in the plane and threads between them."""

    def __init__(self) -> None:
        self.places: list[Floats] = []
        self.anchors: list[bool] = []
        self.edges: list[tuple[int, int]] = []
        self.tensions: list[float] = []

    def add(self, place: Floats, *, anchor: bool = False) -> int:
        self.places.append(place)
        self.anchors.append(anchor)
        return len(self.places) - 1

    def join(self, one: int, two: int, tension: float) -> None:
        self.edges.append((one, two))
        self.tensions.append(tension)

    def web(self) -> Web:
        flat = np.array(self.places)
        nodes = np.stack([flat[:, 0], np.zeros(len(flat)), flat[:, 1]], axis=1)
        return tidy(
            nodes, np.array(self.edges), None, np.array(self.tensions), np.array(self.anchors)
        )


def _frame(orb: Orb, rng: np.random.Generator) -> Floats:
    """Return the (corners, 2) polygon of frame threads, counter-clockwise around the origin."""
    turn = 2.0 * np.pi / orb.corners
    angles = turn * (np.arange(orb.corners) + rng.uniform(-0.25, 0.25, orb.corners))
    angles += rng.uniform(0.0, turn)
    radius = orb.width / 2.0 * rng.uniform(0.9, 1.15, orb.corners)
    return np.stack([radius * np.cos(angles), 1.13 * radius * np.sin(angles)], axis=1)


def _radius_angles(rng: np.random.Generator) -> Floats:
    """Return the angles of the radii, increasing, in radians from the horizontal."""
    angles, at = [], 0.0
    while at < 360.0:
        angles.append(at)
        above = (1.0 + float(np.sin(np.radians(at)))) / 2.0
        gap = _GAP_BELOW_DEG + (_GAP_ABOVE_DEG - _GAP_BELOW_DEG) * above
        at += gap * float(np.clip(rng.normal(1.0, 0.15), 0.5, 1.6))
    if 360.0 - angles[-1] < _GAP_BELOW_DEG / 2.0:
        angles.pop()
    return np.asarray(np.radians(np.array(angles)))


def _reach(hub: Floats, angle: float, frame: Floats) -> float:
    """Return the distance from the hub to the frame polygon along a ray."""
    direction = np.array([np.cos(angle), np.sin(angle)])
    sides = np.roll(frame, -1, axis=0) - frame
    cross = direction[0] * sides[:, 1] - direction[1] * sides[:, 0]
    offset = frame - hub
    with np.errstate(divide="ignore", invalid="ignore"):
        way = (offset[:, 0] * sides[:, 1] - offset[:, 1] * sides[:, 0]) / cross
        share = (offset[:, 0] * direction[1] - offset[:, 1] * direction[0]) / cross
    hit = (way > 0.0) & (share >= 0.0) & (share <= 1.0)
    return float(way[hit].min())


def _add_frame(
    builder: _Builder, frame: Floats, hub: Floats, angles: Floats, rim: Floats
) -> list[int]:
    """Add the frame polygon with a node at the end of each radius; return the nodes of the corners.

    The ends of the radii are nodes 0, 1, ..., in order.
    """
    ends = hub + rim[:, None] * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    for place in ends:
        builder.add(place)
    corners = [builder.add(corner) for corner in frame]
    places = np.concatenate([ends, frame]) - hub
    around = np.argsort(np.arctan2(places[:, 1], places[:, 0]))
    for one, two in zip(around, np.roll(around, -1), strict=True):
        builder.join(int(one), int(two), FRAME_TENSION)
    return corners


def _add_radii_and_spirals(
    builder: _Builder,
    orb: Orb,
    hub: Floats,
    angles: Floats,
    rim: Floats,
    *,
    rng: np.random.Generator,
) -> None:
    """Add hub, radii, the hub's spiral and the capture spiral."""
    directions = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    turns = _turns(orb, rim, len(angles), rng)
    middle = builder.add(hub)
    grid = [
        [builder.add(hub + reach * direction) for reach in column]
        for column, direction in zip(turns, directions, strict=True)
    ]
    for radius, column in enumerate(grid):
        for one, two in zip([middle, *column], [*column, radius], strict=True):
            builder.join(one, two, RADIUS_TENSION)
    for radius, column in enumerate(grid):
        following = grid[(radius + 1) % len(grid)]
        last = radius == len(grid) - 1  # from here the spiral continues on its next turn
        for turn, node in enumerate(column):
            target = turn + 1 if last else turn
            ends_here = target == len(following) or (last and target == _HUB_TURNS)
            broken = turn >= _HUB_TURNS and rng.random() < orb.missing
            if not (ends_here or broken):
                builder.join(node, following[target], SPIRAL_TENSION)


def _turns(orb: Orb, rim: Floats, radii: int, rng: np.random.Generator) -> Floats:
    """Return the distances of all spiral nodes from the hub, increasing; (radii, turns)."""
    share = np.arange(radii)[:, None] / radii  # share of a turn completed at each radius
    hub = rim.mean() * (_HUB_SHARE + _HUB_STEP * (np.arange(_HUB_TURNS) + share - 1.0))
    inner, outer = _FREE_SHARE * rim.mean(), _RIM_SHARE * rim
    turns = max(round(float((outer - inner).mean()) / orb.mesh), 2)
    steps = np.clip(rng.normal(1.0, orb.turn_scatter, turns + 1), 0.3, 2.0)
    places = np.cumsum(steps)
    at = np.interp(np.arange(turns) + share, np.arange(turns + 1), (places - places[0]))
    at = at / (places[-1] - places[0])
    capture = inner + at * (outer[:, None] - inner)
    wobble = 0.12 * orb.mesh * rng.normal(size=capture.shape).clip(-2.0, 2.0)
    return np.sort(np.concatenate([hub, capture + wobble], axis=1), axis=1)
