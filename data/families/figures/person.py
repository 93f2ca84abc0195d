"""People of simple masses: grown-ups and children, in trousers or a dress, in several poses."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, cone, limb, pair, standing
from caddis.data.families.solids import both_sides, cylinder, turned, union

_ARMS = {  # elbow and hand from the shoulder, in arm lengths
    "down": ((0.18, 0.0, -0.5), (0.22, -0.12, -1.0)),
    "out": ((0.5, 0.0, 0.0), (1.0, 0.0, 0.02)),
    "up": ((0.4, 0.0, 0.3), (0.5, 0.0, 0.85)),
    "on hips": ((0.48, 0.05, -0.33), (0.1, -0.2, -0.72)),
}


def build(draw: Draw) -> Shape:
    """Draw one person; lengths are in decimetres."""
    clothes = draw.pick("clothes", ("trousers", "dress"))
    arms = draw.pick("arms", (*_ARMS, "waving"))
    child = draw.chance("child", 0.35)
    head = draw.between(1.7, 2.1) if child else draw.between(1.15, 1.35)
    legs = draw.between(3.6, 4.6) if child else draw.between(7.2, 8.6)
    trunk = draw.between(3.2, 4.0) if child else draw.between(5.2, 6.0)
    wide = draw.between(1.1, 1.4) if child else draw.between(1.5, 2.0)
    thick = draw.between(0.55, 0.75)
    shoulder, reach = legs + 0.85 * trunk, draw.between(0.95, 1.1) * trunk
    x = max(0.5 * wide, 1.25 * thick + 0.2)
    chest = Manifold.batch_hull(
        [
            blob((0, 0, legs), (max(0.72 * wide, x + 0.7 * thick), 0.55 * wide, 0.6), 24),
            blob((0, 0, shoulder), (wide, 0.6 * wide, 0.55), 24),
        ]
    )
    top = legs + trunk + 0.85 * head
    leg = limb((x, 0, legs), (1.15 * x, 0, 0.5), 0.95 * thick, 0.8 * thick)
    shoe = blob((1.15 * x, -0.45, 0.25), (0.72 * thick + 0.1, 1.25, 0.62))
    parts = [
        chest,
        both_sides(leg),
        both_sides(shoe),
        limb((0, 0, shoulder), (0, 0, top), 0.45 * head),
        blob((0, 0, top), (0.88 * head, 0.95 * head, head), 36),
        blob((0, -0.95 * head, top - 0.1 * head), 0.16 * head),
        pair(0.34 * head, -0.84 * head, top + 0.15 * head, 0.1 * head),
        pair(0.88 * head, 0, top, (0.14 * head, 0.2 * head, 0.24 * head)),
    ]
    if clothes == "dress":
        flare = draw.between(1.5, 1.9) * wide
        hem = draw.between(0.25, 0.45) * legs
        skirt = turned(
            [(0, hem), (flare, hem), (0.66 * wide, legs + 0.35 * trunk), (0, legs + 0.35 * trunk)],
            40,
        )
        parts.append(skirt.scale((1, 0.8, 1)))
    for side in (1, -1):
        pose = ("up" if side < 0 else "down") if arms == "waving" else arms
        start = (side * wide, 0.0, shoulder)
        elbow, hand = (
            tuple(start[n] + reach * way[n] * (side if n == 0 else 1) for n in range(3))
            for way in _ARMS[pose]
        )
        parts += [
            limb(start, elbow, 0.8 * thick, 0.7 * thick),
            blob(hand, 0.78 * thick),
            limb(elbow, hand, 0.7 * thick, 0.6 * thick),
        ]
    parts.append(_hair(draw, clothes, head).translate((0, 0, top)))
    if draw.chance("base", 0.3):
        parts.append(cylinder(1.4 * wide + 0.6, 0.7, (0, 0, -0.4)))
        whole = union(parts)
        return Shape(whole.translate((0, 0, 0.4)).trim_by_plane((0, 0, 1), 0), ("person", "figure"))
    nouns = (
        "person",
        "child" if child else "figure",
        "girl in a dress"
        if child and clothes == "dress"
        else "woman in a dress"
        if clothes == "dress"
        else "standing person",
    )
    return Shape(standing(parts), nouns, {"legs": 2} if clothes == "trousers" else {})


def _hair(draw: Draw, clothes: str, head: float) -> Manifold:
    style = draw.pick(
        "hair", ("short", "long", "bun") if clothes == "dress" else ("short", "cap", "bald")
    )
    cap = blob((0, 0.12 * head, 0.2 * head), (0.96 * head, 0.98 * head, 0.92 * head))
    cap = cap.trim_by_plane((0, 0.75, 0.66), 0.1 * head)
    if style == "long":
        back = blob((0, 0.4 * head, -0.5 * head), (0.95 * head, 0.62 * head, 1.3 * head))
        return cap + back
    if style == "bun":
        return cap + blob((0, 0.4 * head, 1.15 * head), 0.42 * head)
    if style == "cap":
        lid = blob((0, 0, 0.3 * head), (0.98 * head, 1.02 * head, 0.85 * head))
        brim = cylinder(0.85 * head, 0.16 * head, (0, -0.75 * head, 0.36 * head))
        return lid.trim_by_plane((0, 0, 1), 0.36 * head) + brim
    return cap if style == "short" else cone((0, 0, 0), (0, 0, 0.5 * head), 0.3 * head)


FAMILY = Family("person", build, held_out=({"clothes": "dress", "arms": "out"},))
