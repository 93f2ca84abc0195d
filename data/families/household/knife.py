"""Knives: chef's knife, cleaver, bread knife, table knife or paring knife, lying flat."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, oval, polygon, rectangle, rounded, smooth
from caddis.data.families.solids import cylinder, minus, slab, union

_EDGES = {  # from the tip back to the handle, along the cutting edge; shares of length and depth
    "chef": ((1, -0.02), (0.86, -0.5), (0.6, -0.86), (0.3, -1), (0.02, -1)),
    "paring": ((1, -0.1), (0.8, -0.6), (0.5, -0.9), (0.2, -1), (0.02, -1)),
    "table": ((1, -0.3), (0.97, -0.7), (0.85, -1), (0.4, -0.95), (0, -0.7)),
}
_NOUNS = {"chef": ("knife", "chef's knife", "kitchen knife"), "cleaver": ("cleaver", "knife"),
          "bread": ("bread knife", "knife"), "table": ("table knife", "knife"),
          "paring": ("paring knife", "knife")}  # fmt: skip


def build(draw: Draw) -> Shape:
    """Draw one knife that lies along x, its tip to the right, its edge to the front; cm."""
    kind = draw.pick("kind", ("chef", "cleaver", "bread", "table", "paring"))
    grip = draw.pick("grip", ("riveted", "rounded", "ringed"))
    length = {"chef": draw.between(15, 20), "cleaver": draw.between(13, 16),
              "bread": draw.between(17, 21), "table": draw.between(10, 13),
              "paring": draw.between(8, 10)}[kind]  # fmt: skip
    deep = {"chef": 4.4, "cleaver": 7.5, "bread": 2.9, "table": 2.0, "paring": 2.3}[kind]
    deep *= draw.between(0.9, 1.15)
    small = kind in ("table", "paring")
    thick = draw.between(0.6, 0.7) if small else draw.between(0.8, 1.0)
    outline = _outline(kind, length, deep)
    wedge = polygon([(-deep - 1, 0.24), (0, thick / 2), (9, thick / 2), (9, -thick / 2),
                     (0, -thick / 2), (-deep - 1, -0.24)])  # fmt: skip
    side = wedge.extrude(60).rotate((90, 0, 90)).translate((-20, 0, 0))
    blade = outline.extrude(4).translate((0, 0, -2)) ^ side
    holes = 0
    if kind == "cleaver":
        blade = minus(blade, [cylinder(0.6, 9, (length - 1.4, -1.3, -4.5))])
        holes = 1
    long = draw.between(9.5, 12) if not small else draw.between(6.5, 8.5)
    wide = min(0.72 * deep, 2.6) if kind != "cleaver" else 2.6
    parts = [blade, _grip(grip, long, max(wide, 1.5), thick).translate((0, -0.5 * wide, 0))]
    return Shape(union(parts), _NOUNS[kind], {"holes": holes + (grip == "ringed")})


def _outline(kind: str, length: float, deep: float) -> CrossSection:
    """Return the blade: its back lies on y = 0, its cutting edge towards -y."""
    if kind == "cleaver":
        blade = rectangle(length, deep).translate((length / 2, -deep / 2))
        return rounded(blade, 0.8) + rectangle(3, 2.2).translate((0, -1.2))
    if kind == "bread":
        waves = np.linspace(0.97 * length, 0.1 * length, 60)
        saw = [(x, -deep + 0.3 * abs(np.sin(np.pi * x / 1.3))) for x in waves]
        tip = [(0.94 * length, 0), (length, -0.4 * deep)]
        return polygon([(-1, 0), *tip, *saw, (-1, -0.8 * deep)])
    edge = smooth(np.array(_EDGES[kind]) * (length, deep), 5)
    start = (0.9 * length, 0.0) if kind == "table" else (0.8 * length, 0.0)
    return polygon([(-1, 0), start, *edge, (-1, edge[-1, 1] if kind == "table" else -0.6 * deep)])


def _grip(style: str, long: float, wide: float, thick: float) -> Manifold:
    """Return the handle, which reaches from x = 0.6 back to -long."""
    tall = 1.75 * thick
    middle = (-long / 2 + 0.3, 0, -tall / 2)
    if style == "riveted":
        bar = slab(rectangle(long + 0.6, wide, 0.5), tall, middle, 0.3)
        rivet = cylinder(0.36, tall + 0.3, (0, 0, -tall / 2 - 0.15))
        return union([bar, *(rivet.translate((-long * s, 0, 0)) for s in (0.2, 0.5, 0.8))])
    if style == "rounded":
        swell = slab(oval(1.2 * long, 1.35 * wide) ^ rectangle(long + 0.6, 9), tall, middle, 0.35)
        return swell + slab(rectangle(0.8, 1.2 * wide, 0.3), tall + 0.4, (0.2, 0, -tall / 2 - 0.2))
    bar = slab(rectangle(long + 0.6, 0.86 * wide, 0.6), tall, middle, 0.3)
    ring = circle(0.72 * wide) - circle(0.36 * wide)
    bar -= cylinder(0.62 * wide, 9, (-long - 0.1, 0, -4.5))
    return bar + slab(ring, tall, (-long - 0.1, 0, -tall / 2))


FAMILY = Family("knife", build, held_out=({"kind": "chef", "grip": "ringed"},))
