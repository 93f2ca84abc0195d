"""Grandfather clocks: a tall case with a window for the pendulum, a hood and three crowns."""

from __future__ import annotations

from manifold3d import CrossSection

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import arched, clock_face, small_ball, upright
from caddis.data.families.outlines import circle, rectangle
from caddis.data.families.solids import both_sides, box, rod, union


def build(draw: Draw) -> Shape:
    """Draw one grandfather clock; the radius of its face is 11."""
    thick = draw.between(3, 5)
    tall, deep, slim = draw.between(50, 66), draw.between(14, 18), draw.between(19, 23)
    y = deep / 2 - 1.5
    trunk = box((slim, 0.86 * deep, tall), (0, y, 15))
    window = box((0.62 * slim, 4, 0.74 * tall), (0, y - 0.43 * deep + 1, 15 + 0.14 * tall))
    low = 15 + 0.26 * tall
    front = y - 0.43 * deep + 3
    pendulum = upright(circle(0.23 * slim, 32), 3).translate((0, front - 0.6, low)) + box(
        (1.8, 2.4, 0.6 * tall), (0, front - 0.6, low)
    )
    hood = box((27, deep + 2, 28), (0, y, 14 + tall), 0.8)
    base = box((28, deep + 3, 15.5), (0, y, 0)) + box((31, deep + 6, 4), (0, y, 0), 0.8)
    style = draw.pick("crown", ("arch", "gable", "flat"))
    crown = upright(_pediment(style), deep + 4)
    middle = tall + 28
    face = clock_face(draw, "round", thick).translate((0, -2.2, middle))
    crown = crown.translate((0, y, tall + 41.5))
    body = [trunk - window, pendulum, hood, base, crown]
    if draw.chance("finials", 0.4):
        x, rise = (12.5, 43) if style == "flat" else (0, 51)
        knob = rod((0, 0, -2), (0, 0, 4), 1.8) + small_ball(2.8, (0, 0, 5))
        body.append(both_sides(knob.translate((x, y, tall + rise))))
    nouns = ("clock", "grandfather clock", "longcase clock")
    return Shape(union([face, *body]), nouns)


def _pediment(style: str) -> CrossSection:
    if style == "flat":
        return rectangle(31, 4).translate((0, 2))
    return arched(31, 2, 9, 19 if style == "arch" else 3)


FAMILY = Family("clock", build, held_out=({"crown": "gable", "marks": "twelve"},))
