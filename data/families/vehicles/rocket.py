"""Rockets: the cartoon kind on curved fins, slim ones on a nozzle, and launchers with boosters."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon, smooth
from caddis.data.families.solids import around, cylinder, turned, union
from caddis.data.families.vehicles_parts import bead, front_view, side_view


def build(draw: Draw) -> Shape:
    """Draw one rocket; lengths are in metres."""
    style = draw.pick("style", ("cartoon", "slim", "launcher"))
    fins = draw.count("fins", 3, 4)
    if style == "cartoon":
        height, radius = draw.between(30, 38), draw.between(5.5, 7.5)
        low = draw.between(4, 6)
        curve = smooth([(0.55 * radius, low), (0.92 * radius, low + 0.2 * height),
                        (radius, low + 0.4 * height), (0.72 * radius, low + 0.68 * height),
                        (0.3, low + height)], 6)  # fmt: skip
        parts = [turned([(0, low), *curve, (0, low + height)]), _nozzle(0.5 * radius, low)]
        fin = smooth([(0.5 * radius, low + 0.42 * height), (1.35 * radius, low + 0.2 * height),
                      (draw.between(1.7, 2.2) * radius, 0)], 5)  # fmt: skip
        tip = fin[-1][0]
        outline = [
            *fin,
            (tip - 0.45 * radius, 0),
            (1.05 * radius, low + 1.5),
            (0.45 * radius, low + 1),
        ]
        parts.append(around(side_view(polygon(outline), 0.28 * radius), fins, 45.0))
    else:
        height, radius = draw.between(34, 50), draw.between(2.8, 4.2)
        low, nose = draw.between(2.5, 4), draw.between(2.2, 3.6) * radius
        body, tip = height - nose, draw.pick("nose", ("pointed", "rounded"))
        share = np.linspace(0, 1, 10)
        bend = 1 - share if tip == "pointed" else np.sqrt(1 - 0.99 * share**2)
        profile = [(0, low), (radius, low), (radius, low + body)]
        profile += [(max(radius * b, 0.25), low + body + nose * s)
                    for s, b in zip(share[1:], bend[1:], strict=True)]  # fmt: skip
        parts = [turned([*profile, (0, low + height)]), _nozzle(0.7 * radius, low)]
        for share_up in (0.33, 0.68):
            parts.append(cylinder(1.1 * radius, 0.9, (0, 0, low + share_up * body)))
        span = draw.between(1.9, 2.6) * radius
        fin = np.array([(0.6 * radius, low + 0.32 * body), (span, low + 0.1 * body),
                        (span, 0.3 * low), (0.6 * radius, low + 0.3)])  # fmt: skip
        if style == "slim":
            parts.append(around(side_view(polygon(fin), 0.3 * radius), fins, 45.0))
        else:
            parts.append(around(_booster(radius, low, body), fins, 45.0))
    window = front_view(circle(0.42 * radius, 24), -1.02 * radius, 0.0)
    frame = window - front_view(circle(0.26 * radius, 24), -2 * radius, -0.8 * radius)
    if style == "cartoon":
        place = low + 0.5 * height
        parts.append(frame.translate((0, -0.05 * radius, place)))
    elif draw.chance("window", 0.5):
        parts.append(frame.translate((0, -0.1 * radius, low + 0.85 * body)))
    nouns = ("rocket", "space rocket" if style == "launcher" else "rocket ship")
    return Shape(union(parts), nouns)


def _nozzle(radius: float, low: float) -> Manifold:
    return turned([(0, 0.3 * low), (0.75 * radius, 0), (radius, 0), (0.7 * radius, low + 0.4),
                   (0, low + 0.4)])  # fmt: skip


def _booster(radius: float, low: float, body: float) -> Manifold:
    """Return a booster beside the body, at -y."""
    small, top = 0.52 * radius, low + 0.55 * body
    whole = union([cylinder(small, top - 0.6 * low, (0, 0, 0.6 * low)),
                   bead(small, (0, 0, top), (1, 1, 2.2), 24), _nozzle(0.9 * small,
                       low)])  # fmt: skip
    return whole.translate((0, -1.42 * radius, 0))


FAMILY = Family("rocket", build, held_out=({"style": "cartoon", "fins": 4},))
