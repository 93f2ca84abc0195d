"""Corner shelves: quarter-round, cut-off or square boards before two walls or on three posts."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle, polygon, rectangle
from caddis.data.families.solids import box, round_leg, slab, union


def build(draw: Draw) -> Shape:
    """Draw one corner shelf; the corner is at the rear right; lengths are in centimetres."""
    edge = draw.pick("edge", ("quarter-round", "cut off", "square"))
    stand = draw.pick("stand", ("walls", "posts"))
    boards = draw.count("boards", 3, 6)
    side, height = draw.between(32, 48), boards * draw.between(22, 34)
    thick = max(0.024 * height, 2.4)
    cut = draw.between(0.3, 0.45) * side
    outline = {
        "quarter-round": circle(side) ^ rectangle(side, side).translate((-side / 2, -side / 2)),
        "cut off": polygon([(0, 0), (-side, 0), (-side, -cut), (-cut, -side), (0, -side)]),
        "square": rectangle(side, side, 2).translate((-side / 2, -side / 2)),
    }[edge]
    low = draw.between(2, 5) if stand == "walls" else max(0.12 * height, 7)
    rise = (height - thick - low) / (boards - 1)
    parts = [slab(outline, thick, (0, 0, low + number * rise)) for number in range(boards)]
    if stand == "walls":
        top = height + draw.between(-0.1, 6) if edge != "square" else height - 0.1
        parts += [box((thick, side, top), (-thick / 2, -side / 2, 0)),
                  box((side, thick, top), (-side / 2, -thick / 2, 0))]  # fmt: skip
    else:
        size = max(0.028 * height, 2.6)
        near, far = 1.2 * size, side - 1.2 * size
        places = [(near, near), (near, far), (far, near)]
        if edge == "square":
            places.append((far, far))
        parts += [round_leg((-x, -y, 0), (-x, -y, height - 0.4), 0.8 * size) for x, y in places]
    claims = {"levels": boards}
    if stand == "posts":
        claims["legs"] = 4 if edge == "square" else 3
    solid = union(parts).translate((side / 2, side / 2, 0))
    return Shape(solid, ("shelf", "corner shelf"), claims)


FAMILY = Family(
    "shelf", build,
    held_out=({"edge": "cut off", "stand": "posts"}, {"edge": "square", "boards": 4}),
)  # fmt: skip
