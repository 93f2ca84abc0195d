"""Combs: a back with many teeth, plain, with a handle, or with teeth at both sides."""

from __future__ import annotations

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import slab


def build(draw: Draw) -> Shape:
    """Draw one comb that lies along x, its teeth towards -y; lengths are in centimetres."""
    form = draw.pick("form", ("plain", "handle", "double"))
    teeth = draw.count("teeth", 9, 18)
    hole = draw.chance("hole", 0.4)
    length, tooth = draw.between(11, 16), draw.between(2.2, 3.6)
    back, thick = draw.between(1.2, 2.0), draw.between(0.5, 0.8)
    shape = outlines.rectangle(length, back, 0.45 * back)
    step = 0.94 * length / teeth
    for number in range(teeth):
        x = (number - (teeth - 1) / 2) * step
        low = -tooth - back / 2
        high = tooth + back / 2 if form == "double" else 0.0
        shape += outlines.band([(x, low), (x, high)], 0.55 * step)
    reach = length / 2
    if form == "handle":
        grip = draw.between(6, 9)
        shape += outlines.band([(reach - 1, 0), (reach + grip, 0)], 0.9 * back)
        reach += grip
    if hole:
        shape -= outlines.circle(0.22 * back, 24).translate((reach - 0.5 * back, 0))
    noun = {
        "plain": ("comb", "hair comb"),
        "handle": ("comb with a grip", "comb"),
        "double": ("double comb", "comb"),
    }
    return Shape(slab(shape, thick), noun[form], {"holes": 1 if hole else 0})


FAMILY = Family("comb", build, held_out=({"form": "handle", "hole": True},))
