"""Wooden fences along x: pickets, rails or crossed boards between posts."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold, OpType

from caddis.data.families.buildings_parts import fence_post, upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import band, polygon, rectangle
from caddis.data.families.solids import box, rod, union


def build(draw: Draw) -> Shape:
    """Draw one fence; lengths are in centimetres."""
    style = draw.pick("style", ("picket", "rail", "crossed"))
    sections = draw.count("sections", 1, 3)
    bay, high = draw.between(0.8, 1.2) * (150, 95, 75)[sections - 1], draw.between(75, 115)
    thick = max(4.5, sections * bay / 52)
    post = fence_post(draw, draw.between(8, 11), high * draw.between(0.98, 1.12))
    panel = {"picket": _pickets, "rail": _rails, "crossed": _crosses}[style](draw, bay, high, thick)
    places = (np.arange(sections + 1) - sections / 2) * bay
    parts = [post.translate((x, 0, 0)) for x in places]
    parts += [panel.translate((x + bay / 2, 0, 0)) for x in places[:-1]]
    noun = {"picket": "picket fence", "rail": "rail fence", "crossed": "crossbuck fence"}[style]
    return Shape(union(parts), ("fence", noun), {"legs": sections + 1})


def _pickets(draw: Draw, bay: float, high: float, thick: float) -> Manifold:
    top, lift = draw.pick("top", ("pointed", "rounded", "flat")), draw.between(9, 15)
    dip = draw.between(-0.15, 0.15) if draw.chance("wavy", 0.4) else 0.0
    count = round(bay / draw.between(13, 18))
    wide, boards = 0.62 * bay / (count + 1), []
    for share in np.linspace(-1, 1, count + 2)[1:-1]:
        tall = (high - lift) * (0.92 - abs(dip) / 2 + dip * (1 - share**2))
        boards += [_board(top, wide, tall).translate((share * bay / 2, lift))]
    outline = CrossSection.batch_boolean(boards, OpType.Add)
    parts = [upright(outline, thick, (0, -0.7 * thick, 0))]
    rails = (lift + 0.14 * high - 4, lift + 0.6 * high - 4)
    parts += [box((bay + 2, thick, 8), (0, 0.1 * thick, z)) for z in rails]
    return union(parts)


def _board(top: str, wide: float, high: float) -> CrossSection:
    """Return the outline of one board, its foot at the origin."""
    half = wide / 2
    if top == "pointed":
        return polygon(
            [(-half, 0), (half, 0), (half, high - wide), (0, high), (-half, high - wide)]
        )
    if top == "rounded":
        straight = rectangle(wide, high - half).translate((0, (high - half) / 2))
        return straight + CrossSection.circle(half, 24).translate((0, high - half))
    return rectangle(wide, high).translate((0, high / 2))


def _rails(draw: Draw, bay: float, high: float, thick: float) -> Manifold:
    count, round_rails = draw.count("rails", 2, 4), draw.chance("round rails", 0.4)
    parts = []
    for z in np.linspace(0.3 if count < 4 else 0.22, 0.86, count) * high:
        if round_rails:
            parts.append(rod((-bay / 2 - 9, 0, z), (bay / 2 + 9, 0, z), 0.9 * thick))
        else:
            parts.append(box((bay + 2, thick, 10), (0, 0, z - 5), 1))
    return union(parts)


def _crosses(draw: Draw, bay: float, high: float, thick: float) -> Manifold:
    low, top = draw.between(14, 18), 0.9 * high
    half, cells = bay / 2, draw.count("crosses", 1, 2)
    frame = band([(-half, low), (half, low)], 7) + band([(-half, top), (half, top)], 7)
    for number in range(cells):
        a, b = -half + number * bay / cells, -half + (number + 1) * bay / cells
        frame += band([(a, low), (b, top)], 6) + band([(a, top), (b, low)], 6)
        frame += band([(a, low), (a, top)], 7)
    return upright(frame, thick)


FAMILY = Family("fence", build, held_out=({"top": "rounded", "sections": 1},
                                          {"style": "rail", "sections": 2}))  # fmt: skip
