"""Robots: a box, drum or dome for a head, an angular or round trunk, on legs, tracks or wheels."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb, pair
from caddis.data.families.outlines import rectangle
from caddis.data.families.solids import both_sides, box, cylinder, rod, slab, union


def build(draw: Draw) -> Shape:
    """Draw one robot; lengths are in centimetres."""
    head = draw.pick("head", ("box", "drum", "dome"))
    base = draw.pick("base", ("legs", "tracks", "wheels", "pedestal"))
    wide, deep = draw.between(4.5, 7.5), draw.between(3.2, 4.6)
    tall, lift = draw.between(4.5, 7.5), draw.between(2.6, 5.0)
    if draw.chance("round_trunk", 0.3):
        deep = draw.between(0.85, 1.0) * wide
        outline = rectangle(wide, deep, 0.49 * deep)
        trunk = slab(outline, tall, (0, 0, lift), 0.3)
    else:
        trunk = box((wide, deep, tall), (0, 0, lift), 0.6)
    parts = [trunk, *_base(draw, base, wide, deep, lift)]
    shoulder = lift + 0.8 * tall
    bend = draw.pick("arms", ("down", "forward", "up"))
    reach = {"down": (0.3, -0.2, -4.0), "forward": (0.3, -3.4, -1.4), "up": (1.5, -0.3, 3.2)}[bend]
    start = (wide / 2 + 0.6, 0.0, shoulder)
    end = (start[0] + reach[0], reach[1], shoulder + reach[2])
    arm = [blob(start, 1.0), limb(start, end, 0.6), blob(end, 0.95)]
    parts += [both_sides(union(arm)), rod((-start[0], 0, shoulder), start, 0.5)]
    neck = lift + tall
    parts.append(cylinder(0.9, 1.1, (0, 0, neck - 0.3)))
    parts.append(_head(draw, head, 0.72 * wide).translate((0, 0, neck + 0.6)))
    front = -deep / 2
    for x in (-0.22, 0, 0.22):
        knob = (x * wide, front + 0.3, lift + 0.35 * tall)
        parts.append(rod(knob, (knob[0], front - 0.3, knob[2]), 0.09 * wide))
    if draw.chance("screen", 0.6):
        parts.append(box((0.55 * wide, 0.8, 0.25 * tall), (0, front, lift + 0.58 * tall), 0.2))
    claims = {"legs": 2} if base == "legs" else {}
    return Shape(union(parts), ("robot", "toy robot"), claims)


def _base(draw: Draw, base: str, wide: float, deep: float, lift: float) -> list[Manifold]:
    if base == "legs":
        x, foot = 0.3 * wide, draw.between(1.5, 2.0)
        leg = rod((x, 0, 0.5), (x, 0, lift + 0.5), 0.75)
        shoe = box((0.34 * wide, 1.5 * foot + 1, 1.1), (x, -0.4, 0), 0.4)
        return [both_sides(leg + shoe)]
    if base == "tracks":
        long = deep + draw.between(1.5, 3)
        rounds = [
            rod((0.28 * wide, y, 1.3), (0.62 * wide, y, 1.3), 1.3) for y in (-long / 2, long / 2)
        ]
        return [both_sides(Manifold.batch_hull(rounds)), box((0.8 * wide, deep, lift), (0, 0, 0.7))]
    if base == "wheels":
        radius = draw.between(0.75, 0.95) * lift
        wheel = rod((0.32 * wide, 0, radius), (0.58 * wide, 0, radius), radius)
        axle = rod((-0.5 * wide, 0, radius), (0.5 * wide, 0, radius), 0.5)
        caster = [blob((0, -0.3 * deep, 0.8), 0.8), limb((0, -0.3 * deep, 1), (0, 0, lift), 0.6)]
        whole = union(
            [both_sides(wheel), axle, box((0.4 * wide, 0.6 * deep, lift), (0, 0, 1.2)), *caster]
        )
        return [whole]
    return [cylinder(0.55 * wide, 1.2, (0, 0, 0), 0.45 * wide), cylinder(0.24 * wide, lift + 0.4)]


def _head(draw: Draw, head: str, wide: float) -> Manifold:
    tall, half = draw.between(0.7, 0.95) * wide, wide / 2
    if head == "box":
        solid, front = box((wide, 0.85 * wide, tall), (0, 0, 0), 0.5), -0.425 * wide
    elif head == "drum":
        solid, front = cylinder(half, tall), -0.44 * wide
    else:
        whole = blob((0, 0, 0), (half, half, tall), 40).trim_by_plane((0, 0, 1), 0)
        solid, front = whole, -0.4 * wide
    size = draw.between(0.13, 0.19) * wide
    eye = rod((0.24 * wide, front + 1, 0.55 * tall), (0.24 * wide, front - 0.35, 0.55 * tall), size)
    mouth = box((0.5 * wide, 0.8, 0.12 * tall), (0, front - 0.02, 0.16 * tall))
    parts = [solid, both_sides(eye), mouth]
    if draw.chance("antenna", 0.7):
        parts += [rod((0, 0, 0.7 * tall), (0, 0, 1.5 * tall), 0.35), blob((0, 0, 1.55 * tall), 0.6)]
    if draw.chance("ears", 0.5):
        parts.append(rod((-half - 0.6, 0, 0.5 * tall), (half + 0.6, 0, 0.5 * tall), 0.2 * wide))
    else:
        parts.append(pair(half, 0, 0.5 * tall, 0.12 * wide))
    return union(parts)


FAMILY = Family("robot", build, held_out=({"head": "dome", "base": "tracks"},))
