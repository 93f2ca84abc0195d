"""Dogs: standing, sitting or long and low as a dachshund; floppy or pointed ears."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb, pair, standing
from caddis.data.families.solids import both_sides, union

_NOUNS = {"standing": "standing dog", "sitting": "sitting dog", "low": "dachshund"}


def build(draw: Draw) -> Shape:
    """Draw one dog; lengths are in centimetres."""
    pose = draw.pick("pose", tuple(_NOUNS))
    ears = draw.pick("ears", ("floppy", "pointed"))
    head, thick = draw.between(1.5, 1.9), draw.between(0.65, 0.85)
    if pose == "sitting":
        tall = draw.between(5.0, 6.2)
        leg = limb((0.9, -1.2, 3.4), (0.95, -1.9, 0.4), thick, 0.9 * thick)
        haunch = blob((1.75, 0.5, 1.5), (0.95, 1.9, 1.6))
        paws = [
            blob((0.95, -2.4, 0.35), (0.75, 1.1, 0.55)),
            blob((1.9, -1.3, 0.35), (0.7, 1.2, 0.55)),
        ]
        trunk = Manifold.batch_hull(
            [blob((0, 1.0, 1.7), (1.9, 2.0, 1.8)), blob((0, -0.6, tall), (1.3, 1.2, 1.2))]
        )
        parts = [trunk, both_sides(union([leg, haunch, *paws]))]
        at, root = (0.0, -1.4, tall + 1.7), (0.0, 2.6, 0.9)
        tip = (0.0, 5.4, draw.between(1.5, 3.0))
    else:
        low = pose == "low"
        long = draw.between(4.6, 5.6) if low else draw.between(2.8, 3.5)
        lift = draw.between(2.3, 2.8) if low else draw.between(4.2, 5.2)
        girth = draw.between(1.35, 1.7)
        x, spots = 0.75 * girth, (0.8 - long, long - 0.4)
        legs = [limb((x, y, lift), (x + 0.1, y, 0.4), 1.1 * thick, thick) for y in spots]
        legs += [blob((x + 0.1, y - 0.4, 0.3), (1.1 * thick, 1.5 * thick, 0.5)) for y in spots]
        neck = limb((0, -long, lift + 0.2), (0, -long - 1.2, lift + 2.2), 1.25, 1.1)
        parts = [
            limb((0, -long, lift), (0, long, lift), 1.1 * girth, girth, 32),
            neck,
            both_sides(union(legs)),
        ]
        at, root = (0.0, -long - 1.6, lift + 2.9), (0.0, long + 0.9, lift + 0.6)
        tip = (0.0, long + draw.between(2.2, 3.4), lift + draw.between(1.8, 3.4))
    parts += [limb(root, tip, 0.6, 0.32), _head(draw, head, ears).translate(at)]
    if draw.chance("collar", 0.4):
        ring = Manifold.cylinder(0.9, 1.5, 1.5, 24, center=True).rotate((30, 0, 0))
        parts.append(ring.translate((at[0], at[1] + 0.6, at[2] - 1.35)))
    legs_claim = {} if pose == "sitting" else {"legs": 4}
    return Shape(standing(parts), ("dog", _NOUNS[pose]), legs_claim)


def _head(draw: Draw, head: float, ears: str) -> Manifold:
    muzzle = draw.between(1.25, 1.7) * head
    if ears == "floppy":
        ear = Manifold.batch_hull(
            [
                blob((0.85 * head, 0, 0.55 * head), 0.25 * head, 16),
                blob((1.1 * head, -0.2, -0.8 * head), (0.26 * head, 0.5 * head, 0.42 * head), 20),
            ]
        )
    else:
        ear = Manifold.batch_hull(
            [
                blob((0.3 * head, 0.1, 0.7 * head), 0.22 * head, 16),
                blob((0.85 * head, 0.1, 0.45 * head), 0.22 * head, 16),
                blob((0.8 * head, 0, 1.7 * head), 0.12 * head, 16),
            ]
        )
    return union(
        [
            blob((0, 0, 0), (head, head, 0.95 * head), 32),
            both_sides(ear),
            limb(
                (0, -0.5 * head, -0.25 * head), (0, -muzzle, -0.35 * head), 0.62 * head, 0.46 * head
            ),
            blob((0, -muzzle - 0.4 * head, -0.1 * head), (0.26 * head, 0.2 * head, 0.2 * head), 16),
            pair(0.42 * head, -0.84 * head, 0.32 * head, 0.16 * head),
        ]
    )


FAMILY = Family("dog", build, held_out=({"pose": "sitting", "ears": "pointed"},))
