"""Towers: round, square or hexagonal, with battlements or a pointed roof."""

from __future__ import annotations

from manifold3d import CrossSection

from caddis.data.families import outlines
from caddis.data.families.buildings_parts import arched, crown, round_crown, square_crown, upright
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import around, box, minus, union


def build(draw: Draw) -> Shape:
    """Draw one tower; lengths are in metres."""
    body = draw.pick("body", ("round", "square", "hexagonal"))
    top = draw.pick("top", ("battlements", "pointed roof"))
    height, radius = draw.between(11, 20), draw.between(2.4, 3.6)
    taper, wall = draw.between(0.85, 1.0), 0.45
    half = radius if body != "square" else 0.9 * radius
    head, tall = half * draw.between(1.15, 1.3), draw.between(1.8, 2.6)

    def outline(size: float) -> CrossSection:
        if body == "round":
            return outlines.circle(size)
        return outlines.rectangle(2 * size, 2 * size) if body == "square" else (
            outlines.regular(6, size)
        )  # fmt: skip

    shaft = outline(half).extrude(height, scale_top=(taper, taper))
    corbel = outline(half * taper).extrude(1.3, scale_top=(head / half / taper,) * 2)
    parts = [shaft, corbel.translate((0, 0, height - 1.3)),
             outline(1.15 * half).extrude(draw.between(0.5, 1.2))]  # fmt: skip
    at = (0, 0, height - 0.05)
    if top == "battlements" and body == "round":
        parts.append(round_crown(head, wall, tall, 2 * draw.count("teeth", 4, 6), at))
    elif top == "battlements" and body == "square":
        parts.append(square_crown(2 * head, 2 * head, wall, tall, draw.between(0.8, 1.3), at=at))
    elif top == "battlements":
        gap = box((3 * head, 0.5 * head, tall))
        gaps = [gap.rotate((0, 0, 60.0 * number)) for number in range(3)]
        parts.append(crown(outline(head), wall, tall, gaps, at))
    else:
        roof = draw.between(1.6, 3.0) * head
        parts.append(outline(head).extrude(tall).translate(at))
        spire = outline(1.15 * head).extrude(roof, scale_top=(0.04, 0.04))
        parts.append(spire.translate((0, 0, at[2] + tall - 0.1)))
    face = half * (0.866 if body == "hexagonal" else 1.0)
    step = {"round": 90.0, "square": 90.0, "hexagonal": 60.0}[body]
    cuts = [upright(arched(1.5, 2.6), 1.2, (0, -1.15 * face, 0.3))]
    slit = upright(arched(0.7, 1.5), 1.2, (0, -face, 0))
    whole = union(parts)
    total = whole.bounding_box()[5]
    for number, share in enumerate((0.2, 0.37, 0.522)):
        if share * total < height - 3:
            turn = step * (number % 2)
            cuts.append(slit.rotate((0, 0, turn)).translate((0, 0, share * total)))
    if top == "pointed roof":
        hole = upright(arched(0.8, 1.3), 1.0, (0, -head * face / half, height + 0.25))
        cuts.append(around(hole, round(360 / step)))
    noun = "castle tower" if top == "battlements" else "pointed tower"
    return Shape(
        minus(whole, cuts), ("tower", noun), {"body": body} if top == "battlements" else {}
    )


FAMILY = Family("tower", build, held_out=({"body": "hexagonal", "top": "battlements"},))
