"""Eggs: plain, painted with raised bands and dots, in an egg cup, or hatched."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import Points
from caddis.data.families.solids import around, both_sides, box, minus, turned, union


def build(draw: Draw) -> Shape:
    """Draw one egg of radius 5, blunt end down."""
    form = draw.pick("form", ("plain", "painted", "cup", "hatched"))
    shape = draw.pick("shape", ("slim", "plump"))
    high = draw.between(13.4, 15) if shape == "slim" else draw.between(11.2, 12.6)
    point = draw.between(0.12, 0.24)
    curve = _curve(high, point)
    egg = turned([(0, 0), *curve[1:-1], (0, high)])
    if form == "plain":
        flat = draw.chance("flat_foot", 0.5)
        if flat:
            egg = egg.trim_by_plane((0, 0, 1), draw.between(0.2, 0.5))
        return Shape(egg, ("egg", "chicken egg"), {"holes": 0, "symmetry": "revolved"})
    if form == "painted":
        foot = draw.between(0.2, 0.4)
        parts = [egg]
        pattern = draw.pick("pattern", ("bands", "dots", "zigzag"))
        levels = [high * share for share in (0.25, 0.45, 0.65)]
        radii = np.interp(levels, curve[:, 1], curve[:, 0])
        for number, (level, out) in enumerate(zip(levels, radii, strict=True)):
            if pattern == "bands" or (pattern == "zigzag" and number != 1):
                parts.append(_band(curve, level - 0.45, level + 0.45))
            elif pattern == "dots":
                dot = Manifold.sphere(0.85, 16).translate((0, -out + 0.3, level))
                parts.append(around(dot, 9, 20 * number))
            else:
                bar = box((0.8, 1.4, 3.4), (0, -out + 0.5, -1.7)).rotate((0, 38, 0))
                parts.append(around(both_sides(bar.translate((-0.95, 0, level))), 8))
        egg = union(parts).trim_by_plane((0, 0, 1), foot)
        return Shape(egg, ("easter egg", "decorated egg", "egg"), {"holes": 0})
    if form == "cup":
        wide, stem = draw.between(3.2, 4.2), draw.between(1.5, 4.5)
        low = stem + 1.0
        cup = turned([
            (0, 0), (wide, 0), (wide, 0.6), (1.4, 1.4), (1.3, stem), (4.4, stem + 2.3),
            (5.4, stem + 5.4), (5.4, stem + 5.8), (0, stem + 5.8),
        ])  # fmt: skip
        solid = cup + egg.translate((0, 0, low))
        return Shape(
            solid, ("egg in an egg cup", "egg cup with an egg", "boiled egg"),
            {"holes": 0, "symmetry": "revolved"},
        )  # fmt: skip
    wall = draw.between(0.45, 0.7)
    inside = egg.translate((0, 0, -high / 2)).scale((1 - wall / 5,) * 3).translate((0, 0, high / 2))
    cut = draw.between(0.5, 0.65) * high
    teeth = draw.count("teeth", 7, 11)
    half = 4.2 * np.sin(np.pi / teeth)
    tooth = Manifold.batch_hull([
        box((0.02, 0.02, 0.02), (0, 0, cut - 1.2)), box((2 * half, 0.02, 6), (0, -6, cut + 0.7)),
        box((0.02, 0.02, 0.02), (0, -6, cut - 1.2)), box((0.02, 0.02, 6), (0, 0, cut + 0.7)),
    ])  # fmt: skip
    above = box((12, 12, high), (0, 0, cut + 0.7))
    shell = minus(egg, [inside, around(tooth, teeth), above])
    return Shape(shell.trim_by_plane((0, 0, 1), 0.15), ("egg shell", "cracked egg", "hatched egg"),
                 {"open": True, "holes": 0})  # fmt: skip


def _curve(high: float, point: float) -> Points:
    """Return the outline of an egg as (radius, height), from the blunt end up."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, 33)
    tall = np.sin(angle)
    radius = 5 * np.cos(angle) * (1 - point * tall) / (1 + 0.5 * point**2)
    return np.stack([radius, high / 2 * (1 + tall)], axis=1)


def _band(curve: Points, low: float, top: float) -> Manifold:
    """Return a ring that lies on the egg between two heights."""
    levels = np.linspace(low, top, 4)
    radii = np.interp(levels, curve[:, 1], curve[:, 0])
    outer = [(r + 0.3, z) for r, z in zip(radii, levels, strict=True)]
    return turned([(radii[-1] - 1, top), (radii[0] - 1, low), *outer])


FAMILY = Family("egg", build, held_out=({"form": "cup", "shape": "slim"},))
