"""Hats: top hats, cowboy and witch hats, bowlers, sombreros, caps, chef's hats and party hats."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb
from caddis.data.families.outlines import Points, circle, oval, smooth
from caddis.data.families.solids import around, ball, cylinder, minus, slab, turned, union

_KINDS = (
    "top hat",
    "cowboy hat",
    "witch hat",
    "bowler hat",
    "sombrero",
    "baseball cap",
    "chef's hat",
    "party hat",
)


def build(draw: Draw) -> Shape:
    """Draw one hat that lies on its brim; lengths are in centimetres."""
    kind = draw.pick("kind", _KINDS)
    band = draw.chance("band", 0.6)
    radius = draw.between(7.5, 9.5)
    maker = {
        "top hat": _top_hat,
        "cowboy hat": _cowboy,
        "witch hat": _witch,
        "bowler hat": _bowler,
        "sombrero": _sombrero,
        "baseball cap": _cap,
        "chef's hat": _chef,
        "party hat": _party,
    }[kind]
    solid = maker(draw, radius, band)
    return Shape(solid.translate((0, 0, -solid.bounding_box()[2])), (kind, "hat"))


def _ring(radius: float, z: float, tall: float, upper: float | None = None) -> Manifold:
    return cylinder(radius, tall, (0, 0, z), upper)


def _top_hat(draw: Draw, radius: float, band: bool) -> Manifold:
    tall, brim = draw.between(1.4, 2.2) * radius, draw.between(1.45, 1.7) * radius
    waist = draw.between(0.86, 1.0)
    side = smooth([(radius, 0.3), (waist * radius, 0.5 * tall), (1.05 * radius, tall)], 6)
    parts = [
        turned([(0, 0.3), *side, (0, tall)]),
        turned([(0, 0), (brim - 0.4, 0), (brim, 0.7), (brim - 0.4, 1.4), (0, 1.4)]),
    ]
    if band:
        parts.append(_ring(1.06 * radius, 1.2, 0.2 * tall, 1.03 * radius))
    return union(parts)


def _brim(width: float, depth: float, lift: float) -> Manifold:
    """Return an oval brim whose left and right sides curl up by `lift`."""

    def curled(points: Points) -> Points:
        x, y, z = points.T
        return np.stack(
            [
                x * (1 - 0.12 * lift / width * (2 * x / width) ** 2),
                y,
                z + lift * (2 * x / width) ** 2,
            ],
            axis=1,
        )

    return oval(width, depth).extrude(1.1).refine(3).warp_batch(curled)


def _cowboy(draw: Draw, radius: float, band: bool) -> Manifold:
    tall = draw.between(1.15, 1.5) * radius
    brim = _brim(
        draw.between(3.3, 3.8) * radius, draw.between(3.5, 4.0) * radius, draw.between(4, 7)
    )
    crown = turned(
        [
            (0, 0.3),
            *smooth(
                [
                    (radius, 0.3),
                    (0.92 * radius, 0.6 * tall),
                    (0.72 * radius, tall),
                    (0, 1.06 * tall),
                ],
                6,
            ),
        ]
    )
    dent = ball(1.0, (0, 0, 1.12 * tall), (0.34 * radius, 1.0 * radius, 0.24 * tall))
    parts = [crown - dent, brim]
    if band:
        parts.append(_ring(1.04 * radius, 0.6, 0.2 * tall, 1.02 * radius))
    return union([part.scale((0.86, 1.05, 1)) if part is not brim else part for part in parts])


def _witch(draw: Draw, radius: float, band: bool) -> Manifold:
    tall, lean = draw.between(2.6, 3.4) * radius, draw.between(0.0, 1.1) * radius

    def bent(points: Points) -> Points:
        x, y, z = points.T
        return np.stack([x + lean * (np.clip(z, 0, None) / tall) ** 3, y, z], axis=1)

    side = smooth(
        [
            (radius, 0.3),
            (0.6 * radius, 0.4 * tall),
            (0.24 * radius, 0.85 * tall),
            (0.08 * radius, tall),
        ],
        8,
    )
    cone = turned([(0, 0.3), *side, (0, tall)]).warp_batch(bent)
    brim = draw.between(1.7, 2.1) * radius
    parts = [cone, turned([(0, 0), (brim, 0), (brim, 0.7), (1.1 * radius, 1.5), (0, 1.6)])]
    if band:
        parts.append(_ring(1.06 * radius, 1.0, 0.24 * radius, 0.98 * radius))
    return union(parts)


def _bowler(draw: Draw, radius: float, band: bool) -> Manifold:
    tall = draw.between(1.0, 1.25) * radius
    dome = blob((0, 0, 0.4), (radius, 1.05 * radius, tall), 44).trim_by_plane((0, 0, 1), 0.3)
    brim = _brim(2.9 * radius, 3.0 * radius, draw.between(1.2, 2.6))
    ring = [slab(oval(2.08 * radius, 2.18 * radius), 0.22 * tall, (0, 0, 0.8))] if band else []
    return union([dome, brim, *ring])


def _sombrero(draw: Draw, radius: float, band: bool) -> Manifold:
    tall, brim = draw.between(1.3, 1.8) * radius, draw.between(2.3, 2.9) * radius
    lift = draw.between(0.35, 0.6) * radius
    side = smooth(
        [(radius, 0.3), (0.8 * radius, 0.55 * tall), (0.5 * radius, 0.95 * tall), (0, tall)], 6
    )
    under = smooth([(0.9 * radius, 0), (0.72 * brim, 0.25 * lift), (brim, lift)], 6)
    upper = [(r, z + 1.0) for r, z in under[::-1]]
    parts = [turned([(0, 0.3), *side]), turned([(0, 0), *under, *upper, (0, 1.0)])]
    if band:
        parts.append(_ring(1.05 * radius, 0.5, 0.2 * tall, 0.98 * radius))
    return union(parts)


def _cap(draw: Draw, radius: float, band: bool) -> Manifold:
    tall = draw.between(1.0, 1.2) * radius
    dome = blob((0, 0, 0), (radius, 1.1 * radius, tall), 44)
    reach = draw.between(1.5, 1.9) * radius
    visor = (oval(1.75 * radius, 2 * reach) - circle(0.4 * radius)).extrude(0.9)
    visor = visor.trim_by_plane((0, -1, 0), 0.1 * radius).translate((0, -0.35 * radius, 0))
    parts = [
        dome.trim_by_plane((0, 0, 1), 0),
        visor,
        limb((0, 0, tall - 0.2), (0, 0, tall + 0.2), 0.7),
    ]
    whole = union(parts)
    return minus(whole, [around(_seam(radius, tall), 3)]) if band else whole


def _seam(radius: float, tall: float) -> Manifold:
    ring = blob((0, 0, 0), (1.2 * radius, 1.3 * radius, 1.2 * tall)) - blob(
        (0, 0, 0), (0.95 * radius, 1.03 * radius, 0.95 * tall)
    )
    low = Manifold.cube((3 * radius, 0.35, 0.86 * tall), True).translate((0, 0, 0.53 * tall))
    return ring ^ low


def _chef(draw: Draw, radius: float, band: bool) -> Manifold:
    tall = draw.between(0.9, 1.5) * radius
    puff = draw.count("puffs", 6, 9)
    lobe = blob(
        (0.72 * radius, 0, tall + 0.35 * radius), (0.58 * radius, 0.5 * radius, 0.6 * radius)
    )
    parts = [
        cylinder(0.9 * radius, tall + 0.3 * radius, (0, 0, 0), 0.95 * radius),
        around(lobe, puff),
        blob((0, 0, tall + 0.5 * radius), (0.85 * radius, 0.85 * radius, 0.7 * radius)),
    ]
    if band:
        parts.append(_ring(1.0 * radius, 0, 0.45 * tall))
    return union(parts)


def _party(draw: Draw, radius: float, band: bool) -> Manifold:
    tall = draw.between(2.2, 3.0) * radius
    parts = [
        cylinder(0.8 * radius, tall, (0, 0, 0), 0.06 * radius),
        blob((0, 0, tall), 0.3 * radius),
    ]
    if band:
        parts.append(
            turned([(0, 0), (0.9 * radius, 0), (0.95 * radius, 0.5), (0.9 * radius, 1.1), (0, 1.1)])
        )
        for row, share in enumerate((0.25, 0.5, 0.72)):
            dot = blob((0.8 * radius * (1 - 0.93 * share), 0, share * tall), 0.13 * radius, 16)
            parts.append(around(dot, 7 - 2 * row, 20.0 * row))
    return union(parts)


FAMILY = Family(
    "hat",
    build,
    held_out=({"kind": "witch hat", "band": False}, {"kind": "sombrero", "band": True}),
)
