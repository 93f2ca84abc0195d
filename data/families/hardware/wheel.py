"""Wheels: car wheels with a tyre, spoked wagon wheels and plain solid ones, standing up."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import ring_of, upright, windows
from caddis.data.families.outlines import circle, smooth
from caddis.data.families.solids import around, box, cylinder, minus, turned, union


def build(draw: Draw) -> Shape:
    """Draw one wheel of radius 10; it is built lying down and stood up at the end."""
    form = draw.pick("form", ("car", "wagon", "disc"))
    spokes = draw.count("spokes", 4, 10)
    if form == "car":
        solid, holes = _car(draw, spokes), spokes
        nouns: tuple[str, ...] = ("car wheel", "wheel", "tyre")
    elif form == "wagon":
        thick, rim = draw.between(1.4, 2.6), draw.between(7.9, 8.7)
        hub = draw.between(1.5, 2.4)
        flat = (circle(10, 64) - circle(rim, 64)) + circle(0.9 * hub)
        ring = flat.extrude(thick)
        spoke = cylinder(0.45, rim + 0.4, top=draw.between(0.5, 0.65)).rotate((90, 0, 0))
        bars = around(spoke.translate((0, 0, thick / 2)), spokes)
        nave = cylinder(hub, 1.8 * thick, (0, 0, -0.4 * thick))
        bore = cylinder(draw.between(0.45, 0.6) * hub, 4 * thick, (0, 0, -thick))
        solid, holes = minus(union([ring, bars, nave]), [bore]), spokes + 1
        nouns = ("wagon wheel", "spoked wheel", "wheel")
    else:
        thick, bore_radius = draw.between(2, 4), draw.between(0.9, 1.5)
        curve = smooth([(9.4, 0), (10, 0.25 * thick), (10, 0.75 * thick), (9.4, thick)], 4)
        dish = draw.between(0.2, 0.3) * thick
        solid = turned([
            (bore_radius, -0.5), (2.8, -0.5), (2.8, dish), (7.2, dish), (7.6, 0), *curve,
            (7.6, thick), (7.2, thick - dish), (2.8, thick - dish), (2.8, thick + 0.5),
            (bore_radius, thick + 0.5),
        ])  # fmt: skip
        holes = 1
        if draw.chance("drilled"):
            solid = minus(solid, [ring_of(circle(1.3, 24), spokes - 1, 5).extrude(9, 0)])
            holes += spokes - 1
        nouns = ("wheel", "disc wheel", "toy wheel")
    return Shape(upright(solid), nouns, {"holes": holes})


def _car(draw: Draw, spokes: int) -> Manifold:
    """Make a tyre with tread around a spoked rim."""
    wide, rim = draw.between(4, 7.5), draw.between(5.4, 7)
    tyre = turned([
        (rim, 0.1 * wide), (rim + 0.6, 0), (9, 0), (9.8, 0.12 * wide), (10, 0.5 * wide),
        (9.8, 0.88 * wide), (9, wide), (rim + 0.6, wide), (rim, 0.9 * wide),
    ], 64)  # fmt: skip
    blocks = draw.count("tread", 0, 2) * 12
    if blocks:
        slot = box((0.8, 1.2, 0.42 * wide), (0, 9.9, -0.01))
        turn = 180.0 / blocks
        tyre = minus(tyre, [around(slot, blocks),
                            around(slot.translate((0, 0, 0.6 * wide)), blocks, turn)])  # fmt: skip
    plate = (circle(rim + 0.3) - windows(0.9 * rim, 1.9, spokes, draw.between(0.8, 1.3))).extrude(
        0.35 * wide
    )
    cap = cylinder(1.4, 0.25 * wide, (0, 0, 0.7 * wide), 0.9)
    return union([tyre, plate.translate((0, 0, 0.5 * wide)), cap])


FAMILY = Family(
    "wheel", build, held_out=({"form": "wagon", "spokes": 6}, {"form": "car", "spokes": 5})
)
