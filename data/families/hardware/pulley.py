"""Pulleys: a standing grooved wheel with one or two grooves, or a block with a hook."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import ring_of, upright, windows
from caddis.data.families.outlines import circle, rectangle
from caddis.data.families.solids import arc, cylinder, minus, rod, slab, tube, turned, union


def build(draw: Draw) -> Shape:
    """Draw one pulley; its wheel has radius 10."""
    form = draw.pick("form", ("wheel", "wheel", "block"))
    groove = draw.pick("groove", ("round", "vee"))
    grooves = draw.count("grooves", 1, 2) if form == "wheel" else 1
    one = draw.between(3.5, 5)
    wheel = _grooved(groove, grooves, one)
    thick = grooves * one
    if form == "block":
        return Shape(_block(draw, wheel, thick), ("pulley block", "pulley"))
    web = draw.pick("web", ("plain", "drilled", "spoked"))
    bore, holes = draw.between(1.0, 1.7), 1
    cuts = circle(bore)
    if web == "drilled":
        holes += draw.count("openings", 4, 6)
        cuts += ring_of(circle(0.9), holes - 1, 0.5 * (bore + 7) - 0.1)
    elif web == "spoked":
        holes += draw.count("openings", 3, 6)
        cuts += windows(6.0, 1.7 * bore, holes - 1, draw.between(1.0, 1.4))
    hub = cylinder(1.65 * bore, thick + 1.6, (0, 0, -0.8))
    solid = minus(wheel + hub, [cuts.extrude(thick + 4).translate((0, 0, -2))])
    return Shape(upright(solid), ("pulley", "pulley wheel", "grooved wheel"), {"holes": holes})


def _grooved(groove: str, grooves: int, one: float) -> Manifold:
    """Return a wheel with grooves for a round rope or a belt."""
    profile = [(0.0, 0.0), (9.7, 0.0), (10.0, 0.06 * one)]
    for number in range(grooves):
        low = number * one
        cut = [(10, 0.14), (7.0, 0.42), (7.0, 0.58), (10, 0.86)]
        if groove == "round":
            low_half = [(10, 0.14), (8.6, 0.2), (7.6, 0.32), (7.2, 0.5)]
            cut = low_half + [(radius, 1 - share) for radius, share in low_half[2::-1]]
        profile += [(radius, low + share * one) for radius, share in cut]
    end = grooves * one
    return turned([*profile, (10, end - 0.06 * one), (9.7, end), (0, end)])


def _block(draw: Draw, wheel: Manifold, thick: float) -> Manifold:
    """Hang a wheel between two cheeks under a hook or an eye."""
    cheek = draw.between(1.0, 1.5)
    height = draw.between(11.5, 14)
    outline = circle(draw.between(5, 7)) + rectangle(5, height).translate((0, height / 2))
    plate = slab(outline.hull(), cheek)
    parts = [
        wheel, plate.translate((0, 0, thick + 0.5)), plate.translate((0, 0, -cheek - 0.5)),
        cylinder(1.9, thick + 2.6 * cheek + 1, (0, 0, -1.3 * cheek - 0.5)),
        slab(rectangle(5, 2.4), thick + 1.2, (0, height - 1.2, -0.6)),
    ]  # fmt: skip
    solid = upright(union(parts))
    top = solid.bounding_box()[5]
    middle = -thick / 2
    end = 270.0 if draw.pick("hanger", ("hook", "eye")) == "eye" else 150.0
    radius = draw.between(2.6, 3.6)
    ring = [(x, middle, top + radius + 1.6 + z) for x, z in arc(radius, -90, end, 16)]
    return union([solid, tube(ring, 0.85), rod((0, middle, top - 0.8), (0, middle, top + 2), 1.1)])


FAMILY = Family("pulley", build, held_out=({"groove": "vee", "web": "spoked"},))
