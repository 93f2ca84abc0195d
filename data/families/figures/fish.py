"""Fish: slim, round with a veil tail, tall as an angelfish, and sharks; some on a stand."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, fin, pair, standing, wing
from caddis.data.families.solids import both_sides, cylinder, union

_HALF = {
    "slim": (1.5, 5.6, 2.0),
    "round": (2.3, 3.6, 2.8),
    "tall": (1.1, 3.8, 3.7),
    "shark": (1.7, 6.2, 1.8),
}
_NOUNS = {
    "slim": ("fish", "trout"),
    "round": ("fish", "goldfish"),
    "tall": ("fish", "angelfish"),
    "shark": ("shark", "fish"),
}


def build(draw: Draw) -> Shape:
    """Draw one fish that swims towards the front; lengths are in centimetres."""
    form = draw.pick("form", tuple(_HALF))
    mount = draw.pick("mount", ("lying on its belly", "on a stand", "on a stand"))
    wide, long, tall = (draw.between(0.85, 1.15) * half for half in _HALF[form])
    thick = draw.between(0.55, 0.8)
    snout = Manifold.batch_hull(
        [
            blob((0, -0.1 * long, 0), (0.95 * wide, 0.7 * long, 0.96 * tall)),
            blob((0, -0.98 * long, 0.05 * tall), (0.3 * wide, 0.2, 0.18 * tall), 16),
        ]
    )
    stem = Manifold.batch_hull(
        [
            blob((0, 0.3 * long, 0), (0.8 * wide, 0.5 * long, 0.8 * tall)),
            blob((0, 1.1 * long, 0), (0.5, 0.3, 0.2 * tall), 16),
        ]
    )
    body = union([blob((0, 0, 0), (wide, long, tall), 40), snout, stem])
    gape = draw.between(0.15, 0.3)
    mouth = fin(
        [
            (-2 * long, (0.1 - gape) * tall),
            (-2 * long, (0.1 + gape) * tall),
            (-0.78 * long, -0.1 * tall),
        ],
        4 * wide,
        sharp=True,
    )
    if form == "shark":
        mouth = mouth.translate((0, 0.1 * long, -0.33 * tall))
    parts = [body - mouth, *_fins(draw, form, wide, long, tall, thick)]
    eye = draw.between(0.14, 0.2) * (tall if form != "tall" else 0.6 * tall)
    at = 0.62 if form != "shark" else 0.7
    parts.append(pair(0.72 * wide, -at * long, 0.3 * tall, max(eye, 0.35)))
    low = -0.9 * tall if form != "tall" else -0.95 * tall
    if mount == "on a stand":
        lift = draw.between(1.2, 3.0)
        base = cylinder(draw.between(0.45, 0.6) * long, 0.7, (0, 0, -tall - lift))
        stem = cylinder(0.6, lift + 1.0, (0, 0, -tall - lift + 0.3), 0.5)
        whole = union([*parts, base, stem]).translate((0, 0, tall + lift))
        return Shape(
            whole.trim_by_plane((0, 0, 1), 0.0), (*_NOUNS[form], f"{_NOUNS[form][0]} on a stand")
        )
    return Shape(standing([part.translate((0, 0, -low)) for part in parts]), _NOUNS[form])


def _fins(
    draw: Draw, form: str, wide: float, long: float, tall: float, thick: float
) -> list[Manifold]:
    span, reach = draw.between(0.9, 1.25) * tall, draw.between(1.5, 1.75) * long
    if form == "round":
        span, reach = 1.1 * span, 1.9 * long
    elif form == "tall":
        span = 0.7 * span
    notch = draw.between(0.82, 0.92) * reach
    low = -0.6 * span if form == "shark" else -span
    tail = fin(
        [
            (0.85 * long, 0.12 * tall),
            (reach, span),
            (notch, 0.05 * span),
            (reach, low),
            (0.85 * long, -0.12 * tall),
        ],
        thick,
    )
    if form == "shark":
        back = [(-0.25 * long, 0.5 * tall), (0.2 * long, 2.0 * tall), (0.28 * long, 0.5 * tall)]
    elif form == "tall":
        back = [(-0.5 * long, 0.5 * tall), (0.85 * long, 1.75 * tall), (0.55 * long, 0.3 * tall)]
    else:
        rise = draw.between(1.35, 1.6) * tall
        back = [
            (-0.45 * long, 0.6 * tall),
            (-0.1 * long, rise),
            (0.5 * long, 0.95 * rise),
            (0.5 * long, 0.4 * tall),
        ]
    side = wing(
        [(0, -0.12 * long), (0.45 * long, 0.2 * long), (0.4 * long, 0.36 * long), (0, 0.16 * long)],
        thick,
    )
    side = side.rotate((0, 28, 0)).translate((0.72 * wide, -0.25 * long, -0.3 * tall))
    fins = [tail, fin(back, thick), both_sides(side)]
    if form == "tall":
        fins.append(fin([(y, -z) for y, z in back], thick).trim_by_plane((0, 0, 1), -1.7 * tall))
    return fins


FAMILY = Family("fish", build, held_out=({"form": "round", "mount": "lying on its belly"},))
