"""Gears: spur, helical or bevel teeth; a solid, drilled or spoked disc, or one with a hub."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import ring_of, windows
from caddis.data.families.outlines import circle, polygon, rectangle
from caddis.data.families.solids import cylinder, minus


def build(draw: Draw) -> Shape:
    """Draw one gear of radius 10."""
    form = draw.pick("form", ("spur", "spur", "helical", "bevel"))
    webs = ("solid", "hub") if form == "bevel" else ("solid", "hub", "drilled", "spoked")
    web = draw.pick("web", webs)
    teeth = draw.count("teeth", 8, 26)
    root = 10 - draw.between(0.9, 1.1) * 36 / (teeth + 8)
    thick = draw.between(1.6, 4.5) if form != "bevel" else draw.between(3.5, 6)
    bore = draw.between(0.9, 2.0)
    outline = _toothed(teeth, root, draw.between(0.26, 0.34)) - circle(bore)
    if draw.chance("keyway", 0.4):
        outline -= rectangle(0.7 * bore, bore).translate((0, bore))
    around_bore, rim = 1.7 * bore, 0.82 * root
    holes = 1
    if web == "drilled" or (web == "spoked" and rim < around_bore + 1.5):
        holes += draw.count("openings", 3, 6)
        outline -= ring_of(circle(0.28 * (rim - around_bore) + 0.35), holes - 1,
                           (rim + around_bore) / 2)  # fmt: skip
    elif web == "spoked":
        holes += draw.count("openings", 3, 6)
        outline -= windows(rim, around_bore, holes - 1, draw.between(1.0, 1.6))
    twist = {"spur": 0.0, "bevel": 0.0, "helical": draw.between(12, 26)}[form]
    shrink = draw.between(0.55, 0.7) if form == "bevel" else 1.0
    solid = outline.extrude(thick, 0 if form == "spur" else 4, twist, (shrink, shrink))
    if web == "hub":
        tall = thick + draw.between(1.2, 3)
        hub = cylinder(min(2.1 * bore, 0.6 * root * shrink), tall - 0.1, (0, 0, 0.1))
        solid = minus(solid + hub, [cylinder(bore * 0.98, 2 * tall, (0, 0, -1))])
    noun = {"spur": "spur gear", "helical": "helical gear", "bevel": "bevel gear"}[form]
    return Shape(solid, ("gear", noun, "cogwheel"), {"holes": holes})


def _toothed(teeth: int, root: float, half: float) -> CrossSection:
    """Return a wheel of radius 10 with tapered teeth; `half` is their half width at the root."""
    pitch = 2 * np.pi / teeth
    angles, radii = np.array([-half, -0.55 * half, 0.55 * half, half]), [root, 10, 10, root]
    points = [
        (radius * np.cos(angle), radius * np.sin(angle))
        for tooth in range(teeth)
        for angle, radius in zip((tooth + angles) * pitch + np.pi / 2, radii, strict=True)
    ]
    return polygon(points)


FAMILY = Family("gear", build, held_out=({"web": "drilled", "keyway": True},))
