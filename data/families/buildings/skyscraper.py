"""Skyscrapers: stepped back, a plain slab, a twisted tower, a round or a tapering tower."""

from __future__ import annotations

from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, rectangle, regular
from caddis.data.families.solids import box, cylinder, minus, union


def _ribbed(width: float, depth: float, ribs: int, deep: float) -> CrossSection:
    """Return a rectangle with grooves cut into all sides, which leave piers between them."""
    outline = rectangle(width, depth)
    for along, across, turn in ((width, depth, 0), (depth, width, 90)):
        number = max(2, round(ribs * along / width))
        pitch = along / number
        for place in range(number):
            x = -along / 2 + pitch * (place + 0.5)
            for side in (-1, 1):
                groove = rectangle(0.52 * pitch, 2 * deep).translate((x, side * across / 2))
                outline -= groove.rotate(turn)
    return outline


def _slab(width: float, depth: float, height: float, floors: int) -> Manifold:
    """Return a block with window bands on all sides, on a plinth."""
    pitch, deep, corner = (height - 10) / floors, 1.1, 0.1 * width
    outside = rectangle(2 * width, 2 * depth) - rectangle(width - 2 * deep, depth - 2 * deep)
    for x in (-1, 1):
        outside -= rectangle(corner, 2 * depth).translate((x * (width - corner) / 2, 0))
    bands = [
        outside.extrude(0.55 * pitch).translate((0, 0, 6 + pitch * number))
        for number in range(floors)
    ]
    block = minus(box((width, depth, height)), bands)
    plinth = box((1.25 * width, 1.3 * depth, 5))
    return union([block, plinth, box((0.5 * width, 0.5 * depth, 5), (0, 0, height - 0.2))])


def build(draw: Draw) -> Shape:
    """Draw one skyscraper; lengths are in metres."""
    style = draw.pick("style", ("stepped", "slab", "twisted", "round", "tapered"))
    height, width = draw.between(90, 130), draw.between(24, 36)
    depth = width * draw.between(0.7, 1.0)
    floors, deep = draw.count("floors", 14, 20), 1.1
    parts = []
    if style == "stepped":
        tiers, ribs = draw.count("tiers", 3, 5), draw.count("ribs", 5, 7)
        base, size = 0.0, 1.0
        for tier in range(tiers):
            end = height * ((tier + 1) / tiers) ** 0.7
            piece = _ribbed(size * width, size * depth, max(3, round(ribs * size)), deep)
            parts.append(piece.extrude(end - base).translate((0, 0, base - 0.1 * (tier > 0))))
            parts.append(box((size * width, size * depth, 3), (0, 0, end - 3.1)))
            base, size = end - 0.2, size * draw.between(0.68, 0.8)
        spot = height
    elif style == "slab":
        parts.append(_slab(width, depth, height, floors))
        spot = height + 4
    else:
        pitch = (height - 6) / floors
        turn, shrink = 0.0, 1.0
        outline = circle(0.5 * width)
        if style == "twisted":
            outline, turn = rectangle(0.85 * width, 0.85 * width, 3), draw.between(60, 120)
            shrink = draw.between(0.75, 1.0)
        elif style == "tapered":
            sides = draw.count("sides", 4, 6)
            outline, shrink = regular(sides, 0.6 * width), draw.between(0.3, 0.6)
        for number in range(floors + 1):
            share = number / floors
            size = 1 - (1 - shrink) * share
            plate = outline.scale((size, size)).rotate(turn * share)
            core = outline.scale((0.93 * size, 0.93 * size)).rotate(turn * share)
            low = pitch * number
            parts.append(plate.extrude(0.5 * pitch).translate((0, 0, low)))
            if number < floors:
                parts.append(core.extrude(0.7 * pitch).translate((0, 0, low + 0.4 * pitch)))
        parts.append(outline.scale((1.3, 1.3)).extrude(2.5))
        spot = pitch * (floors + 0.5)
    if draw.chance("spire", 0.55):
        tall = draw.between(16, 32)
        parts += [cylinder(3, 3, (0, 0, spot - 0.3), 2.2),
                  cylinder(1.9, tall, (0, 0, spot), 1.2)]  # fmt: skip
    claims = {"round": {"body": "round"}}.get(style, {})
    noun = {"stepped": "stepped skyscraper", "twisted": "twisted skyscraper",
            "round": "round tower block", "tapered": "tapering skyscraper"}.get(style)  # fmt: skip
    nouns = ("skyscraper", noun, "high-rise") if noun else ("skyscraper", "office tower")
    return Shape(union(parts), nouns, claims)


FAMILY = Family("building", build, held_out=({"style": "twisted", "spire": True},))
