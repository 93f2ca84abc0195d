"""Houses: a cottage, a gabled house, a hipped villa or a modern flat-roofed house."""

from __future__ import annotations

from caddis.data.families.buildings_parts import gable_roof, gable_wall, hip_roof, upright, window
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.solids import box, minus, union


def build(draw: Draw) -> Shape:
    """Draw one house; lengths are in metres."""
    roof = draw.pick("roof", ("gable", "front gable", "hip", "flat"))
    storeys = draw.count("storeys", 1, 2)
    width, depth = draw.between(7, 11), draw.between(6, 8.5)
    storey, rise = draw.between(2.7, 3.2), draw.between(2.2, 4.2)
    height, eaves, thick = storeys * storey, draw.between(0.4, 0.8), draw.between(0.3, 0.5)
    if roof == "gable":
        wall = upright(gable_wall(depth, height + 0.3 * thick, rise), width)
        top = gable_roof(depth, rise, width + 2 * eaves, thick, eaves, at=(0, 0, height))
        parts = [(wall + top).rotate((0, 0, 90))]
    elif roof == "front gable":
        width = min(width, 8.5)
        parts = [upright(gable_wall(width, height + 0.3 * thick, rise), depth),
                 gable_roof(width, rise, depth + 2 * eaves, thick, eaves,
                            at=(0, 0, height))]  # fmt: skip
    elif roof == "hip":
        parts = [box((width, depth, height + 0.5 * thick)),
                 hip_roof(width + 2 * eaves, depth + 2 * eaves, 0.9 * rise, 0.4 * width, thick,
                          at=(0, 0, height))]  # fmt: skip
    else:
        parts = [box((width, depth, height + 0.3)),
                 box((width + 2 * eaves, depth + 2 * eaves, 0.45), (0, 0, height)),
                 box((0.3 * width, 0.4 * depth, 1.2),
                     (0.2 * width, 0.1 * depth, height))]  # fmt: skip
    if roof != "flat" and draw.chance("chimney", 0.75):
        at = (0.27 * width, 0.22 * depth, height)
        chimney = rise + draw.between(0.5, 1.2)
        hole = box((0.5, 0.5, 1.5), (at[0], at[1], height + chimney - 0.7))
        parts.append(minus(box((1.1, 1.1, chimney), at), [hole]))
    spots = [-0.3, 0.3] if width < 9.5 else [-0.34, 0.34]
    door = draw.between(-0.06, 0.06) * width
    size, bar = draw.between(1.2, 1.6), 0.24 if draw.chance("bars", 0.6) else 0.0
    cuts = [window(1.4, 2.2, 0.3, (door, -depth / 2, 0.15))]
    for floor in range(storeys):
        sill = floor * storey + 0.9
        front = [share * width for share in (spots if floor == 0 else [*spots, 0.0])]
        cuts += [window(size, 1.35, 0.3, (x, -depth / 2, sill), bar) for x in front]
        cuts += [window(size, 1.35, 0.3, (y * depth, -width / 2, sill), bar).rotate((0, 0, turn))
                 for y in (-0.25, 0.25) for turn in (-90, 90)]  # fmt: skip
    if draw.chance("porch", 0.4):
        parts.append(box((2.6, 1.9, 0.3), (door, -depth / 2 - 0.85, 0)))
        parts.append(box((2.8, 1.9, 0.3), (door, -depth / 2 - 0.85, 2.35)))
        parts += [box((0.3, 0.3, 2.4), (door + x, -depth / 2 - 1.5, 0.1)) for x in (-1.1, 1.1)]
    noun = {"gable": "house", "front gable": "gabled house", "hip": "hipped-roof house",
            "flat": "modern house"}[roof]  # fmt: skip
    nouns = ("house", noun) if noun != "house" else ("house", "cottage")[: 3 - storeys]
    return Shape(minus(union(parts), cuts), nouns)


FAMILY = Family("house", build, held_out=({"roof": "hip", "storeys": 2},))
