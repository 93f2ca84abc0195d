"""Iron fences along x: upright bars with spear points, balls or hoops between posts."""

from __future__ import annotations

import numpy as np

from caddis.data.families.buildings_parts import fence_post, upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import band, circle
from caddis.data.families.solids import arc, box, turned, union


def build(draw: Draw) -> Shape:
    """Draw one fence; lengths are in centimetres."""
    top = draw.pick("top", ("spears", "balls", "hoops"))
    sections = draw.count("sections", 1, 3)
    bay, high = draw.between(0.8, 1.2) * (140, 90, 72)[sections - 1], draw.between(80, 120)
    thick, lift = max(4.2, sections * bay / 52), draw.between(10, 15)
    post = fence_post(draw, draw.between(9, 13), high * draw.between(1.0, 1.15))
    count = 2 * round(0.5 * bay / draw.between(12, 17)) + 1
    step, radius, rise = bay / count, 0.5 * thick, 0.8 * high - lift
    r, head = radius, {"spears": 6.0, "balls": 4.6, "hoops": 0.0}[top] * radius
    profile = [(0, 0), (r, 0), (r, rise)]
    if top == "spears":
        profile += [(2.1 * r, rise + 1.2 * r), (0.3 * r, rise + head), (0, rise + head)]
    elif top == "balls":
        knob = arc(2 * r, -60, 90, 8) + np.array([0, rise + 2 * r])
        profile += [(float(x), float(z)) for x, z in knob[:-1]] + [(0, rise + 4 * r)]
    else:
        profile += [(0, rise)]
    one = turned(profile, 14).translate((0, 0, lift))
    places = (np.arange(count - 1) - (count - 2) / 2) * step
    parts = [one.translate((x, 0, 0)) for x in places]
    if top == "hoops":
        bow = band(arc(step / 2, 0, 180, 13), thick)
        middles = [(a + b) / 2 for a, b in zip(places[::2], places[1::2], strict=True)]
        parts += [upright(bow, thick, (x, 0, lift + rise - 0.2)) for x in middles]
    rails = [lift + 0.05 * high, lift + rise - 0.14 * high]
    for z in rails:
        parts.append(box((bay + 2, 0.8 * thick, 1.2 * thick), (0, 0, z)))
    if draw.chance("rings", 0.4):
        z, size = rails[1] - 0.4 * step, 0.5 * step
        ring = upright(circle(size) - circle(size - 0.9 * thick), 0.8 * thick)
        parts += [ring.translate((x, 0, z)) for x in np.append(places - step / 2, bay / 2 - step)]
        parts.append(box((bay + 2, 0.8 * thick, 1.1 * thick), (0, 0, z - size - 0.2 * thick)))
    panel = union(parts)
    places = (np.arange(sections + 1) - sections / 2) * bay
    whole = [post.translate((x, 0, 0)) for x in places]
    whole += [panel.translate((x + bay / 2, 0, 0)) for x in places[:-1]]
    return Shape(union(whole), ("fence", "iron fence", "railing"), {"legs": sections + 1})


FAMILY = Family("fence", build, held_out=({"top": "balls", "sections": 2},))
