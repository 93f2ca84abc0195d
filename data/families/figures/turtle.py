"""Turtles: tortoises under a high dome and sea turtles with long flippers."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, cone, limb, pair, standing, wing
from caddis.data.families.outlines import oval, regular
from caddis.data.families.solids import both_sides, union


def build(draw: Draw) -> Shape:
    """Draw one turtle; lengths are in centimetres."""
    kind = draw.pick("kind", ("tortoise", "sea turtle"))
    plates = draw.pick("shell", ("smooth", "plated", "plated"))
    wide, long = draw.between(3.2, 4.0), draw.between(3.9, 4.9)
    tall = draw.between(2.6, 3.6) if kind == "tortoise" else draw.between(1.5, 2.0)
    lift = draw.between(1.3, 2.0) if kind == "tortoise" else 0.9
    dome = blob((0, 0, 0), (wide, long, tall), 40).trim_by_plane((0, 0, 1), 0)
    rim = oval(2.15 * wide, 2.15 * long).extrude(0.55).translate((0, 0, -0.4))
    belly = blob((0, 0, -0.1), (0.92 * wide, 0.92 * long, 0.8)).trim_by_plane((0, 0, -1), 0)
    shell = [dome, rim, belly]
    if plates == "plated":
        shell.append(_plates(wide, long, tall))
    parts = [part.translate((0, 0, lift)) for part in shell]
    head = draw.between(1.05, 1.4)
    stretch = draw.between(0.9, 1.8)
    y, z = -long - stretch, lift + (1.2 if kind == "tortoise" else 0.3) * stretch
    parts += [
        limb((0, 0.6 - long, lift - 0.1), (0, y, z), 0.75 * head, 0.72 * head),
        blob((0, y - 0.3, z + 0.1), (0.9 * head, 1.15 * head, 0.9 * head)),
        pair(0.7 * head, y - 0.85 * head, z + 0.45 * head, 0.22 * head),
        cone((0, long - 0.3, lift - 0.2), (0, long + 1.4, lift - 0.5), 0.5, 0.25),
    ]
    if kind == "tortoise":
        legs = [
            limb((0.62 * wide, n * 0.6 * long, lift), (0.8 * wide, n * 0.7 * long, 0), 0.85)
            for n in (-1, 1)
        ]
        parts.append(both_sides(union(legs)))
        return Shape(standing(parts), ("turtle", "tortoise"), {"legs": 4})
    span = draw.between(4.5, 6.0)
    front = wing(
        [
            (-1.2, -1.0),
            (0.45 * span, -1.3),
            (span, 0.9),
            (0.95 * span, 1.5),
            (0.4 * span, 0.7),
            (-1.2, 1.0),
        ],
        0.6,
        curved=True,
    )
    hind = wing([(-1.0, -0.8), (1.4, -0.6), (2.2, 1.9), (1.3, 2.2), (-1.0, 0.6)], 0.6, curved=True)
    flippers = [
        front.rotate((0, 5, 0)).translate((0.75 * wide, -0.55 * long, lift - 0.2)),
        hind.rotate((0, 5, 0)).translate((0.55 * wide, 0.7 * long, lift - 0.2)),
    ]
    parts.append(both_sides(union(flippers)))
    return Shape(standing(parts), ("turtle", "sea turtle"))


def _plates(wide: float, long: float, tall: float) -> Manifold:
    """Return hexagons raised from the shell: a row along its ridge and one at each side."""
    raised = blob((0, 0, 0), (1.045 * wide, 1.045 * long, 1.07 * tall), 40)
    size = 0.27 * long
    tile = regular(6, size).extrude(2 * tall)
    spots = [
        (x * 1.75 * size, (row + 0.5 * (x % 2)) * 2.02 * size)
        for x in (-1, 0, 1)
        for row in ((-1, 0, 1) if x == 0 else (-1, 0))
    ]
    return raised ^ union(tile.translate((x, y, 0.2 * tall)) for x, y in spots)


FAMILY = Family("turtle", build, held_out=({"kind": "sea turtle", "shell": "smooth"},))
