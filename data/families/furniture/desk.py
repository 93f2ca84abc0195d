"""Desks: a top over drawers at one or both sides, on legs or T feet, straight or L-shaped."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import (
    PANELS,
    PULLS,
    legs_of,
    outline_of,
    panel,
    pull,
    spaced,
    stance,
)
from caddis.data.families.solids import both_sides, box, slab, union


def build(draw: Draw) -> Shape:
    """Draw one desk; lengths are in centimetres."""
    form = draw.pick("form", ("one side", "both sides", "legs", "T feet", "L-shaped"))
    upper = draw.pick("upper", ("none", "none", "hutch", "screen"))
    width, depth, height = draw.between(115, 165), draw.between(55, 72), draw.between(70, 78)
    thick, under = draw.between(4, 5.5), height - 3.0
    plate = slab(outline_of("rectangular", width, depth, 0.03), thick, (0, 0, height - thick), 0.6)
    parts, place = [plate], 0.5 * width
    nouns = {"T feet": ("desk", "standing desk"), "both sides": ("desk", "pedestal desk"),
             "L-shaped": ("desk", "corner desk")}.get(form, ("desk", "writing desk"))  # fmt: skip
    block = draw.between(34, 42)
    style, knob = draw.pick("panel", PANELS), draw.pick("pull", PULLS)
    rows = draw.count("drawers", 2, 4)
    if form == "T feet":
        foot = box((9, 0.92 * depth, 5), (0.36 * width, 0, 0), 1.5)
        post = box((8, 13, under - 2), (0.36 * width, 0, 2))
        parts += [both_sides(foot + post), box((0.72 * width, 5, 10), (0, 0, under - 9))]
    elif form == "legs":
        size = draw.between(6, 8)
        where = stance(4, "rectangular", width - 1.6 * size, depth - 1.6 * size, under)
        parts.append(legs_of(draw.pick("leg", ("straight", "tapered", "round")), where, size))
        apron = box((width - 1.2 * size, depth - 1.4 * size, 15), (0, 0, under - 15))
        front = -(depth - 1.4 * size) / 2
        parts += [apron, *(
            part
            for x, wide in spaced(-width / 2 + size, width / 2 - size, rows - 1, 3)
            for part in _drawer((x, front, under - 8), (wide, 10), "flat", knob)
        )]  # fmt: skip
    else:
        sides = (-1, 1) if form == "both sides" else (1,)
        parts.append(box((0.9 * width, 4, 0.5 * under), (0, 0.4 * depth, 0.5 * under)))
        for side in sides:
            x = side * (place - block / 2 - 2)
            parts.append(_block(x, (block, depth - 6, under), rows, style, knob))
        if form == "one side":
            parts.append(box((5, depth - 8, under), (3.5 - place, 0, 0), 1))
    if form == "L-shaped":
        reach = draw.between(60, 85)
        wing = outline_of("rectangular", depth, depth / 2 + reach, 0.03)
        x = depth / 2 - place
        parts += [slab(wing, thick, (x, depth / 4 - reach / 2, height - thick), 0.6),
                  box((depth - 8, 6, under), (x, 6 - reach, 0), 1),
                  box((5, depth - 10, under), (4 - place, 0, 0), 1)]  # fmt: skip
    if upper == "screen":
        parts.append(box((0.9 * width, 4.5, 36), (0, 0.42 * depth, height - 2), 1.5))
    elif upper == "hutch":
        parts.append(_hutch(draw.count("boxes", 2, 4), width, depth, height))
    flat = upper == "none" and form != "L-shaped"
    return Shape(union(parts), nouns, {"top": "rectangular"} if flat else {})


def _drawer(
    at: tuple[float, float, float], sides: tuple[float, float], style: str, knob: str
) -> list[Manifold]:
    return [panel(*sides, 1.6, at, style), pull(knob, (at[0], at[1] - 1.2, at[2]), 4.2)]


def _block(
    x: float, sides: tuple[float, float, float], rows: int, style: str, knob: str
) -> Manifold:
    """Return a stack of drawers."""
    width, depth, height = sides
    parts = [box((width, depth, height), (x, 0, 0))]
    for z, tall in spaced(5, height - 2, rows, 2.2):
        parts += _drawer((x, -depth / 2, z), (width - 5, tall), style, knob)
    return union(parts)


def _hutch(count: int, width: float, depth: float, height: float) -> Manifold:
    """Return a row of open pigeonholes at the rear of the top."""
    case = box((0.94 * width, 0.34 * depth, 34), (0, 0.3 * depth, height - 2))
    for x, wide in spaced(-0.47 * width, 0.47 * width, count, 4):
        case -= box((wide, 0.34 * depth, 26), (x, 0.3 * depth - 4, height + 1))
    return case


FAMILY = Family(
    "desk", build,
    held_out=({"form": "one side", "upper": "hutch"}, {"form": "legs", "upper": "screen"}),
)  # fmt: skip
