"""Umbrellas: open with ribs or a parasol's cone, or closed, on a stick with a hook or a knob."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, smooth
from caddis.data.families.solids import arc, around, ball, cylinder, minus, tube, turned, union
from caddis.data.families.vessels_parts import fluted


def build(draw: Draw) -> Shape:
    """Draw one umbrella; lengths are in decimetres."""
    form = draw.pick("form", ("dome", "flat", "closed"))
    end = draw.pick("end", ("hook", "knob"))
    panels = draw.count("panels", 6, 10)
    height, stick = draw.between(8.5, 10.5), draw.between(0.16, 0.22)
    parts = [cylinder(stick, height - 1.1, (0, 0, 1)), ball(1.15 * stick, (0, 0, height)),
             cylinder(0.8 * stick, 0.9, (0, 0, height - 0.9))]  # fmt: skip
    if form == "closed":
        low = 0.3 * height
        side = [(0.9, low), (1.0, low + 0.5), (stick, height - 0.3)]
        body = turned([(0, low), *side, (0, height - 0.3)], 64)
        parts.append(fluted(body, 8, 0.16, draw.between(0, 0.15)))
        strap = 0.56 * height
        parts.append(cylinder(0.86, 0.4, (0, 0, strap)))
    else:
        deep = {"dome": draw.between(2.2, 2.8), "flat": draw.between(1.2, 1.6)}[form]
        parts.append(_canopy(panels, draw.between(4, 5.2), deep, height - 0.4))
    if end == "hook":
        ring = arc(0.75, 180, 360, 10)
        path = [(x - 0.75, 0, z + 1.05) for x, z in ring]
        parts.append(tube(path, 1.25 * stick))
    else:
        parts += [ball(2.2 * stick, (0, 0, 0.8)), cylinder(1.4 * stick, 1.4, (0, 0, 0.9))]
    nouns = ("umbrella", "closed umbrella") if form == "closed" else ("umbrella", "open umbrella")
    return Shape(union(parts), nouns, {"holes": 0})


def _canopy(panels: int, radius: float, deep: float, top: float) -> Manifold:
    """Return a canopy of flat panels; between the ribs its rim rises in arcs."""
    curve = smooth([(0.1, 0), (0.5 * radius, -0.2 * deep), (0.85 * radius, -0.62 * deep),
                    (radius, -deep)], 4)  # fmt: skip
    wall = 0.2
    outer = turned([(0, 0), *curve, (0, -deep)], panels)
    inner = turned([(0, -1.3 * wall), *(curve - np.array((1.1 * wall, 1.2 * wall)))[1:],
                    (0, -deep - 1.2 * wall)], panels)  # fmt: skip
    shell = minus(outer, [inner])
    wide = 0.84 * radius * np.sin(np.pi / panels)
    arch = circle(1.0, 24).scale((wide, 0.22 * deep)).extrude(radius).rotate((90, 0, 90))
    arches = around(arch.translate((0.6 * radius, 0, -deep)), panels, 180 / panels)
    hub = cylinder(0.5, 0.5, (0, 0, -0.5))
    return (minus(shell, [arches]) + hub).translate((0, 0, top))


FAMILY = Family("umbrella", build, held_out=({"form": "flat", "end": "knob"},))
