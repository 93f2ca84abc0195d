"""Medals: a round, star-shaped or scalloped medal with an emblem under a ribbon."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import ring_of, upright
from caddis.data.families.ornaments_parts import emblem
from caddis.data.families.outlines import circle, polygon, rectangle, star
from caddis.data.families.solids import slab, union


def build(draw: Draw) -> Shape:
    """Draw one medal of radius 7, hanging upright and facing the front."""
    form = draw.pick("form", ("round", "star", "scalloped"))
    ribbon = draw.pick("ribbon", ("vee", "straight", "rosette"))
    thick = draw.between(1.2, 1.8)
    disc = circle(7)
    if form == "star":
        points = draw.count("points", 5, 10)
        disc = star(points, 8.5, 5.0 if points < 7 else 6.0).offset(0.15)
    elif form == "scalloped":
        lobes = draw.count("lobes", 12, 18)
        disc = circle(6.6) + ring_of(circle(6.6 * 3.3 / lobes / 1.05, 16), lobes, 6.5)
    plate = slab(circle(6.0) + disc, thick)
    inner = 4.4 if form == "star" else 5.4
    rim = (circle(inner) - circle(inner - 0.7)).extrude(thick + 0.5)
    parts = [plate, rim, emblem(draw, 1.35 * inner).extrude(thick + 0.5)]
    reach = 6.5
    band = 0.75 * thick
    if ribbon == "rosette":
        pleats = 18
        frill = circle(9.4) - ring_of(circle(0.9, 10), pleats, 9.8)
        tail = polygon([(-1.2, 0), (-6.2, -15), (-4.0, -13.6), (-2.0, -16), (1.6, 0)])
        tails = tail + tail.mirror((1, 0))
        parts += [frill.extrude(0.9), tails.extrude(0.7)]
        nouns = ("rosette", "award rosette", "medal")
        return Shape(upright(union(parts)), nouns, {"holes": 0})
    high = draw.between(9, 14)
    if ribbon == "straight":
        wide = draw.between(4.5, 7)
        strip = rectangle(wide, high).translate((0, reach + high / 2 - 0.4))
        bar = rectangle(wide + 1.4, 1.6).translate((0, reach + high - 0.4))
        parts += [strip.extrude(band), bar.extrude(thick + 0.4)]
        stripe = rectangle(0.3 * wide, high).translate((0, reach + high / 2 - 0.4))
        parts.append(stripe.extrude(band + 0.35))
    else:
        spread = draw.between(4, 6.5)
        arm = polygon([(-1.6, reach - 0.6), (1.6, reach - 0.6), (spread + 1.8, reach + high),
                       (spread - 1.8, reach + high)])  # fmt: skip
        parts += [arm.extrude(band), arm.mirror((1, 0)).extrude(band + 0.35)]
    knob = rectangle(3.6, 1.8, 0.5).translate((0, reach + 0.3))
    parts.append(knob.extrude(thick + 0.3))
    return Shape(upright(union(parts)), ("medal", "medal on a ribbon"))


FAMILY = Family("medal", build, held_out=({"form": "round", "ribbon": "straight"},))
