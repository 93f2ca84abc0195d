"""Cakes: round or square, one to three tiers, candles, cream dabs or cherries; slices, cupcakes."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob
from caddis.data.families.nature_parts import grooved
from caddis.data.families.outlines import circle, polygon, rectangle
from caddis.data.families.solids import around, box, cylinder, minus, slab, turned, union


def build(draw: Draw) -> Shape:
    """Draw one cake; lengths are in centimetres."""
    form = draw.pick("form", ("round", "round", "square", "slice", "cupcake"))
    topping = draw.pick("topping", ("candles", "cherries", "cream"))
    if form == "slice":
        return _slice(draw, topping)
    if form == "cupcake":
        return _cupcake(draw, topping)
    tiers = draw.count("tiers", 1, 3)
    half, z = draw.between(9, 12), 1.0
    parts = (
        [slab(_outline(form, 1.18 * half), 1.1, (0, 0, 0), 0.3)]
        if draw.chance("plate", 0.6)
        else []
    )
    z = 1.0 if parts else 0.0
    for tier in range(tiers):
        size = half * (1 - 0.28 * tier)
        tall = draw.between(0.42, 0.62) * half * (1 - 0.12 * tier)
        parts.append(slab(_outline(form, size), tall, (0, 0, z), 0.5))
        bead = blob((0, 0, 0), 0.085 * size + 0.25, 10)
        spots = _rim(form, 0.98 * size if tier == 0 else 1.0 * size, 16 if form == "square" else 14)
        parts += [bead.translate((x, y, z + 0.2)) for x, y in spots]
        z += tall - 0.02
    size = half * (1 - 0.28 * (tiers - 1))
    parts += _topping(draw, topping, form, size, z)
    solid = union(parts)
    if tiers == 1 and draw.chance("cut", 0.3):
        wedge = polygon([(0, 0), (3 * half, -1.5 * half), (0.4 * half, -3 * half)]).rotate(-45)
        solid = minus(
            solid,
            [
                wedge.extrude(99).translate(
                    (0, 0, 1.0 if solid.bounding_box()[3] > 1.1 * half else -1)
                )
            ],
        )
    names = {"candles": "birthday cake", "cherries": "cherry cake", "cream": "cream cake"}
    nouns = (
        ("cake", names[topping])
        if tiers == 1
        else ("cake", f"{tiers}-tier cake", "wedding cake" if tiers == 3 else names[topping])
    )
    solid = solid.translate((0, 0, -solid.bounding_box()[2]))
    return Shape(max(solid.decompose(), key=lambda part: float(part.volume())), nouns)


def _outline(form: str, half: float) -> CrossSection:
    return circle(half) if form == "round" else rectangle(1.8 * half, 1.8 * half, 0.15 * half)


def _rim(form: str, half: float, count: int) -> list[tuple[float, float]]:
    """Return points evenly along the edge of a tier."""
    if form == "round":
        angle = 2 * np.pi * np.arange(count) / count
        return [(half * np.cos(a), half * np.sin(a)) for a in angle]
    side = np.linspace(-0.86, 0.86, count // 4 + 1)[:-1] * half
    edge = 0.9 * half
    return [p for s in side for p in ((s, -edge), (edge, s), (-s, edge), (-edge, -s))]


def _topping(draw: Draw, topping: str, form: str, size: float, z: float) -> list[Manifold]:
    count = draw.count("pieces", 4, 9)
    spots = [
        (0.68 * size * np.cos(a), 0.68 * size * np.sin(a))
        for a in 2 * np.pi * np.arange(count) / count
    ]
    parts = []
    for x, y in spots:
        if topping == "candles":
            parts += [
                circle(0.55, 12).extrude(4.2).translate((x, y, z - 0.3)),
                blob((x, y, z + 4.5), (0.55, 0.55, 1.0), 8),
            ]
        elif topping == "cherries":
            parts += [blob((x, y, z + 0.5), 1.0, 16)]
        else:
            parts.append(
                turned([(0, -0.3), (1.3, -0.3), (1.4, 0.3), (0.8, 1.0), (0, 1.9)], 12).translate(
                    (x, y, z)
                )
            )
    return parts


def _slice(draw: Draw, topping: str) -> Shape:
    long, angle = draw.between(11, 14), draw.between(32, 48)
    layers, tall = draw.count("layers", 2, 3), draw.between(6, 8)
    turn = np.radians(np.linspace(-angle / 2, angle / 2, 9))
    arc = [(long * np.sin(a), long * np.cos(a)) for a in turn]
    wedge, inner = (
        polygon([(0, 0), *arc]),
        polygon([(0, 0.9), *[(0.95 * x, 0.97 * y) for x, y in arc]]),
    )
    parts = []
    step = tall / layers
    for layer in range(layers):
        parts += [
            wedge.extrude(0.78 * step).translate((0, 0, layer * step)),
            inner.extrude(0.3 * step).translate((0, 0, (layer + 0.74) * step)),
        ]
    parts.append(wedge.offset(0.25).extrude(0.9).translate((0, 0, tall - 0.2)))
    z, at = tall + 0.6, 0.78 * long
    if topping == "candles":
        parts += [
            cylinder(0.5, 4, (0, 0.6 * long, z - 0.3)),
            blob((0, 0.6 * long, z + 4.1), (0.5, 0.5, 0.95), 12),
        ]
    elif topping == "cherries":
        parts.append(blob((0, at, z + 0.6), 1.3, 20))
    else:
        swirl = [(0, -0.3), (1.6, -0.3), (1.7, 0.4), (1.0, 1.3), (0, 2.4)]
        parts.append(turned(swirl, 16).translate((0, at, z)))
    if draw.chance("plate", 0.5):
        parts.append(slab(circle(0.62 * long), 0.9, (0, 0.55 * long, -0.8), 0.3))
    solid = union(parts).translate((0, -0.55 * long, 0)).rotate((0, 0, draw.between(25, 75)))
    return Shape(
        solid.translate((0, 0, -solid.bounding_box()[2])),
        ("slice of cake", "piece of cake", "cake"),
    )


def _cupcake(draw: Draw, topping: str) -> Shape:
    wide, tall = draw.between(3.2, 4.0), draw.between(3.6, 4.6)
    cup = grooved([(0, 0), (0.74 * wide, 0), (1.02 * wide, tall), (0, tall)], 18, 0.05)
    parts, z = [cup], tall - 0.2
    for number in range(3):
        out = 1.12 * wide * (1 - 0.28 * number)
        ring = [
            (0, 0),
            (0.85 * out, 0),
            (out, 0.28 * out),
            (0.8 * out, 0.62 * out),
            (0, 0.62 * out),
        ]
        parts.append(turned(ring, 32).translate((0, 0, z)))
        z += 0.5 * out
    if topping == "candles":
        parts += [cylinder(0.4, 3, (0, 0, z)), blob((0, 0, z + 3.1), (0.42, 0.42, 0.75), 12)]
    elif topping == "cherries":
        parts.append(blob((0, 0, z + 0.7), 0.95, 20))
    else:
        parts += [
            turned([(0, -0.2), (0.4 * wide, -0.2), (0, 0.55 * wide)], 24).translate(
                (0, 0, z + 0.15)
            ),
            around(box((0.3, 0.3, 0.8), (0.72 * wide, 0, tall + 0.7)), 7),
        ]
    return Shape(union(parts), ("cupcake", "muffin", "cake"))


FAMILY = Family("cake", build, held_out=({"form": "square", "topping": "cherries"},))
