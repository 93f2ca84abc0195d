"""Candle holders: turned sticks, saucers with a ring handle, cups and arms, most with candles."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import smooth
from caddis.data.families.solids import around, ball, cylinder, minus, tube, turned, union
from caddis.data.families.vessels_parts import handle, hollow

_STICK = ((0.5, 0.08), (0.24, 0.16), (0.34, 0.24), (0.18, 0.34), (0.3, 0.55), (0.16, 0.68),
          (0.34, 0.76), (0.2, 0.84), (0.3, 0.92), (0.46, 1))  # fmt: skip


def build(draw: Draw) -> Shape:
    """Draw one candle holder; lengths are in centimetres."""
    form = draw.pick("form", ("stick", "chamber", "arms", "pillar"))
    candle = draw.chance("candle", 0.7)
    thick = draw.between(1.0, 1.3)
    if form == "chamber":
        wide = draw.between(5.5, 7.5)
        dish, hole = hollow([(0.8 * wide, 0), (wide, 1.9)], 0.6)
        angles = np.linspace(-np.pi, np.pi, 17)
        ring = np.stack([wide + 1.5 + 1.9 * np.cos(angles), 2.2 + 1.9 * np.sin(angles)], axis=1)
        solid = union([minus(dish, [hole]), _cup(thick, 0.3, draw.between(2.5, 4)),
                       handle(ring, 0.9)])  # fmt: skip
        tops = [(0.0, 2.0)]
    elif form == "pillar":
        thick = draw.between(2.6, 3.6)
        high = draw.between(5, 12)
        profile = smooth([(4.4, 0.7), (2, 1.6), (1.5, 0.5 * high), (2, high - 1), (4.6, high)], 4)
        plate = [(4.6, high + 1.0), (4.1, high + 1.0), (4.1, high + 0.4), (0, high + 0.4)]
        solid = turned([(0, 0), (4.4, 0), *profile, *plate])
        tops = [(0.0, high)]
    else:
        high = draw.between(13, 22)
        unit = 6.5 if form == "stick" else 5.6
        stem = smooth(np.array(_STICK) * (unit, high - 1.5), 2)
        base = [(0, 0), (0.9 * unit, 0), (0.9 * unit, 0.035 * high)]
        solid = turned([*base, *stem, (0, high - 1.5)], 36) + _cup(thick, high - 2, 3)
        tops = [(0.0, high)]
        if form == "arms":
            count = draw.count("arms", 2, 4)
            reach, low = draw.between(6, 8.5), 0.62 * high
            bend = smooth([(0, low), (0.4 * reach, low - 1.4), (reach, low + 0.6),
                           (reach, high - 3.4)], 3)  # fmt: skip
            arm = handle(bend, 1.3) + _cup(thick, high - 4.2, 3).translate((reach, 0, 0))
            if candle:
                arm += _candle(thick, high - 3, draw.between(5, 8)).translate((reach, 0, 0))
            solid += around(arm, count, 90 if count == 3 else 0)
    if candle:
        solid += _candle(thick, tops[0][1], thick * draw.between(3.5, 6))
    nouns = {"chamber": "candle holder", "pillar": "candle stand", "arms": "candelabra"}
    plain = ("candle holder", nouns.get(form, "candlestick"))
    claims: dict[str, int | bool] = {"holes": 1 if form == "chamber" else 0}
    if form == "stick" or (form == "pillar" and not candle):
        claims["foot"] = True
    return Shape(solid, plain[: 1 if form == "chamber" else 2], claims)


def _cup(thick: float, base: float, tall: float) -> Manifold:
    """Return the socket of a candle."""
    cup = cylinder(thick + 0.5, tall, (0, 0, base), thick + 0.9)
    return minus(cup, [cylinder(thick, tall, (0, 0, base + 1.2))])


def _candle(thick: float, base: float, tall: float) -> Manifold:
    """Return a candle with a flame, sunk into its socket."""
    start = base - 1.0
    flame = ball(0.62, (0, 0, start + tall + 1.6), (1, 1, 1.9)) + tube(
        [(0, 0, start + tall - 0.3), (0, 0, start + tall + 1)], 0.3
    )  # fmt: skip
    return cylinder(thick + 0.06, tall, (0, 0, start), 0.94 * thick) + flame


FAMILY = Family("candle_holder", build, held_out=({"form": "stick", "candle": False},))
