"""Parts shared by the families of furniture: tops, legs, backs, cushions, doors and drawers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw
from caddis.data.families.outlines import (
    Points,
    Vector,
    band,
    circle,
    oval,
    polygon,
    rectangle,
    regular,
    smooth,
)
from caddis.data.families.solids import (
    arc,
    around,
    box,
    cylinder,
    leg,
    minus,
    rod,
    round_leg,
    slab,
    turned,
    union,
)

Stance = list[tuple[Points, Points]]
"""Foot and upper end of each leg, in order around the z axis."""

LEG_STYLES = ("straight", "tapered", "round", "turned")
_CORNERED = ("square", "rectangular")
_TURNED_LEG = (
    (0.36, 0), (0.36, 0.1), (0.27, 0.14), (0.42, 0.2), (0.3, 0.25), (0.5, 0.6), (0.3, 0.74),
    (0.46, 0.78), (0.32, 0.82),
)  # fmt: skip
_TULIP = ((1, 0), (1, 0.03), (0.62, 0.07), (0.24, 0.3), (0.2, 0.55), (0.3, 0.88), (0.5, 1))
_COLUMN = (
    (1, 0), (1, 0.05), (0.5, 0.1), (0.24, 0.16), (0.36, 0.34), (0.2, 0.5), (0.2, 0.85), (0.46, 1),
)  # fmt: skip


def outline_of(shape: str, width: float, depth: float, rounding: float = 0.08) -> CrossSection:
    """Return the outline of a top; a round, square or hexagonal one is `width` wide.

    Args:
        shape: "round", "oval", "hexagonal", "square" or "rectangular".
        width: Extent along x.
        depth: Extent along y, where it may differ from the width.
        rounding: Radius of the corners, as a share of the shorter side.
    """
    if shape in ("round", "oval"):
        return oval(width, depth if shape == "oval" else width)
    if shape == "hexagonal":
        return regular(6, width / 2, rounding * width)
    depth = depth if shape == "rectangular" else width
    return rectangle(width, depth, rounding * min(width, depth))


def stance(
    count: int, shape: str, width: float, depth: float, height: float, *, splay: float = 1.0
) -> Stance:
    """Return the position of each leg below a top.

    Args:
        count: Number of legs; four or six stand at the corners of a top with corners.
        shape: Shape of the top.
        width: Distance (x) between the legs at the corners, or width of a round top.
        depth: The same along y.
        height: Height of the upper ends.
        splay: Distance of the feet from the z axis, divided by that of the upper ends.
    """
    if shape in _CORNERED and count in (4, 6):
        middles = [(0.0, 1.0)] if count == 6 else []
        half = [(1.0, 1.0), *middles, (-1.0, 1.0)]
        places = np.array(half + [(-x, -y) for x, y in half])
    else:
        first = {4: 45.0, 5: 90.0, 3: 90.0}.get(count, 0.0)
        angles = np.radians(first + 360.0 * np.arange(count) / count)
        share = 0.66 if shape == "hexagonal" else 0.76
        places = share * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    places = places * (width / 2, depth / 2)
    return [
        (np.array([splay * x, splay * y, 0.0]), np.array([x, y, height])) for x, y in places
    ]  # fmt: skip


def legs_of(style: str, where: Stance, size: float) -> Manifold:
    """Return legs of a style in `LEG_STYLES`; `size` is their thickness at the top."""
    return union(_leg(style, foot, top, size) for foot, top in where)


def _leg(style: str, foot: Vector, top: Vector, size: float) -> Manifold:
    if style == "straight":
        return leg(foot, top, size)
    if style == "tapered":
        return leg(foot, top, 0.7 * size, size)
    if style == "round":
        return round_leg(foot, top, 0.42 * size, 0.55 * size)
    height, size = top[2] - foot[2], 1.25 * size
    curve = smooth(_TURNED_LEG, 2) * (size, height)
    shaft = turned([(0, 0), *curve, (0, 0.82 * height)], 16)
    whole = shaft + box((0.92 * size, 0.92 * size, 0.19 * height), (0, 0, 0.81 * height))
    lean = (np.asarray(top) - np.asarray(foot)) / height
    return whole.transform([[1, 0, lean[0], foot[0]], [0, 1, lean[1], foot[1]], [0, 0, 1, foot[2]]])


def stretchers(where: Stance, share: float, radius: float) -> Manifold:
    """Return rods from each leg to the next one, at `share` of the height of the legs."""
    at = [foot + share * (top - foot) for foot, top in where]
    return union(rod(a, b, radius) for a, b in pairwise([*at, at[0]]))


def lower_shelf(
    shape: str, width: float, depth: float, splay: float, *, share: float, where: Stance
) -> Manifold:
    """Return a board that meets the legs of a stance at `share` of their height.

    `shape`, `width`, `depth` and `splay` are the arguments given to `stance`.
    """
    grown = (splay + (1.0 - splay) * share) * (1.04 if shape in _CORNERED else 0.84)
    height = float(where[0][1][2])
    outline = outline_of(shape, grown * width, grown * depth, 0.06)
    return slab(outline, 0.05 * height + 0.6, (0, 0, share * height), 0.3)


def pedestal(style: str, height: float, reach: float) -> Manifold:
    """Return one foot in the middle, `reach` wide: "tulip", "column", "disc" or "cross"."""
    half = reach / 2
    if style in ("tulip", "column"):
        curve = smooth(_TULIP if style == "tulip" else _COLUMN, 3) * (half, height)
        return turned([(0, 0), *curve, (0, height)], 32)
    if style == "disc":
        foot = slab(circle(half), 0.06 * height, bevel=0.02 * height)
        return union([foot, cylinder(0.16 * half, 0.98 * height, (0, 0, 0.02 * height)),
                      cylinder(0.3 * half, 0.08 * height, (0, 0, 0.92 * height))])  # fmt: skip
    thick = 0.16 * reach
    arm = Manifold.batch_hull([
        box((thick, thick, 0.06 * height), (half - thick / 2, 0, 0)),
        box((thick, thick, 0.2 * height), (0, 0, 0.02 * height)),
    ])  # fmt: skip
    column = cylinder(0.8 * thick, 0.99 * height, (0, 0, 0.01 * height))
    return around(arm, 4, 45.0) + column


def upright(outline: CrossSection, thick: float, bevel: float = 0.0) -> Manifold:
    """Extrude an outline (x, z) by `thick`, centred at y = 0.

    Only a convex outline without holes may have a bevel.
    """
    return slab(outline, thick, (0, 0, -thick / 2), bevel).rotate((90, 0, 0))


def arched(width: float, straight: float, rise: float, corners: int = 19) -> CrossSection:
    """Return an outline with straight sides from y = 0 and half an ellipse on top.

    With three corners it is a gable.
    """
    top = np.add(arc(1.0, 0, 180, corners, (width / 2, rise)), (0.0, straight))
    return polygon([(-width / 2, 0), (width / 2, 0), *top])


def back_outline(style: str, width: float, height: float, bar: float, count: int) -> CrossSection:
    """Return the front view of a chair's back, its foot at y = 0.

    Args:
        style: "solid", "slatted" (upright slats), "ladder" (horizontal slats), "oval", "spindle" (a
            bow with spindles) or "cross".
        width: Its width.
        height: Its height.
        bar: Width of its posts.
        count: Number of slats.
    """
    centre = (0, height / 2)
    if style == "solid":
        panel = rectangle(width, 0.8 * height, 0.2 * width).translate((0, 0.6 * height))
        return panel + _two_posts(0.66 * width, 0.5 * height, 1.3 * bar)
    if style == "oval":
        panel = oval(width, 0.78 * height).translate((0, 0.61 * height))
        return panel + _two_posts(0.6 * width, 0.5 * height, 1.2 * bar)
    if style == "spindle":
        half = (width - bar) / 2
        angles = np.linspace(0.0, np.pi, 13)
        bow = [(-half, 0.0), *np.stack([-half * np.cos(angles), 0.55 * height - bar / 2
               + 0.45 * height * np.sin(angles)], axis=1), (half, 0.0)]  # fmt: skip
        shape = band(bow, bar)
        for x in np.linspace(-half, half, count + 2)[1:-1]:
            rise = 0.55 * height + 0.45 * height * np.sqrt(1 - (x / half) ** 2) - bar / 2
            shape += rectangle(0.75 * bar, rise).translate((float(x), rise / 2))
        return shape + rectangle(width, bar).translate((0, bar / 2))
    shape = _two_posts(width, height, bar)
    rail = max(1.3 * bar, 0.16 * height)
    level = rectangle(width - bar, rail)
    if style == "ladder":
        for z in np.linspace(0.3 * height, height - 0.6 * rail, count):
            slat = rectangle(width - bar, min(rail, 0.4 * height / count), 0.3 * bar)
            shape += slat.translate((0, float(z)))
        return shape
    shape += level.translate((0, height - 0.6 * rail))
    shape += rectangle(width - bar, 0.7 * rail).translate((0, 0.2 * height))
    if style == "cross":
        half, low, high = (width - bar) / 2, 0.2 * height, height - 0.6 * rail
        return (
            shape
            + band([(-half, low), (half, high)], bar)
            + band([(-half, high), (half, low)], bar)
        )
    for x in np.linspace(-width / 2, width / 2, count + 2)[1:-1]:
        shape += rectangle(bar, 0.74 * height).translate((float(x), centre[1] + 0.05 * height))
    return shape


def _two_posts(width: float, height: float, bar: float) -> CrossSection:
    post = rectangle(bar, height, 0.3 * bar).translate(((width - bar) / 2, height / 2))
    return post + post.mirror((1, 0))


def wrapped_back(reach: float, rise: float, bar: float, span: float) -> Manifold:
    """Return a back bent around the rear of a seat, standing on z = 0 and lower towards the front.

    Args:
        reach: Outer radius.
        rise: Height at the rear.
        bar: Thickness.
        span: How far it reaches to each side of the rear, in degrees.
    """
    wall = slab(band(arc(reach - bar / 2, 90 - span, 90 + span, 2 * int(span / 10) + 1), bar), rise)
    slope = np.array([0.0, 0.5, -1.0])
    plane = slope / np.linalg.norm(slope)
    return wall.trim_by_plane(tuple(plane), float(plane @ (0.0, 0.55 * reach, rise)))


def leant(part: Manifold, at: Vector, degrees: float) -> Manifold:
    """Tilt an upright part backwards by some degrees and move it to `at`."""
    return part.rotate((-degrees, 0, 0)).translate(tuple(at))


def small_ball(radius: float, at: Vector = (0, 0, 0), stretch: Vector = (1, 1, 1)) -> Manifold:
    """Return a ball with few faces, for knobs."""
    return Manifold.sphere(radius, 20).scale(tuple(stretch)).translate(tuple(at))


def cushion(
    size: Vector, at: Vector = (0, 0, 0), radius: float = 3.0, *, segments: int = 16
) -> Manifold:
    """Return a box with all edges rounded, its base centred at `at`."""
    radius = min(radius, 0.49 * min(size))
    halves = np.asarray(size, dtype=float) / 2 - radius
    corner = Manifold.sphere(radius, segments)
    whole = Manifold.batch_hull(
        [
            corner.translate((x * halves[0], y * halves[1], z * halves[2]))
            for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)
        ]
    )  # fmt: skip
    return whole.translate((at[0], at[1], at[2] + size[2] / 2))


CASE_STANDS = ("plinth", "legs", "blocks", "buns")


def case_stand(style: str, width: float, depth: float, height: float, size: float) -> Manifold:
    """Return the stand of a cabinet; its top is `height` plus 2 % of the width."""
    top = height + 0.02 * width
    if style == "plinth":
        return box((0.93 * width, 0.9 * depth, top))
    where = stance(4, "rectangular", width - 1.3 * size, depth - 1.3 * size, top)
    if style == "legs":
        return legs_of("round", [(foot * (1.02, 1.05, 1), end) for foot, end in where], size)
    if style == "blocks":
        return legs_of("tapered", where, 1.2 * size)
    curve = smooth(
        [(0.4, 0), (0.42, 0.1), (0.32, 0.2), (0.58, 0.55), (0.58, 0.62), (0.36, 0.88), (0.5, 1)], 2
    )
    bun = turned([(0, 0), *(curve * (size, top)), (0, top)], 20)
    return union(bun.translate((end[0], end[1], 0)) for _, end in where)


def lamp_shade(
    edge: CrossSection, sizes: Sequence[float], height: float, wall: float, hub: float = 0.0
) -> Manifold:
    """Return a hollow lampshade, open at both ends, with three spokes below its top.

    Args:
        edge: Its lower rim.
        sizes: Scale of the outline at evenly spaced heights, relative to the lower rim.
        height: Its height.
        wall: Thickness of the wall.
        hub: Radius of the ring that the spokes carry; 0 lets them meet in the middle.
    """
    _, low, _, high = edge.bounds()
    half, shares = (high - low) / 2, np.asarray(sizes, dtype=float)
    outer = _tower(edge, shares, 0.0, height)
    narrow = (half * shares - wall) / (half - wall)
    inner = _tower(edge.offset(-wall), narrow, -0.01 * height, 1.01 * height)
    spider = around(rod((0, 0, 0), (0, 2 * half, 0), 0.9 * wall), 3, 30.0)
    if hub:
        ring = turned([(hub, -wall), (hub + 2 * wall, -wall), (hub + 2 * wall, wall), (hub, wall)])
        spider = spider - cylinder(hub + wall, 4 * wall, (0, 0, -2 * wall)) + ring
    spider = spider.translate((0, 0, 0.86 * height)) ^ outer.scale((0.98, 0.98, 1.0))
    return minus(outer, [inner]) + spider


def _tower(edge: CrossSection, sizes: Points, low: float, high: float) -> Manifold:
    """Extrude an outline from `low` to `high`, scaled by `sizes` on the way."""
    heights = np.linspace(low, high, len(sizes))

    def sized(points: Points) -> Points:
        share = np.interp(points[:, 2], heights, sizes)
        return points * np.stack([share, share, np.ones_like(share)], axis=1)

    tall = edge.extrude(high - low, len(sizes) - 2).translate((0, 0, low))
    return tall.warp_batch(sized)


def clock_face(draw: Draw, shape: str, thick: float) -> Manifold:
    """Build a dial of radius 11 with marks and hands that faces -y; its back is at y = 0."""
    marks = draw.pick("marks", ("twelve", "four", "dots"))
    edge = outline_of(shape, 22 if shape != "square" else 21, 22, 0.06)
    rim = edge.offset(-1.5)
    parts = [edge.extrude(thick) - rim.extrude(thick).translate((0, 0, thick - 1.3))]
    dial = thick - 1.4
    for hour in range(12):
        if marks == "four" and hour % 3:
            continue
        angle = np.radians(30 * hour)
        along = np.array([np.sin(angle), np.cos(angle)])
        start = 6.6 if hour % 3 == 0 else 7.2
        line = circle(0.62, 12).translate(tuple(7.2 * along))
        if marks != "dots":
            line = band([start * along, 7.7 * along], 1.0 if hour % 3 == 0 else 0.7)
        parts.append(line.extrude(1.0).translate((0, 0, dial)))
    minute = np.radians(30.0 * draw.count("five minutes", 0, 11))
    hour_at = np.radians(30.0 * draw.count("hour", 0, 11)) + minute / 12
    for angle, reach, wide, rise in ((hour_at, 4.2, 1.3, 1.2), (minute, 6.1, 0.9, 1.6)):
        tip = (reach * np.sin(angle), reach * np.cos(angle))
        hand = band([(-0.25 * tip[0], -0.25 * tip[1]), tip], wide)
        parts.append(hand.extrude(rise).translate((0, 0, dial)))
    parts.append(cylinder(1.1, 2.1, (0, 0, dial)))
    return union(parts).rotate((90, 0, 0))


def berth(
    draw: Draw, width: float, length: float, lift: float, thick: float, *, pillows: int
) -> Manifold:
    """Build a frame with a mattress, pillows and perhaps a blanket, the head towards +y."""
    frame = box((width - 3, length - 3, 13), (0, 0, lift - 8), 2)
    soft = cushion((width - 8, length - 9, thick), (0, 0, lift), 4)
    parts = [frame, soft]
    wide = (width - 20) / pillows
    for number in range(pillows):
        x = (number - (pillows - 1) / 2) * wide
        pillow = cushion((wide - 5, 36, 14), (x, length / 2 - 30, lift + thick - 4), 6)
        parts.append(pillow)
    if draw.chance("blanket", 0.7):
        reach = draw.between(0.5, 0.68) * length
        cover = cushion((width - 2, reach, thick - 1), (0, 5 - (length - reach) / 2, lift + 4.5), 4)
        parts.append(cover)
    return union(parts)


PANELS = ("flat", "framed", "raised")


def panel(width: float, height: float, thick: float, at: Vector, style: str = "flat") -> Manifold:
    """Return a door or drawer front that projects from a case by `thick`.

    Args:
        width: Its width.
        height: Its height.
        thick: Projection from the face of the case.
        at: Centre of the front, on the face of the case.
        style: One of `PANELS`.
    """
    frame = 0.14 * min(width, height) + 0.02 * max(width, height)
    inner = rectangle(width - 2 * frame, height - 2 * frame)
    front = slab(rectangle(width, height), 1.5 * thick, (0, 0, -0.5 * thick), 0.25 * thick)
    if style == "framed":
        front = minus(front, [slab(inner, thick, (0, 0, 0.4 * thick))])
    elif style == "raised":
        front += slab(inner, thick, (0, 0, 0.5 * thick), 0.45 * thick)
    return front.rotate((90, 0, 0)).translate(tuple(at))


PULLS = ("knob", "bar")


def pull(style: str, at: Vector, size: float, standing: bool = False) -> Manifold:
    """Return a handle on a front: a knob of width `size`, or a horizontal or upright bar."""
    if style == "knob":
        stem = Manifold.cylinder(0.9 * size, 0.28 * size, circular_segments=10)
        stem = stem.rotate((90, 0, 0)).translate((0, 0.4 * size, 0))
        return (stem + Manifold.sphere(size / 2, 12).translate((0, -0.6 * size, 0))).translate(
            tuple(at)
        )
    length, high = (0.8 * size, 3.4 * size) if standing else (3.4 * size, 0.8 * size)
    bar = cushion((length, 1.2 * size, high), (0, -0.3 * size, -high / 2), 0.3 * size, segments=8)
    return bar.translate(tuple(at))


def spaced(low: float, high: float, count: int, gap: float) -> Sequence[tuple[float, float]]:
    """Return (middle, size) of `count` equal parts of a length, with gaps between and around."""
    size = (high - low - (count + 1) * gap) / count
    return [(low + gap + size / 2 + number * (size + gap), size) for number in range(count)]
