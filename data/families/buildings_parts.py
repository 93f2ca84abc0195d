"""Parts that several buildings share: roofs, windows, doors and battlements."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw
from caddis.data.families.outlines import Vector, circle, polygon, rectangle
from caddis.data.families.solids import ball, box, minus, union


def upright(outline: CrossSection, depth: float, at: Vector = (0, 0, 0)) -> Manifold:
    """Extrude an outline (x, z) along y by `depth`, centred at `at`."""
    solid = outline.extrude(depth).rotate((90, 0, 0))
    return solid.translate((at[0], at[1] + depth / 2, at[2]))


def arched(width: float, height: float) -> CrossSection:
    """Return the outline of a round-headed door, with the middle of its sill at the origin."""
    straight = max(height - width / 2, 0.01 * height)
    low = rectangle(width, straight).translate((0, straight / 2))
    whole = low + circle(width / 2, 32).translate((0, straight))
    return whole ^ rectangle(width, height).translate((0, height / 2))


def gable_wall(width: float, height: float, rise: float) -> CrossSection:
    """Return the outline of a wall with a gable, with the middle of its foot at the origin."""
    half = width / 2
    return polygon([(-half, 0), (half, 0), (half, height), (0, height + rise), (-half, height)])


def gable_roof(
    width: float, rise: float, length: float, thick: float, eaves: float, *, at: Vector = (0, 0, 0)
) -> Manifold:
    """Return two roof plates with the ridge along y; `at` is their middle at wall height."""
    out, drop = width / 2 + eaves, eaves * 2 * rise / width
    return upright(
        polygon([(-out, -drop), (0, rise), (out, -drop),
                 (out, thick - drop), (0, rise + thick), (-out, thick - drop)]), length, at,
    )  # fmt: skip


def hip_roof(
    width: float, depth: float, rise: float, ridge: float, thick: float, *, at: Vector = (0, 0, 0)
) -> Manifold:
    """Return a solid hip roof whose ridge, of length `ridge`, runs along x."""
    low = [(x, y, z) for x in (-width / 2, width / 2) for y in (-depth / 2, depth / 2)
           for z in (0, thick)]  # fmt: skip
    high = [(-ridge / 2, 0, rise + thick), (ridge / 2, 0, rise + thick)]
    return Manifold.hull_points(np.array([*low, *high], dtype=float)).translate(tuple(at))


def window(width: float, height: float, deep: float, at: Vector, bar: float = 0.0) -> Manifold:
    """Return the volume to subtract from a front wall for a window: one opening or four panes.

    Args:
        width: Size along x.
        height: Size along z.
        deep: Depth of the opening in the wall, whose face is at y = at[1].
        at: Middle of the sill.
        bar: Width of the glazing bars; 0 for a window without bars.
    """
    middle = (at[0], at[1], at[2])
    if bar <= 0.0:
        return box((width, 2 * deep, height), middle)
    pane = ((width - bar) / 2, 2 * deep, (height - bar) / 2)
    return union(
        box(pane, (at[0] + side * (pane[0] + bar) / 2, at[1], at[2] + up * (pane[2] + bar)))
        for side in (-1, 1)
        for up in (0, 1)
    )


def bar(start: Vector, end: Vector, size: float) -> Manifold:
    """Return a square bar between two points; it has fewer faces than a round rod."""
    cube = Manifold.cube((size, size, size), center=True)
    return Manifold.batch_hull([cube.translate(tuple(start)), cube.translate(tuple(end))])


def crown(
    outline: CrossSection, wall: float, height: float, gaps: Iterable[Manifold], at: Vector
) -> Manifold:
    """Return battlements: a floor and a parapet around it, with gaps in its upper half.

    `gaps` are subtracted; they are given relative to half the height, where the teeth begin.
    """
    inside = outline.offset(-wall).extrude(height).translate((0, 0, 0.25 * height))
    cuts = [gap.translate((0, 0, 0.5 * height)) for gap in gaps]
    return minus(outline.extrude(height), [inside, *cuts]).translate(tuple(at))


def round_crown(radius: float, wall: float, height: float, teeth: int, at: Vector) -> Manifold:
    """Return round battlements with an even number of `teeth`."""
    gap = box((3 * radius, np.pi * radius / teeth, height))
    gaps = [gap.rotate((0, 0, 360.0 * number / teeth)) for number in range(teeth // 2)]
    return crown(circle(radius), wall, height, gaps, at)


def square_crown(
    width: float, depth: float, wall: float, height: float, tooth: float, *, at: Vector
) -> Manifold:
    """Return rectangular battlements with teeth about as wide as `tooth`."""
    gaps = []
    for along, across, turn in ((width, depth, 0), (depth, width, 90)):
        count = max(2, round((along / tooth + 1) / 2))
        pitch = along / (2 * count - 1)
        gaps += [
            box((pitch, 2 * across, height), (-along / 2 + pitch * (2 * number + 1.5), 0, 0))
            .rotate((0, 0, turn))
            for number in range(count - 1)
        ]  # fmt: skip
    return crown(rectangle(width, depth), wall, height, gaps, at)


def fence_post(draw: Draw, size: float, high: float) -> Manifold:
    """Return a square fence post with a head chosen by `draw`."""
    head = draw.pick("post", ("pyramid", "ball", "flat"))
    parts = [box((size, size, high), rounding=0.1 * size),
             box((1.35 * size, 1.35 * size, 0.3 * size), (0, 0, high - 0.1))]  # fmt: skip
    z = high + 0.28 * size - 0.1
    if head == "pyramid":
        cap = CrossSection.square((1.2 * size, 1.2 * size), center=True)
        parts.append(cap.extrude(0.7 * size, scale_top=(0.1, 0.1)).translate((0, 0, z)))
    elif head == "ball":
        parts.append(ball(0.6 * size, (0, 0, z + 0.4 * size)))
    return union(parts)
