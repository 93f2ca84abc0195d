"""Ice creams: scoops or a swirl on a cone, scoops in a cup, and bars on a stick."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, filled, limb
from caddis.data.families.nature_parts import grooved
from caddis.data.families.outlines import circle, rectangle
from caddis.data.families.solids import around, cylinder, minus, slab, turned, union


def build(draw: Draw) -> Shape:
    """Draw one ice cream; lengths are in centimetres."""
    form = draw.pick("form", ("scoops on a cone", "swirl on a cone", "cup", "bar on a stick"))
    topping = draw.pick("topping", ("plain", "cherry", "wafer"))
    if form == "bar on a stick":
        return _bar(draw)
    radius = draw.between(2.3, 3.0)
    if form == "cup":
        tall, parts = _cup(draw, radius)
        radius = 0.8 * radius
    else:
        tall = draw.between(7.5, 10.0)
        parts = [_cone(draw, tall, radius)]
    top = tall
    if form == "swirl on a cone":
        cream, top = _swirl(draw, radius, tall)
        parts.append(cream)
    elif form == "scoops on a cone":
        scoops = draw.count("scoops", 1, 3)
        for number in range(scoops):
            size = radius * (1.12 - 0.1 * number)
            ball = blob((0, 0, top + 0.45 * size), size, 32)
            skirt = around(
                blob(
                    (0.85 * size, 0, top + 0.1 * size), (0.34 * size, 0.34 * size, 0.2 * size), 16
                ),
                8,
            )
            parts += [ball, skirt]
            top += 1.32 * size
    else:
        for number in range(draw.count("scoops", 2, 3)):
            turn = 2.1 * number + 0.4
            at = (0.75 * radius * np.cos(turn), 0.75 * radius * np.sin(turn), top + 0.25 * radius)
            parts.append(blob(at, 0.95 * radius, 28))
        parts.append(blob((0, 0, top + 0.9 * radius), 0.9 * radius, 28))
        top += 1.7 * radius
    if topping == "cherry":
        parts += [
            blob((0, 0, top + 0.35), 0.75, 20),
            limb((0, 0, top + 0.7), (0.5, 0, top + 2.3), 0.24, segments=12),
        ]
    elif topping == "wafer":
        stick = rectangle(0.9, 0.9).extrude(5.5).rotate((0, 24, 0))
        parts.append(stick.translate((0.3 * radius, 0.2, top - 2.6)))
    solid = filled(union(parts)).trim_by_plane((0, 0, 1), 0)
    return Shape(
        solid,
        (
            "ice cream",
            "ice cream cup" if form == "cup" else "ice cream cone",
            form.replace("scoops", "ice cream")
            if form == "scoops on a cone"
            else "soft ice"
            if form == "swirl on a cone"
            else "ice cream in a cup",
        ),
    )


def _cone(draw: Draw, tall: float, radius: float) -> Manifold:
    """Return a wafer cone with a rim and, often, a waffle pattern of grooves."""
    body = cylinder(0.32, tall, (0, 0, 0), radius) + cylinder(
        1.06 * radius, 0.7, (0, 0, tall - 0.9), 1.12 * radius
    )
    if not draw.chance("waffle", 0.7):
        return body
    side = [
        (
            0.32 + (radius - 0.32) * share - (0.13 * radius * share if number % 3 == 2 else 0.0),
            share * tall,
        )
        for number, share in enumerate(np.linspace(0, 1, 22))
    ]
    return body.trim_by_plane((0, 0, 1), tall - 0.9) + grooved(
        [(0, 0), *side, (0, tall)], 9, 0.09, 0.5
    )


def _swirl(draw: Draw, radius: float, tall: float) -> tuple[Manifold, float]:
    """Return rings of cream that shrink and tilt like a coil, and their height."""
    turns, z = draw.count("turns", 3, 4), tall - 0.4
    parts = [cylinder(0.8 * radius, 0.8, (0, 0, z))]
    for number in range(turns):
        wide = 1.25 * radius * (1 - 0.2 * number)
        thick = 0.42 * wide
        profile = [
            (0, z),
            *[
                (wide - thick + thick * np.cos(a), z + thick * (1 + np.sin(a)))
                for a in np.linspace(-1.4, 1.4, 7)
            ],
            (0, z + 2 * thick),
        ]
        ring = (
            turned(profile, 36)
            .translate((0, 0, -z - thick))
            .rotate((7, 6, 0))
            .translate((0, 0, z + thick))
        )
        parts.append(ring)
        z += 1.5 * thick
    tip = cylinder(0.42 * radius, 1.3 * radius, (0, 0, z - 0.1), 0.06 * radius)
    parts.append(tip)
    return union(parts), z + 0.9 * radius


def _cup(draw: Draw, radius: float) -> tuple[float, list[Manifold]]:
    """Return the height of a cup, and the cup, with or without a stem, filled to its rim."""
    if draw.chance("stem", 0.5):
        foot = [
            (0, 0),
            (0.9 * radius, 0),
            (0.9 * radius, 0.4),
            (0.3 * radius, 0.9),
            (0.3 * radius, 2.4),
        ]
        bowl = [(1.0 * radius, 3.6), (1.35 * radius, 5.4), (1.42 * radius, 5.9), (0, 5.9)]
        return 5.9, [turned([*foot, *bowl])]
    return 4.2, [
        turned(
            [
                (0, 0),
                (0.95 * radius, 0),
                (1.35 * radius, 3.8),
                (1.45 * radius, 3.8),
                (1.45 * radius, 4.2),
                (0, 4.2),
            ]
        )
    ]


def _bar(draw: Draw) -> Shape:
    """Draw a bar that stands on its stick."""
    wide, tall, thick = draw.between(3.6, 5.0), draw.between(7.5, 10), draw.between(1.6, 2.2)
    round_top = rectangle(wide, tall, 0.49 * wide) + rectangle(wide, 0.5 * tall, 0.5).translate(
        (0, -0.25 * tall)
    )
    body = slab(round_top, thick, (0, 0, -thick / 2), 0.3)
    grooves = [
        slab(rectangle(0.55, 0.55 * tall, 0.27), 1.0, (x * wide, 0.02 * tall, z))
        for x in (-0.2, 0.2)
        for z in (thick / 2 - 0.3, -thick / 2 - 0.7)
    ]
    if draw.chance("bitten", 0.4):
        for x, y in ((0.5, 0.46), (0.27, 0.56), (0.52, 0.27)):
            grooves.append(
                circle(0.17 * wide + 0.2).extrude(2 * thick).translate((x * wide, y * tall, -thick))
            )
    stick = slab(rectangle(1.1, 5.5, 0.5), 0.6, (0, -0.5 * tall - 1.6, -0.3))
    solid = (minus(body, grooves) + stick).rotate((90, 0, 0))
    low = solid.bounding_box()[2] + 0.25
    solid = solid.translate((0, 0, -low)).trim_by_plane((0, 0, 1), 0)
    return Shape(solid, ("popsicle", "ice cream bar", "ice lolly"))


FAMILY = Family("ice_cream", build, held_out=({"form": "cup", "topping": "cherry"},))
