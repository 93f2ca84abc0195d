"""Mortars: short fat guns that point up steeply, on a block or on four wheels."""

from __future__ import annotations

from caddis.data.families.arms_parts import carriage_wheel
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import filled, fin
from caddis.data.families.solids import both_sides, box, cylinder, minus, rod, turned, union


def build(draw: Draw) -> Shape:
    """Draw one mortar that aims to the front; lengths are in decimetres."""
    carriage = draw.pick("carriage", ("block", "wheels"))
    mouth = draw.pick("mouth", ("flared", "ringed", "plain"))
    wide, tall, aim = draw.between(2.0, 2.9), draw.between(4.6, 6.4), draw.between(28, 48)
    rim = {"flared": 1.35, "ringed": 1.15, "plain": 0.97}[mouth] * wide
    low = 1.2 if mouth != "flared" else 2.2
    profile = [(0, -0.2), (0.8 * wide, 0), (1.05 * wide, 0.5), (1.05 * wide, 1.2),
               (0.95 * wide, 1.3), (0.95 * wide, tall - low), (rim, tall - 0.8),
               (rim, tall), (0, tall)]  # fmt: skip
    lift = 2.0 if carriage == "block" else 3.2
    at = (0, 0.6, lift)
    gun = turned(profile, 40).rotate((aim, 0, 0)).translate(at)
    bore = cylinder(0.66 * wide, 2 * tall, (0, 0, 0.35 * tall)).rotate((aim, 0, 0)).translate(at)
    side = [(-1.6, 0.5), (-1.0, 2.2), (0.2, 4.2), (0.9, 4.2), (1.6, 0.5)]
    cheek = fin([(y * wide, z) for y, z in side], 0.9).translate((1.1 * wide, 0, lift - 1.4))
    base = box((2.9 * wide, 3.6 * wide, 1.6), (0, 0, lift - 2.0), 0.5)
    parts = [gun, base, both_sides(cheek)]
    claims = {}
    if carriage == "wheels":
        claims = {"wheels": 4}
        wheel = carriage_wheel(1.3, 0.5, spoked=False)
        x = 1.45 * wide + 0.4
        for y in (-1.2 * wide, 1.2 * wide):
            parts += [rod((-x, y, 1.3), (x, y, 1.3), 0.5), both_sides(wheel.translate((x, y, 1.3)))]
    return Shape(filled(minus(union(parts), [bore])), ("mortar", "cannon"), claims)


FAMILY = Family("cannon", build, held_out=({"carriage": "wheels", "mouth": "flared"},))
