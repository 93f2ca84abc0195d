"""Rowing boats: open boats with benches and oars, canoes pointed at both ends."""

from __future__ import annotations

import numpy as np

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import ball, both_sides, box, minus, rod, union
from caddis.data.families.vehicles_parts import boat_hull, plan


def build(draw: Draw) -> Shape:
    """Draw one rowing boat; lengths are in decimetres."""
    style = draw.pick("style", ("square stern", "double-ended", "canoe"))
    benches = draw.count("benches", 2, 3)
    length = draw.between(36, 46)
    narrow = style == "canoe"
    width = length * (draw.between(0.2, 0.25) if narrow else draw.between(0.3, 0.4))
    height = length * (draw.between(0.09, 0.12) if narrow else draw.between(0.13, 0.18))
    outline = plan(length, width, 0.62 if style == "square stern" else 0.0,
                   0.2 if narrow else draw.between(0.4, 1))  # fmt: skip
    sheer = height * (draw.between(0.5, 0.9) if narrow else draw.between(0.2, 0.5))
    wall = draw.between(1.1, 1.5)
    keel = 0.6 if narrow else draw.between(0.5, 0.7)
    inside = boat_hull(outline.offset(-wall), height, keel, sheer)
    hull = boat_hull(outline, height, keel, sheer)
    floor = 0.2 * height
    hollow = union(inside.translate((0, 0, floor + rise * height)) for rise in (0, 0.2, 0.4, 0.8))
    rim = boat_hull(outline.offset(0.6), height, keel, sheer)
    rim -= rim.translate((0, 0, -1.2))
    parts = [minus(hull + rim, [hollow])]
    places = np.linspace(-0.18, 0.26, benches) * length
    for y in places:
        seat = box((2 * width, draw.between(2.6, 3.4), 1.1), (0, y, 0.6 * height))
        parts.append(seat ^ hull)
    if style != "canoe" and draw.chance("oars", 0.7):
        y, edge = float(places[-1]) - 4.5, 0.45 * width
        reach, drop = draw.between(12, 17), draw.between(1, 4)
        tip = np.array([edge + reach, y + 0.25 * reach, height - drop])
        grip = np.array([0.12 * width, y - 1.5, height + 2.2])
        lock = np.array([edge, y, height + 0.3])
        along = (tip - grip) / np.linalg.norm(tip - grip)
        blade = ball(1, (0, 0, 0), (3.4, 1.5, 0.6)).rotate(
            (0, np.degrees(-np.arcsin(along[2])), 0)).rotate(
            (0, 0, np.degrees(np.arctan2(along[1], along[0]))))  # fmt: skip
        meet = grip + along * (lock[0] - grip[0]) / along[0]
        post = rod((meet[0], meet[1], 0.6 * height), meet, 0.9)
        parts.append(both_sides(union([rod(grip, tip, 0.65), blade.translate(tuple(tip)), post])))
    nouns = ("canoe", "boat") if narrow else ("rowing boat", "rowboat", "boat")
    return Shape(union(parts), nouns, {"open": True})


FAMILY = Family("boat", build, held_out=({"style": "canoe", "benches": 3},))
