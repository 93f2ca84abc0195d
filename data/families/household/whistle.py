"""Whistles: a round referee's whistle, or a straight one of one to three pipes."""

from __future__ import annotations

from manifold3d import CrossSection, Manifold

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import box, cylinder, minus, slab, turned, union


def build(draw: Draw) -> Shape:
    """Draw one whistle, its mouthpiece to the left; lengths are in centimetres."""
    form = draw.pick("form", ("round", "round", "pipes"))
    ring = draw.chance("ring", 0.6)
    return _round(draw, ring) if form == "round" else _pipes(draw, ring)


def _round(draw: Draw, ring: bool) -> Shape:
    """Draw a referee's whistle: a drum with a flat mouthpiece at its top."""
    radius, wall = draw.between(1.3, 1.7), draw.between(0.15, 0.18)
    width = draw.between(1.5, 2.4)
    reach, mouth = draw.between(2.4, 3.4), draw.between(0.85, 1.1)
    top = 2 * radius
    low = top - mouth
    side = outlines.circle(radius).translate((0, radius)) + outlines.polygon(
        [(-radius - reach, low + 0.04 * mouth), (-radius - reach, top - 0.04 * mouth),
         (-radius - 0.8 * reach, top), (0, top), (0, low), (-radius, low)]
    )  # fmt: skip
    if draw.chance("ridge", 0.5):
        bead = outlines.rectangle(0.3, mouth + 0.3, 0.14)
        side += bead.translate((-radius - 0.85 * reach, top - 0.46 * mouth))
    body = _across(side, width)
    hollow = _across(outlines.circle(radius - wall).translate((0, radius)), width - 2 * wall)
    way = box((radius + reach + 1, width - 2 * wall, mouth - 3.0 * wall),
              (-(radius + reach + 1) / 2, 0, low + 1.5 * wall))  # fmt: skip
    gap = draw.between(0.55, 0.85)
    slot = outlines.polygon([(-0.5 * radius - gap, low + mouth / 2), (-0.5 * radius - gap, top + 1),
                             (gap, top + 1), (-0.5 * radius, low + mouth / 2)])  # fmt: skip
    window = _across(slot, width - 2 * wall)
    parts = [minus(body, [hollow, way, window])]
    if ring:
        parts.append(_eye(draw, radius).translate((radius, 0, radius)))
    nouns = ("whistle", "referee whistle", "sports whistle")
    return Shape(union(parts), nouns)


def _pipes(draw: Draw, ring: bool) -> Shape:
    """Draw straight pipes side by side, each with a window behind the mouthpiece."""
    pipes = draw.count("pipes", 1, 3)
    radius, wall = draw.between(0.9, 1.2), draw.between(0.18, 0.24)
    length, step = draw.between(7.5, 11), 1.9 * radius
    shorter = draw.between(0.7, 0.85)
    mouth = 2.6 * radius
    whole, holes = [], []
    for number in range(pipes):
        y = (number - (pipes - 1) / 2) * step
        long = length * shorter**number
        edge = 0.2 * radius
        outside = [(0, 0), (radius - edge, 0), (radius, edge), (radius, long - edge),
                   (radius - edge, long), (0, long)]  # fmt: skip
        whole.append(turned(outside).rotate((0, 90, 0)).translate((0, y, radius)))
        inside = cylinder(radius - wall, long - mouth - 1.5 * wall, (0, 0, mouth))
        holes.append(inside.rotate((0, 90, 0)).translate((0, y, radius)))
        slot = box((mouth + 1, 0.9 * radius, 0.25 * radius), ((mouth - 1) / 2, y, 1.38 * radius))
        cut = [(mouth - 0.1, 1.1 * radius), (mouth - 0.1, 3 * radius),
               (mouth + 2 * radius, 3 * radius), (mouth + 0.5 * radius, 1.1 * radius)]  # fmt: skip
        holes += [slot, _across(outlines.polygon(cut), 1.5 * radius).translate((0, y, 0))]
    beak = outlines.polygon(
        [(-1, -1), (0.9 * mouth, -1), (-0.1, 1.25 * radius), (-1, 1.3 * radius)]
    )
    holes.append(_across(beak, 3 * pipes * radius))
    body = minus(union(whole), holes)
    if ring:
        y = -(pipes - 1) / 2 * step
        body += _eye(draw, radius).translate((length, y, radius))
    nouns = {1: ("whistle", "pipe whistle"), 2: ("whistle", "double whistle"),
             3: ("train whistle", "whistle")}  # fmt: skip
    return Shape(body, nouns[pipes])


def _across(side: CrossSection, width: float) -> Manifold:
    """Extrude an outline of (x, z) along y, centred at y = 0."""
    return slab(side, width, (0, 0, -width / 2)).rotate((90, 0, 0))


def _eye(draw: Draw, radius: float) -> Manifold:
    """Return a ring for a cord that stands in the plane y = 0, to the right of the origin."""
    size, thick = draw.between(0.42, 0.6) * radius, 0.16 * radius
    round_bar = outlines.circle(thick, 16).translate((size, 0)).revolve(32)
    return round_bar.rotate((90, 0, 0)).translate((size + 0.4 * thick, 0, 0))


FAMILY = Family("whistle", build, held_out=({"form": "round", "ring": False, "ridge": True},))
