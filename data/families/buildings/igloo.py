"""Igloos: a dome of snow blocks with an entrance tunnel in front."""

from __future__ import annotations

import numpy as np

from caddis.data.families.buildings_parts import arched, upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import polygon
from caddis.data.families.solids import ball, box, cylinder, minus, turned, union


def build(draw: Draw) -> Shape:
    """Draw one igloo; lengths are in decimetres."""
    entrance = draw.pick("entrance", ("long", "short", "roofed"))
    radius, squash = draw.between(16, 20), draw.between(0.85, 1.12)
    wide, tall = draw.between(9, 12), draw.between(9.5, 12)
    rows, blocks = draw.count("rows", 4, 6), draw.count("blocks", 9, 13)
    wall, groove = draw.between(1.8, 2.6), draw.between(0.6, 0.9)
    dome = ball(radius, (0, 0, 0), (1, 1, squash))
    cuts = []
    angles = np.radians(np.linspace(0, 90, rows + 1)[:-1])
    rise = np.pi / 2 / rows
    for row, angle in enumerate(angles):
        r, z = radius * np.cos(angle), radius * squash * np.sin(angle)
        if row:
            out = np.array([np.cos(angle), squash * np.sin(angle)])
            along = np.array([-out[1], out[0]]) * 0.7
            middle = np.array([r, z])
            ring = [middle - groove * out, middle + 2 * out - along, middle + 2 * out + along]
            cuts.append(turned(ring, 40))
        over = radius * squash * np.sin(angle + rise)
        count = max(4, round(blocks * np.cos(angle + rise / 3)))
        if row == rows - 1:
            continue
        for number in range(count):
            turn = 360 * (number + 0.5 * (row % 2)) / count
            inner = radius * np.cos(angle + rise) - groove
            slit = [(inner, over), (r - groove, z), (r + 3, z), (r + 3, over)]
            cut = upright(polygon(slit), 0.8)
            cuts.append(cut.rotate((0, 0, turn)))
    dome = minus(dome, cuts)
    reach = {"long": 1.6, "short": 1.22, "roofed": 1.4}[entrance] * radius
    tunnel = upright(arched(wide + 2 * wall, tall + wall), reach, (0, -reach / 2, 0))
    parts = [dome, tunnel]
    if entrance == "roofed":
        parts.append(upright(arched(wide + 2 * wall + 2.4, tall + wall + 1.2), 3.5, (0, -reach, 0)))
    elif entrance == "long":
        grooves = [
            upright(arched(wide + 2 * wall + 9, tall + wall + 5), 0.8, (0, y, 0))
            - upright(arched(wide + 2 * wall - 0.9, tall + wall - 0.5), 3, (0, y, 0))
            for y in np.linspace(-reach, -0.9 * radius, 4)[1:]
        ]
        parts = [dome, minus(tunnel, grooves)]
    if draw.chance("base", 0.5):
        parts.append(cylinder(1.12 * radius, 1.2))
    hollow = ball(radius - 1.4 * wall, (0, 0, 1.5), (1, 1, squash)).trim_by_plane((0, 0, 1), 1.5)
    door = upright(arched(wide, tall), 2 * reach, (0, -reach, 1.2))
    floor = box((6 * radius, 6 * radius, 2 * radius), (0, 0, -2 * radius))
    return Shape(minus(union(parts), [hollow, door, floor]), ("igloo", "snow hut"))


FAMILY = Family("igloo", build, held_out=({"entrance": "short", "base": True},))
