"""Crosses, standing: Latin, Greek, Celtic, budded or forked, free or on a stepped base."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import upright
from caddis.data.families.outlines import circle, polygon, rectangle, rounded
from caddis.data.families.solids import box, union


def build(draw: Draw) -> Shape:
    """Draw one cross about 10 high that faces the front."""
    form = draw.pick("form", ("latin", "greek", "celtic", "budded", "flared", "patriarchal"))
    foot = draw.pick("foot", ("none", "steps", "block"))
    arm = draw.between(1.4, 2.4) if form not in ("flared", "celtic") else draw.between(1.0, 1.5)
    side = draw.between(2.8, 3.8)
    low = side if form in ("greek", "flared") else draw.between(5.5, 7.5)
    up = side if form in ("greek", "flared") else draw.between(2.6, 3.6)
    thick = draw.between(1.0, 2.0)
    bars = rectangle(arm, low + up).translate((0, (up - low) / 2)) + rectangle(2 * side, arm)
    outline, holes = bars, 0
    if form == "celtic":
        ring = draw.between(0.66, 0.8) * side
        wide = draw.between(0.28, 0.36) * arm
        outline = bars + (circle(ring + wide) - circle(ring - wide))
        holes = 4
    elif form == "budded":
        bud = circle(0.66 * arm, 24)
        ends = [(0, up), (side, 0), (-side, 0)] + ([(0, -low)] if foot == "none" else [])
        for x, y in ends:
            across = (0.6 * arm, 0) if x == 0 else (0, 0.6 * arm)
            grow = 1 + 0.5 * arm / max(abs(x), abs(y))
            outward = (x * grow, y * grow)
            outline += bud.translate((x + across[0], y + across[1])) + bud.translate(outward)
            outline += bud.translate((x - across[0], y - across[1])) + bud.translate((x, y))
    elif form == "flared":
        wing = polygon([(0, -0.5 * arm), (side, -1.45 * arm), (side, 1.45 * arm), (0, 0.5 * arm)])
        outline = wing + wing.rotate(90) + wing.rotate(180) + wing.rotate(270)
    elif form == "patriarchal":
        outline += rectangle(1.2 * side, 0.8 * arm).translate((0, 0.5 * (up + 0.5 * arm) + 0.3))
    if form != "celtic" and draw.chance("soft", 0.4):
        outline = rounded(outline, 0.12 * arm)
    solid = upright(outline.extrude(thick)).translate((0, thick / 2, 0))
    nouns = {
        "latin": ("cross", "latin cross"), "greek": ("greek cross", "plus sign", "cross"),
        "celtic": ("celtic cross", "cross"), "budded": ("budded cross", "cross"),
        "flared": ("maltese cross", "flared cross", "cross"),
        "patriarchal": ("double cross", "cross of lorraine", "cross"),
    }[form]  # fmt: skip
    if foot != "none":
        solid += _stand(draw, foot, (3.4 if form == "flared" else max(2.6, 4.0 / arm)) * arm, thick)
        nouns = (f"{nouns[0]} on a base", *nouns[:2])
    return Shape(solid, nouns, {} if form == "budded" else {"holes": holes})


def _stand(draw: Draw, foot: str, wide: float, thick: float) -> Manifold:
    """Return one block or three steps below z = 0, its top a little above it."""
    count = 3 if foot == "steps" else 1
    high = 0.6 if foot == "steps" else draw.between(1.0, 2.0)
    steps = []
    for number in range(count):
        grow = 1 + 0.32 * number
        size = (wide * grow, (thick + 1.6) * grow, high + 0.05)
        steps.append(box(size, (0, 0, 0.2 - high * (number + 1))))
    return union(steps)


FAMILY = Family(
    "cross", build,
    held_out=({"form": "celtic", "foot": "steps"}, {"form": "latin", "foot": "block"}),
)  # fmt: skip
