"""Picture frames: four outlines, three mouldings, a picture in relief, on a strut or upright."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.furniture_parts import arched
from caddis.data.families.outlines import circle, oval, polygon, rectangle, star
from caddis.data.families.solids import ball, both_sides, leg, slab, union


def build(draw: Draw) -> Shape:
    """Draw one picture frame; lengths are in centimetres."""
    outline = draw.pick("outline", ("upright", "level", "square", "oval", "arched"))
    moulding = draw.pick("moulding", ("flat", "stepped", "sloping"))
    picture = draw.pick("picture", ("mountains", "portrait", "flower", "mat"))
    width, wide = draw.between(14, 18), draw.between(1.9, 3.0)
    thick, ratio = draw.between(2.2, 3.2), draw.between(1.25, 1.45)
    height = {"square": width, "level": width / ratio}.get(outline, width * ratio)
    if outline == "level":
        width, height = width * 1.25, height * 1.25
    edge = _outline(outline, width, height)
    inner = edge.offset(-wide)
    parts = [slab(edge, 0.9), *_moulding(moulding, edge, inner, wide, thick)]
    view = _picture(draw, picture, inner, width - 2 * wide, height - 2 * wide)
    parts += [(piece ^ inner.offset(0.2)).extrude(deep).translate((0, 0, 0.8))
              for piece, deep in view]  # fmt: skip
    if outline in ("upright", "level", "square") and draw.chance("corners", 0.3):
        at = ((width - wide) / 2, (height - wide) / 2, 0.7 * thick)
        knob = ball(0.62 * wide, at, (1, 1, 0.6 * thick / wide + 0.3))
        parts.append(both_sides(both_sides(knob), 1))
    flat = union(parts).rotate((90, 0, 0)).translate((0, 0, height / 2))
    nouns = ("picture frame", "picture")
    if draw.pick("stand", ("strut", "strut", "none")) == "strut":
        flat = flat.rotate((-11, 0, 0))
        y, z = 0.62 * height * np.sin(np.radians(11)) - 0.2, 0.61 * height
        flat += Manifold.batch_hull([leg((x, 0.46 * height, -1.5), (x, y, z), 0.8)
                                     for x in (-0.12 * width, 0.12 * width)])  # fmt: skip
        flat = flat.trim_by_plane((0, 0, 1), 0.15).translate((0, 0, -0.15))
        nouns = ("picture frame", "photo frame")
    return Shape(flat, nouns)


def _outline(name: str, width: float, height: float) -> CrossSection:
    if name == "oval":
        return oval(width, height)
    if name == "arched":
        view = arched(width, height - width / 2, width / 2, 25)
        return view.translate((0, -height / 2))
    return rectangle(width, height, 0.2)


def _moulding(
    style: str, edge: CrossSection, inner: CrossSection, wide: float, thick: float
) -> list[Manifold]:
    """Return the frame around the picture; its highest part is outside, or inside if sloping."""
    ring = slab(edge - inner, 0.8 * thick)
    if style == "flat":
        return [slab(edge - inner, thick)]
    if style == "stepped":
        return [ring, slab(edge.offset(-0.12 * wide) - edge.offset(-0.45 * wide), 1.25 * thick),
                slab(edge.offset(-0.8 * wide) - inner, 1.05 * thick)]  # fmt: skip
    steps = np.linspace(0.0, 0.7, 5)
    return [slab(edge.offset(-float(share) * wide) - inner, (0.65 + 0.9 * float(share)) * thick)
            for share in steps]  # fmt: skip


def _picture(
    draw: Draw, name: str, inner: CrossSection, width: float, height: float
) -> list[tuple[CrossSection, float]]:
    """Return outlines in the picture and how far each stands out."""
    low, small = -height / 2 - 1, min(width, height)
    if name == "mountains":
        peak = draw.between(-0.1, 0.25) * height
        far = polygon([(-width, low), (-0.22 * width, peak), (0.12 * width, -0.2 * height),
                       (0.3 * width, 0.1 * peak), (width, low)])  # fmt: skip
        near = polygon([(-0.4 * width, low), (0.26 * width, -0.1 * height), (width, low)])
        sun = circle(0.11 * small, 32).translate((0.22 * width, 0.28 * height))
        return [(far, 0.5), (near, 0.9), (sun, 0.6)]
    if name == "portrait":
        head = oval(0.36 * small, 0.46 * small).translate((0, 0.1 * height))
        neck = rectangle(0.16 * small, 0.4 * small).translate((0, -0.12 * height))
        body = oval(0.82 * small, 0.8 * height).translate((0, -0.52 * height))
        return [(head, 1.0), (neck, 0.6), (body, 0.8)]
    if name == "flower":
        petals = star(draw.count("petals", 5, 8), 0.34 * small, 0.18 * small).offset(0.05 * small)
        stem = rectangle(0.07 * small, height).translate((0, low + 0.25 * height))
        at = (0.0, 0.1 * height)
        heart = circle(0.11 * small, 32).translate(at)
        return [(petals.translate(at), 0.6), (heart, 1.0), (stem, 0.5)]
    return [(inner.offset(0.3) - inner.offset(-0.14 * small), 0.45)]


FAMILY = Family(
    "picture_frame", build,
    held_out=({"outline": "oval", "picture": "portrait"}, {"outline": "square", "picture": "mat"}),
)  # fmt: skip
