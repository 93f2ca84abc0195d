"""Cable clips: a hook with a screw foot, a saddle with two, a row of clips, some with cable."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import band, rectangle
from caddis.data.families.solids import arc, box, cylinder, minus, rod, union


def build(draw: Draw) -> Shape:
    """Draw one clip; its cables run from front to back; lengths are in millimetres."""
    form = draw.pick("form", ("hook", "saddle", "row"))
    cable = draw.pick("cable", ("none", "none", "held"))
    inner, wall = draw.between(3, 5), draw.between(1.4, 2.0)
    width, base = draw.between(7, 11), draw.between(1.8, 2.6)
    drill = cylinder(1.5, 4 * base, (0, 0, -base))
    middle, reach = base + inner, inner + 0.5 * wall
    holes = 0
    if form == "row":
        count = draw.count("slots", 3, 5)
        pitch = 2 * inner + 2 * wall + 1.0
        places = (np.arange(count) - (count - 1) / 2) * pitch
        clip = _across(_ring(reach, wall, 50), width).translate((0, 0, middle))
        parts = [box((count * pitch + 2, width + 2, base), (0, 0, 0), 0.8)]
        parts += [clip.translate((x, 0, 0)) for x in places]
    else:
        places = np.zeros(1)
        feet = (1,) if form == "hook" else (-1, 1)
        if form == "hook":
            loop = band(arc(reach, -90, 165, 20), wall)
            loop += rectangle(reach + 4.5, wall).translate((0.5 * reach + 2.2, -reach))
        else:
            loop = band(arc(reach, -20, 200, 20), wall)
            for side in (-1, 1):
                post = rectangle(wall, inner + 1.0).translate((side * reach, -0.5 * inner - 0.2))
                loop += post
        parts = [_across(loop, width).translate((0, 0, base + reach - 0.5 * wall))]
        foot = box((10, width, base), (reach + 4.2, 0, 0), 0.9)
        bored = minus(foot, [drill.translate((reach + 5.6, 0, 0))])
        parts += [bored if side > 0 else bored.mirror((1, 0, 0)) for side in feet]
        holes = len(feet)
        if form == "hook":
            parts.append(box((2 * reach + 1, width, base), (0.6 * reach, 0, 0), 0.9))
    if cable == "held":
        long = draw.between(2.2, 3.4) * width
        for x in places:
            parts.append(rod((x, -long, base + inner), (x, long, base + inner), inner + 0.12))
    nouns = {"hook": "cable hook", "saddle": "cable saddle", "row": "cable organizer"}
    claims = {} if form == "saddle" or cable == "held" else {"holes": holes}
    return Shape(union(parts), ("cable clip", nouns[form]), claims)


def _ring(radius: float, wall: float, gap: float) -> CrossSection:
    """Return a ring that is open at the top over twice `gap` degrees."""
    return band(arc(radius, 90 + gap, 450 - gap, 22), wall)


def _across(side: CrossSection, width: float) -> Manifold:
    """Extrude a front view in (x, z) along y, centred at y = 0."""
    return side.extrude(width).rotate((90, 0, 0)).translate((0, width / 2, 0))


FAMILY = Family("cable_clip", build, held_out=({"form": "row", "cable": "held"},))
