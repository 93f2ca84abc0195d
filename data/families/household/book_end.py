"""Book ends: a foot and a wall, plain or in the shape of a half disc, a stair or an arch."""

from __future__ import annotations

from caddis.data.families import outlines
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import box, slab, union


def build(draw: Draw) -> Shape:
    """Draw one book end, its foot towards the left; lengths are in centimetres."""
    wall = draw.pick("wall", ("plain", "half_disc", "stair", "arch"))
    brace = draw.chance("brace", 0.6)
    width, height = draw.between(8, 13), draw.between(11, 18)
    reach, thick = draw.between(8, 13), draw.between(0.6, 1.2)
    outline = {
        "plain": outlines.rectangle(width, height, 0.8).translate((0, height / 2)),
        "half_disc": outlines.oval(width, 2 * height)
        ^ outlines.rectangle(width, height).translate((0, height / 2)),
        "stair": outlines.polygon(
            [
                (-width / 2, 0),
                (width / 2, 0),
                (width / 2, 0.35 * height),
                (width / 6, 0.35 * height),
                (width / 6, 0.68 * height),
                (-width / 6, 0.68 * height),
                (-width / 6, height),
                (-width / 2, height),
            ]
        ),
        "arch": outlines.rectangle(width, height).translate((0, height / 2))
        - outlines.oval(0.6 * width, 1.3 * height),
    }[wall]
    upright = (
        slab(outline, thick, (0, 0, -thick / 2)).rotate((90, 0, 90)).translate((reach / 2, 0, 0))
    )
    parts = [upright, box((reach, width, 0.7 * thick), (0, 0, 0), 0.6)]
    if brace:
        edge = reach / 2 - thick / 4
        web = outlines.polygon(
            [(edge, 0.5 * thick), (edge, 0.6 * height), (-0.2 * reach, 0.5 * thick)]
        )
        y = 0.0 if wall != "arch" else 0.4 * width
        parts.append(slab(web, thick, (0, 0, -thick / 2)).rotate((90, 0, 0)).translate((0, y, 0)))
    return Shape(union(parts), ("book end", "bookend"))


FAMILY = Family("book_end", build, held_out=({"wall": "half_disc", "brace": True},))
