"""Motor boats: speedboats, cabin cruisers, fishing boats and tugs."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import polygon
from caddis.data.families.solids import both_sides, box, cylinder, minus, rod, union
from caddis.data.families.vehicles_parts import block, boat_hull, cabin, plan, side_view


def build(draw: Draw) -> Shape:
    """Draw one motor boat; lengths are in decimetres."""
    style = draw.pick("style", ("speedboat", "cabin cruiser", "fishing boat", "tug"))
    bow = draw.pick("bow", ("sharp", "round"))
    length = draw.between(48, 60)
    stout = style == "tug"
    width = length * (draw.between(0.34, 0.4) if stout else draw.between(0.27, 0.34))
    height = length * (draw.between(0.15, 0.19) if stout else draw.between(0.12, 0.16))
    outline = plan(length, width, 0.85, 0.3 if bow == "sharp" else 1.0)
    sheer = height * (0.1 if style == "speedboat" else draw.between(0.3, 0.5))
    hull = boat_hull(outline, height, draw.between(0.45, 0.65), sheer)
    strip = boat_hull(outline.offset(0.7), height, 0.6, sheer) - boat_hull(
        outline.offset(3), height, 0.9, sheer).translate((0, 0, -1.3))  # fmt: skip
    parts = [hull, strip]
    if style in ("speedboat", "fishing boat"):
        start = 0.02 if style == "speedboat" else 0.12
        inner = block((start * length, 0.42 * length, 0.52 * width, 0.5 * height),
                      (start * length, 0.42 * length, 0.58 * width, 3 * height), 2)  # fmt: skip
        parts = [minus(union(parts), [inner])]
    if style == "speedboat":
        glass = cabin((-0.14 * length, 0.05 * length, 0.8 * width, height - 1),
                      (-0.02 * length, 0.05 * length, 0.6 * width, height + 5.5),
                      1, 1, 1.3)  # fmt: skip
        glass -= block((-0.1 * length, 0.2 * length, 0.8 * width - 3, height - 2),
                       (0.02 * length, 0.2 * length, 0.6 * width - 3, height + 6))  # fmt: skip
        parts.append(glass)
        for y in (0.16, 0.32):
            parts.append(box((0.6 * width, 2.6, 2.4), (0, y * length, 0.47 * height), 0.5))
            parts.append(box((0.6 * width, 1.3, 5.2), (0, y * length + 1.8, 0.47 * height), 0.5))
        motor = box((4, 4.6, 6), (0, length / 2 + 2, height - 1), 1.5)
        shaft = box((1.8, 2.6, height + 1), (0, length / 2 + 2, 0), 0.5)
        parts += [motor, shaft, box((2, 4, 2), (0, length / 2 - 0.5, height - 0.6))]
    else:
        parts.append(_house(draw, style, length, width, height))
    nouns = {"speedboat": ("motor boat", "speedboat"), "tug": ("boat", "tugboat"),
             "cabin cruiser": ("motor boat", "cabin cruiser", "motor yacht"),
             "fishing boat": ("boat", "fishing boat")}[style]  # fmt: skip
    return Shape(union(parts), nouns)


def _house(draw: Draw, style: str, length: float, width: float, height: float) -> Manifold:
    tall = draw.between(8.5, 11)
    if style == "cabin cruiser":
        top = height + 6
        low = cabin((-0.26 * length, 0.28 * length, 0.74 * width, height - 1),
                    (-0.14 * length, 0.28 * length, 0.64 * width, top), 0.8,
                    draw.count("panes", 2, 4), 1.3, rounding=1, rise=(0.42, 0.86),
                        ends="front")  # fmt: skip
        high = cabin((-0.1 * length, 0.16 * length, 0.6 * width, top - 0.5),
                     (-0.04 * length, 0.16 * length, 0.54 * width, top + 5), 0.8,
                     2, 1.2, rounding=1,
                     rise=(0.25, 0.8))  # fmt: skip
        roof = box((0.64 * width, 0.3 * length, 1.2), (0, 0.05 * length, top + 4.6), 0.5)
        mast = side_view(polygon([(0, 0), (3, 0), (4.6, 5), (3, 5)]), 1.4)
        return union([low, high, roof, mast.translate((0, 0.1 * length, top + 5.2))])
    start, back = (-0.14, 0.1) if style == "fishing boat" else (-0.16, 0.16)
    house = cabin((start * length, back * length, 0.56 * width, height - 2),
                  (start * length, back * length, 0.54 * width, height + tall), 0.8,
                  draw.count("panes", 1, 2), 1.4, rounding=0.8, rise=(0.5, 0.88))  # fmt: skip
    deep = (back - start) * length + 3
    middle = 0.5 * (start + back) * length
    parts = [house, box((0.54 * width + 3, deep, 1.3), (0, middle, height + tall - 0.4), 0.5)]
    if style == "tug":
        funnel = cylinder(0.15 * width, tall + 6, (0, 0, height - 2), 0.12 * width)
        funnel += cylinder(0.16 * width, 1.6, (0, 0, height + tall))
        parts.append(funnel.translate((0, back * length + 0.18 * width, 0)))
        fender = both_sides(cylinder(1.9, 3, (0.46 * width, 0, 0.4 * height)))
        parts += [fender.translate((0, y * length, 0)) for y in (-0.04, 0.12, 0.28)]
        return union(parts)
    parts.append(rod((0, middle, height + tall), (0, middle, height + tall + 9), 0.8))
    post = 0.43 * length
    parts.append(box((0.95 * width, 2, 2), (0, post, height - 1.2)))
    arch = rod((0.32 * width, post, height - 2), (0.25 * width, post, height + tall), 0.8)
    parts.append(both_sides(arch))
    parts.append(
        rod((-0.28 * width, post, height + tall), (0.28 * width, post, height + tall), 0.8)
    )
    parts.append(rod((0, post, height + tall), (0, post + 6, height + tall + 4), 0.75))
    return union(parts)


FAMILY = Family("boat", build, held_out=({"style": "tug", "bow": "sharp"},))
