"""Obelisks: a tall tapering shaft under a small pyramid, on a stepped or moulded pedestal."""

from __future__ import annotations

from manifold3d import CrossSection

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon, rectangle, regular
from caddis.data.families.solids import around, ball, box, minus, union


def build(draw: Draw) -> Shape:
    """Draw one obelisk; lengths are in decimetres."""
    plan = draw.pick("plan", ("square", "square", "hexagonal"))
    base = draw.pick("base", ("steps", "pedestal", "plain", "balls"))
    half, height = draw.between(4, 6), draw.between(45, 80)
    taper = draw.between(0.55, 0.72)
    tip = draw.between(0.9, 2.0) * 2 * half * taper

    def outline(size: float) -> CrossSection:
        return rectangle(2 * size, 2 * size) if plan == "square" else regular(6, 1.1 * size)

    z, parts = 0.0, []
    if base == "steps":
        steps = draw.count("steps", 2, 4)
        for n in range(steps):
            parts.append(
                outline(half * (1.25 + 0.4 * (steps - n))).extrude(2.6).translate((0, 0, z))
            )
            z += 2.5
    elif base == "plain":
        parts.append(outline(1.4 * half).extrude(3))
        z = 2.9
    else:
        tall = draw.between(1.6, 2.6) * half
        parts += [outline(1.9 * half).extrude(2.5), outline(1.35 * half).extrude(tall + 2.5),
                  outline(1.65 * half).extrude(1.8).translate((0, 0, tall + 2.4))]  # fmt: skip
        z = tall + 4.1
        if base == "balls":
            reach = 0.62 * half * (1.35 if plan == "square" else 1)
            count = 4 if plan == "square" else 6
            stone = ball(0.32 * half, (0, -reach, z + 0.25 * half))
            parts.append(around(stone, count, 180 / count))
            z += 0.38 * half
    shaft = outline(half).extrude(height, scale_top=(taper, taper))
    cap = outline(half * taper).extrude(tip, scale_top=(0.03, 0.03))
    parts += [shaft.translate((0, 0, z)), cap.translate((0, 0, z + height - 0.02))]
    cuts = []
    surface = draw.pick("surface", ("plain", "hieroglyphs", "bands"))
    count = 4 if plan == "square" else 6
    if surface == "bands":
        sizes = [(share, 1.12 * half * (1 - (1 - taper) * share)) for share in (0.12, 0.2, 0.9)]
        parts += [outline(size).extrude(1.4).translate((0, 0, z + share * height))
                  for share, size in sizes]  # fmt: skip
    elif surface == "hieroglyphs":
        glyphs = _glyphs(draw, half)
        lean = half * (1 - taper) / height * (1 if plan == "square" else 0.95)
        for n, glyph in enumerate(glyphs):
            at = z + height * (0.1 + 0.76 * n / len(glyphs))
            y = -half * (1.0 if plan == "square" else 0.953) + lean * (at - z)
            sign = glyph.extrude(1.6).rotate((90, 0, 0)).translate((0, y + 0.8, at))
            cuts.append(around(sign, count))
    solid = minus(union(parts), cuts)
    if draw.chance("plaque", 0.4) and base in ("pedestal", "balls"):
        face = 1.35 * half * (1 if plan == "square" else 0.953)
        solid += box((1.3 * half, 1.2, 0.9 * half), (0, -face, 3.6))
    return Shape(solid, ("obelisk", "monument"), {} if surface == "hieroglyphs" else {"body": plan})


def _glyphs(draw: Draw, half: float) -> list[CrossSection]:
    """Return signs to be cut in, their feet at the origin."""
    s = 0.42 * half
    every = {
        "eye": circle(1.0, 24).scale((s, 0.5 * s)).translate((0, 0.6 * s)),
        "bar": rectangle(1.6 * s, 0.5 * s).translate((0, 0.5 * s)),
        "disc": circle(0.55 * s, 24).translate((0, 0.6 * s)),
        "hill": polygon([(-s, 0), (s, 0), (0, 1.3 * s)]),
        "ankh": rectangle(0.4 * s, 1.2 * s).translate((0, 0.6 * s))
        + rectangle(1.3 * s, 0.4 * s).translate((0, 0.9 * s))
        + circle(0.45 * s, 24).translate((0, 1.45 * s)),
    }
    return [every[draw.pick(f"sign {n}", tuple(every))] for n in range(9)]


FAMILY = Family("obelisk", build, held_out=({"plan": "hexagonal", "base": "steps"},
                                            {"base": "balls", "surface": "bands"}))  # fmt: skip
