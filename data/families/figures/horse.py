"""Horses: standing, rearing or on rockers; slender or pony-like, with mane and tail."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, fin, limb, pair, standing
from caddis.data.families.outlines import band
from caddis.data.families.solids import arc, both_sides, union


def build(draw: Draw) -> Shape:
    """Draw one horse; lengths are in decimetres."""
    pose = draw.pick("pose", ("standing", "rearing", "rocking"))
    kind = draw.pick("kind", ("horse", "pony"))
    long, girth = (draw.between(3.0, 3.6), draw.between(1.5, 1.75))
    lift, thick = draw.between(5.6, 6.6), draw.between(0.55, 0.68)
    if kind == "pony":
        lift, girth, long = draw.between(4.0, 4.6), draw.between(1.7, 2.0), 0.85 * long
    parts = [
        limb((0, 0.6 - long, lift + 0.2), (0, long - 0.7, lift), 1.05 * girth, girth, 32),
        _neck_and_head(draw, long, lift),
    ]
    tail = fin(
        [
            (long - 0.4, lift + 1.2),
            (long + 1.6, lift + 0.9),
            (long + 2.3, lift - 1.6),
            (long + 2.0, lift - 3.3),
            (long + 1.2, lift - 1.4),
            (long, lift + 0.1),
        ],
        0.9,
        True,
    )
    parts.append(tail)
    x, hind, front = 0.6 * girth, long - 0.9, 0.8 - long
    if pose == "rearing":
        body = (
            union(
                [
                    *parts,
                    both_sides(
                        union(
                            [
                                limb(
                                    (x, front, lift - 0.4), (x, front - 2.2, lift - 1.4), 0.85, 0.55
                                ),
                                limb(
                                    (x, front - 2.2, lift - 1.4),
                                    (x, front - 1.8, lift - 3.2),
                                    0.55,
                                    0.5,
                                ),
                            ]
                        )
                    ),
                ]
            )
            .translate((0, -hind, -lift))
            .rotate((-42, 0, 0))
        )
        z = 0.92 * lift
        legs = [
            limb((x, 0, z), (x, -0.9, 0.5 * z), 0.95, 0.62),
            limb((x, -0.9, 0.5 * z), (x, 0.3, 0), 0.62, 0.6),
        ]
        base = Manifold.cylinder(0.7, 3.2, 2.9, 40).scale((0.8, 1.1, 1)).translate((0, -0.2, -0.5))
        whole = union([body.translate((0, 0, z)), both_sides(union(legs)), base])
        return Shape(
            whole.translate((0, 0, 0.5)).trim_by_plane((0, 0, 1), 0), ("horse", f"rearing {kind}")
        )
    spread = 1.5 if pose == "rocking" else 0.15
    foot = -0.2 if pose == "standing" else 0.6
    legs = [
        limb((x, y, lift - 0.5), (1.05 * x, y + way * spread, foot), 1.4 * thick, thick)
        for y, way in ((front, -1), (hind, 1))
    ]
    parts.append(both_sides(union(legs)))
    if pose == "standing":
        hoof = [
            blob((1.05 * x, y + way * spread - 0.1, 0), (1.25 * thick, 1.35 * thick, 0.7))
            for y, way in ((front, -1), (hind, 1))
        ]
        parts.append(both_sides(union(hoof)))
        return Shape(standing(parts), ("horse", kind)[: 1 + (kind != "horse")], {"legs": 4})
    radius = 2.1 * long
    runner = band(arc(radius, 228, 312, 14), 0.9).extrude(0.9).translate((0, 0, -0.45))
    runner = runner.rotate((90, 0, 90)).translate((1.05 * x, 0.0, radius + 0.1))
    bars = [limb((-1.1 * x, y, 0.55), (1.1 * x, y, 0.55), 0.42) for y in (front - 1.1, hind + 1.1)]
    whole = union([*parts, both_sides(runner), *bars])
    whole = whole.translate((0, 0, -whole.bounding_box()[2]))
    return Shape(whole, ("rocking horse", "horse"))


def _neck_and_head(draw: Draw, long: float, lift: float) -> Manifold:
    rise, reach = draw.between(3.0, 3.8), draw.between(1.3, 2.0)
    y, z = -long - reach, lift + rise
    muzzle = draw.between(2.1, 2.6)
    ear = limb((0.42, y + 0.3, z + 0.6), (0.5, y + 0.25, z + 1.55), 0.36, 0.12, 16)
    mane = fin(
        [
            (-long + 1.2, lift + 1.1),
            (y + 1.7, z + 0.3),
            (y + 0.9, z + 1.3),
            (y - 0.5, z + 1.2),
            (y + 0.3, z),
            (-long, lift + 1),
        ],
        0.65,
    )
    return union(
        [
            limb((0, 0.4 - long, lift + 0.5), (0, y + 0.2, z), 1.45, 0.9),
            mane,
            both_sides(ear),
            limb((0, y + 0.1, z), (0, y - 0.8 * muzzle, z - 0.72 * muzzle), 1.0, 0.66),
            pair(0.78, y - 0.5, z + 0.15, 0.2),
            pair(0.36, y - 0.8 * muzzle - 0.5, z - 0.72 * muzzle + 0.2, 0.14),
        ]
    )


FAMILY = Family("horse", build, held_out=({"pose": "rearing", "kind": "pony"},))
