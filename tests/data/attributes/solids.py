"""Hand-made solids for the tests of the attribute readers; all in the canonical frame."""

import numpy as np
from manifold3d import Manifold

from caddis.data.families import outlines
from caddis.data.families.solids import box, cylinder, minus, rod, round_leg, slab, turned, union
from caddis.geometry.frame import to_canonical
from caddis.geometry.mesh.manifold import from_manifold

OUTLINES = {
    "round": outlines.circle(10),
    "square": outlines.rectangle(20, 20, 1.5),
    "rectangular": outlines.rectangle(30, 14, 2),
    "oval": outlines.oval(30, 18),
    "hexagonal": outlines.regular(6, 10, 0.8),
    "L-shaped": outlines.polygon([(-10, -10), (10, -10), (10, -3), (-3, -3), (-3, 10), (-10, 10)]),
}


def mesh(solid: Manifold):
    return to_canonical(from_manifold(solid))


def table(top="round", legs=4, *, turn=0.0):
    """A table whose legs stand on a circle."""
    angles = np.radians(turn + 360 * np.arange(legs) / legs)
    feet = [
        round_leg((6 * np.cos(a), 6 * np.sin(a), 0), (6 * np.cos(a), 6 * np.sin(a), 14.5), 0.8)
        for a in angles
    ]
    return mesh(union([slab(OUTLINES[top], 1.5, (0, 0, 14)), *feet]))


def cup(handles=1, *, wall=0.5, open_top=True):
    """A cup with handles to the right and to the left."""
    body = cylinder(4, 9)
    for number in range(handles):
        ring = slab(outlines.circle(2.6) - outlines.circle(1.7), 0.9)
        upright = ring.rotate((90, 0, 0)).translate(((-1) ** number * 4.8, 0.45, 4.5))
        body += upright
    return mesh(minus(body, [cylinder(4 - wall, 9, (0, 0, 0.6))]) if open_top else body)


def chair(*, back=True, arms=False):
    """A chair whose front is towards -y."""
    parts = [box((10, 10, 1), (0, 0, 9))]
    parts += [box((1, 1, 9.5), (x, y, 0)) for x in (-4.5, 4.5) for y in (-4.5, 4.5)]
    if back:
        parts.append(box((10, 1, 11), (0, 4.5, 9.5)))
    if arms:
        for x in (-4.5, 4.5):
            parts += [box((1, 9, 1), (x, 0.5, 14)), box((1, 1, 5), (x, -3.5, 9.5))]
    return mesh(union(parts))


def shelf(boards=4):
    """Two sides and boards, the uppermost on top."""
    height = 8.0 * (boards - 1) + 1
    sides = [box((1, 6, height), (x, 0, 0)) for x in (-9.5, 9.5)]
    return mesh(union([*sides, *(box((20, 6, 1), (0, 0, 8.0 * n)) for n in range(boards))]))


def stairs(steps=5):
    """Massive steps that rise towards +y."""
    return mesh(union(box((10, 3 * (steps - n), 2 * n + 2), (0, 1.5 * n, 0)) for n in range(steps)))


def cart(wheels=4):
    """A box on wheels that roll along y."""
    places = [(x, y) for y in (-6, 6, 0) for x in (-4, 4)][:wheels]
    parts = [box((6.5, 16, 5), (0, 0, 2))]
    for x, y in places:
        parts.append(rod((x - 0.8, y, 2), (x + 0.8, y, 2), 2))
    parts.append(box((8, 1, 1), (0, -6, 1.6)))
    parts.append(box((8, 1, 1), (0, 6, 1.6)))
    parts.append(box((8, 1, 1), (0, 0, 1.6)))
    return mesh(union(parts))


def vase():
    """Wide foot, narrow above it, belly, narrow neck, flaring lip."""
    profile = [
        (0, 0),
        (5, 0),
        (5, 1),
        (1.6, 2.5),
        (5, 7),
        (6, 10),
        (2, 15),
        (2, 19),
        (3, 21),
        (0, 21),
    ]
    return mesh(turned(profile))


def cone(top=3.0):
    """A truncated cone."""
    return mesh(cylinder(8, 16, top=top))
