"""Clocks: wall, alarm, mantel, grandfather and cuckoo clocks with a face, marks and two hands."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from data.families.family import Draw, Family, Shape
from data.families.furniture_parts import outline_of, upright
from data.families.outlines import band, circle, polygon, rectangle, rounded
from data.families.solids import arc, ball, both_sides, box, cylinder, rod, slab, union

_FORMS = ("wall", "alarm", "mantel", "grandfather", "cuckoo")


def build(draw: Draw) -> Shape:
    """Draw one clock; the radius of its face is 10."""
    form = draw.pick("form", _FORMS)
    marks = draw.pick("marks", ("twelve", "four", "dots"))
    thick = draw.between(3, 6)
    shape = draw.pick("outline", ("round", "square", "hexagonal")) if form == "wall" else "round"
    face = _face(draw, marks, shape, thick)
    if form == "wall":
        reach = 10.5 * np.cos(np.radians(30)) if shape == "hexagonal" else 10.5
        solid = face.translate((0, 0, reach))
    else:
        solid = {"alarm": _alarm, "mantel": _mantel, "grandfather": _grandfather,
                 "cuckoo": _cuckoo}[form](draw, face, thick)  # fmt: skip
    name = "longcase clock" if form == "grandfather" and draw.chance("longcase", 0.3) else form
    return Shape(solid, ("clock", name if name != form else f"{form} clock"))


def _face(draw: Draw, marks: str, shape: str, thick: float) -> Manifold:
    """Return a dial that looks to -y, in a raised rim; its back is at y = 0."""
    edge = outline_of(shape, 22 if shape != "square" else 21, 22, 0.06)
    rim = edge.offset(-1.5)
    parts = [edge.extrude(thick) - rim.extrude(thick).translate((0, 0, thick - 1.3))]
    dial = thick - 1.4
    for hour in range(12):
        if marks == "four" and hour % 3:
            continue
        angle = np.radians(30 * hour)
        along = np.array([np.sin(angle), np.cos(angle)])
        start = 6.6 if hour % 3 == 0 else 7.2
        line = circle(0.62, 12).translate(tuple(7.2 * along))
        if marks != "dots":
            line = band([start * along, 7.7 * along], 1.0 if hour % 3 == 0 else 0.7)
        parts.append(line.extrude(1.0).translate((0, 0, dial)))
    minute = np.radians(30.0 * draw.count("five minutes", 0, 11))
    hour_at = np.radians(30.0 * draw.count("hour", 0, 11)) + minute / 12
    for angle, reach, wide, rise in ((hour_at, 4.2, 1.3, 1.2), (minute, 6.1, 0.9, 1.6)):
        tip = (reach * np.sin(angle), reach * np.cos(angle))
        hand = band([(-0.25 * tip[0], -0.25 * tip[1]), tip], wide)
        parts.append(hand.extrude(rise).translate((0, 0, dial)))
    parts.append(cylinder(1.1, 2.1, (0, 0, dial)))
    return union(parts).rotate((90, 0, 0))


def _alarm(draw: Draw, face: Manifold, thick: float) -> Manifold:
    deep = 2 * thick + 3
    body = upright(circle(10.4), deep - 1).translate((0, deep / 2 - 1, 0))
    y, tilt = deep / 2 - thick / 2, draw.between(28, 38)
    foot = rod((0, 0, -8), (0, 0, -14.6), 1.3, 1.0) + ball(1.4, (0, 0, -14.4))
    bell = ball(4.4, stretch=(1, 1, 0.9)).trim_by_plane((0, 0, 1), 0) + rod((0, 0, -4), (0, 0, 1), 1)
    bell = (bell + ball(1.1, (0, 0, 4.2))).translate((0, 0, 13))
    hammer = box((1.3, 1.3, 5), (0, 0, 9.8)) + box((3.2, 1.6, 1.8), (0, 0, 14.4))
    handle = upright(band(arc(8.0, 25, 155, 13, (1, 0.8)), 1.2), 1.4).translate((0, 0, 12.6))
    back = both_sides(foot.rotate((0, -26, 0)) + bell.rotate((0, tilt, 0))) + hammer
    if draw.chance("carrying handle", 0.4):
        back += handle
    whole = union([face, body, back.translate((0, y, 0))])
    return whole.translate((0, 0, -whole.bounding_box()[2]))


def _mantel(draw: Draw, face: Manifold, thick: float) -> Manifold:
    """Return a case with a hump, an arch or a gable over its face."""
    style, wide = draw.pick("case", ("hump", "arch", "gable")), draw.between(26, 30)
    if style == "hump":
        half = draw.between(21, 27)
        angles = np.linspace(-1, 1, 25)
        top = np.stack([half * angles, 7 + 17 * np.exp(-((2.3 * angles) ** 2))], axis=1)
        view = polygon([(-half, 0), (half, 0), *top[::-1]]) + circle(12).translate((0, 13))
    else:
        half = wide / 2
        top = arc(1.0, 0, 180, 19 if style == "arch" else 3, (half, 13)) + (0, 14)
        view = polygon([(-half, 0), (half, 0), *top])
    deep = thick + draw.between(5, 8)
    case = upright(view, deep).translate((0, deep / 2 - 1.5, 1.5))
    plinth = box((2 * half + 5, deep + 5, 3), (0, deep / 2 - 1.5, 0), 0.8)
    return union([face.translate((0, 0, 14.2)), case, plinth])


def _grandfather(draw: Draw, face: Manifold, thick: float) -> Manifold:
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
    crown = upright(_pediment(draw.pick("crown", ("arch", "gable", "flat"))), deep + 4)
    middle = tall + 28
    face = face.translate((0, -2.2, middle))
    return union([face, trunk - window, pendulum, hood, base, crown.translate((0, y, tall + 41.5))])


def _pediment(style: str) -> CrossSection:
    if style == "flat":
        return rectangle(31, 4).translate((0, 2))
    top = arc(1.0, 0, 180, 19 if style == "arch" else 3, (15.5, 9)) + (0, 2)
    return polygon([(-15.5, 0), (15.5, 0), *top])


def _cuckoo(draw: Draw, face: Manifold, thick: float) -> Manifold:
    """Return a little house with the face below a door, and two weights that hang down."""
    wide, deep, wall = draw.between(26, 30), draw.between(11, 15), draw.between(30, 34)
    drop, rise = draw.between(16, 24), draw.between(15, 19)
    house = polygon([(-wide / 2, 0), (wide / 2, 0), (wide / 2, wall), (0, wall + rise),
                     (-wide / 2, wall)])  # fmt: skip
    eave = np.array([wide / 2 + 5, wall - 5 * rise / (wide / 2)])
    roof = band([eave * (-1, 1), (0, wall + rise), eave], 3)
    y = deep / 2 - 1.5
    hole = slab(rounded(rectangle(7, 9), 3), 3).rotate((90, 0, 0))
    hatch = hole.translate((0, 0.5, wall + 0.32 * rise))
    bird = ball(2.1, (0, -3.4, wall + 0.36 * rise)) + rod(
        (0, 1, wall + 0.3 * rise), (0, -3.4, wall + 0.36 * rise), 1.4
    )
    weight = rod((0, 0, 2), (0, 0, -drop), 0.95) + ball(2.6, (0, 0, -drop), (1, 1, 2.1))
    hang = both_sides(weight.translate((0.27 * wide, 0, 0)))
    swing = rod((0, 0, 2), (0, 0, -0.6 * drop), 0.95) + upright(circle(3.6, 32), 2).translate(
        (0, 0, -0.6 * drop)
    )
    whole = union([face.translate((0, 0, 13.5)), upright(house, deep).translate((0, y, 0)),
                   upright(roof, deep + 7).translate((0, y - 1, 0)), hatch, bird,
                   (hang + swing).translate((0, y, 0))])  # fmt: skip
    return whole.translate((0, 0, -whole.bounding_box()[2]))


FAMILY = Family(
    "clock", build, held_out=({"form": "alarm", "marks": "dots"}, {"form": "mantel", "marks": "four"})
)
