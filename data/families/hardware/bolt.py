"""Bolts and screws, head up: six heads on a threaded shank, sometimes with a nut on it."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import hexagon, ring_of, threaded, wing
from caddis.data.families.outlines import circle, rectangle
from caddis.data.families.solids import ball, both_sides, cylinder, minus, slab, turned, union


def build(draw: Draw) -> Shape:
    """Draw one bolt whose thread has radius 5."""
    head = draw.pick("head", ("hexagonal", "square", "socket", "round", "countersunk", "wing"))
    length_kind = draw.pick("length", ("short", "long"))
    length = draw.between(16, 26) if length_kind == "short" else draw.between(32, 60)
    plain = draw.between(0.3, 0.5) * length if draw.chance("plain_shank", 0.4) else 0.0
    pitch = draw.between(1.8, 2.8)
    thread = length - plain
    tip = cylinder(3.6, 1.3, (0, 0, -1.2), 4.5)
    shank = threaded(5, thread, round(thread / pitch), draw.between(0.6, 0.9)) + tip
    if plain:
        shank += cylinder(5, plain + 0.1, (0, 0, thread - 0.1))
    parts = [shank, _head(draw, head).translate((0, 0, length - 0.3))]
    screw = head in ("round", "countersunk", "socket")
    if not screw and draw.chance("with_nut", 0.25):
        across = draw.between(16, 18)
        outline = rectangle(across, across) if head == "square" else hexagon(across)
        parts.append(slab(outline, 7, (0, 0, draw.between(0.1, 0.3) * length), bevel=0.7))
    nouns = {
        "hexagonal": ("bolt", "hex bolt"), "square": ("square-head bolt", "bolt"),
        "socket": ("socket screw", "cap screw", "bolt"),
        "round": ("round-head screw", "screw", "bolt"),
        "countersunk": ("countersunk screw", "flat-head screw", "screw"),
        "wing": ("wing bolt", "thumb screw", "bolt"),
    }[head]  # fmt: skip
    return Shape(union(parts), nouns, {"holes": 0})


def _head(draw: Draw, head: str) -> Manifold:
    """Make a head standing on z = 0."""
    high = draw.between(5, 8)
    if head == "hexagonal":
        body = slab(hexagon(draw.between(16, 19)), high, bevel=0.8)
        return body + cylinder(draw.between(10.5, 13), 1.6) if draw.chance("flange", 0.4) else body
    if head == "square":
        across = draw.between(14, 18)
        return slab(rectangle(across, across, 0.6), high, bevel=0.9)
    if head == "socket":
        ribs = circle(8.5) - ring_of(circle(0.5, 8), 24, 8.5)
        cup = ribs.extrude(1.3 * high)
        return minus(cup, [slab(hexagon(9), high, (0, 0, 0.6 * high))])
    if head == "wing":
        neck = cylinder(5.6, 4, top=4.4)
        return neck + both_sides(wing(draw.between(10, 14), high + 3, 4, 6))
    if head == "round":
        dome = ball(draw.between(9, 10.5), (0, 0, 0), (1, 1, draw.between(0.55, 0.85)))
        body = dome.trim_by_plane((0, 0, 1), 0.0)
    else:
        body = turned([(0, -0.1), (4.6, -0.1), (10.2, 5.6), (10.2, 6.4), (0, 6.4)])
    top = body.bounding_box()[5]
    return minus(body, [_drive(draw).extrude(6).translate((0, 0, top - 2.6))])


def _drive(draw: Draw) -> CrossSection:
    """Draw the recess for the screwdriver."""
    drive = draw.pick("drive", ("slot", "cross", "hexagon"))
    if drive == "slot":
        return rectangle(24, 2.2).rotate(15)
    if drive == "cross":
        return rectangle(10, 2.2) + rectangle(2.2, 10)
    return hexagon(6.5 + 0.5 * np.sqrt(2))


FAMILY = Family("bolt", build, held_out=({"head": "hexagonal", "length": "long"},))
