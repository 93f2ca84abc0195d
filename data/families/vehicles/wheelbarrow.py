"""Wheelbarrows: a tray on one wheel, two legs and two long handles."""

from __future__ import annotations

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import circle
from caddis.data.families.solids import both_sides, minus, rod, round_leg, union
from caddis.data.families.vehicles_parts import block, side_view, wheels


def build(draw: Draw) -> Shape:
    """Draw one wheelbarrow; lengths are in centimetres."""
    tray = draw.pick("tray", ("deep", "shallow"))
    wheel = draw.pick("wheel", ("tyre", "spoked"))
    radius, length = draw.between(17, 24), draw.between(70, 90)
    width, tall = (
        draw.between(50, 64),
        draw.between(24, 32) if tray == "deep" else draw.between(14, 18),
    )
    floor = 1.25 * radius + draw.between(4, 10)
    front, back = -length / 2, length / 2
    low = (front + 0.22 * length, back - 0.12 * length, 0.58 * width, floor)
    high = (front, back, width, floor + tall)
    wall = 3.0
    inner_low = (low[0] + wall, low[1] - wall, low[2] - 2 * wall, floor + wall)
    inner_high = (front + wall, back - wall, width - 2 * wall, floor + tall + 0.5)
    tub = minus(block(low, high, 8), [block(inner_low, inner_high, 6)])
    axle_y = low[0] - radius - draw.between(-6, 2)
    grip_y, grip_z = back + draw.between(38, 55), floor + draw.between(6, 20)
    thick, half = draw.between(2.2, 2.8), 0.24 * width
    bend = (0.23 * width, low[0] + 6, floor - 0.2 * thick)
    end = (0.26 * width, back - 0.12 * length, floor - 0.2 * thick)
    grip = (0.36 * width, grip_y, grip_z)
    handle = [rod((6.5, axle_y, radius), bend, thick), rod(bend, end, thick), rod(end, grip, thick)]
    spots = [(0.23 * width, low[0] + 6), (0.26 * width, back - 0.12 * length)]
    knob = [
        rod(
            (spots[n][0], spots[n][1] - 2.4, floor - 0.2 * thick),
            (spots[n][0], spots[n][1] + 2.4, floor - 0.2 * thick),
            1.08 * thick,
        )
        for n in (0, 1)
    ]
    foot = (half + 4, back - 0.24 * length, 0)
    leg = round_leg(foot, (half, back - 0.3 * length, floor + 1), thick)
    leg += rod((half + 4, foot[1], 3), (half, back - 0.12 * length, floor - 1), 0.8 * thick)
    parts = [tub, both_sides(union([*handle, *knob, leg]))]
    if draw.chance("crossbar", 0.6):
        parts.append(
            rod(
                (-half - 3, foot[1] - 1, 0.4 * floor),
                (half + 3, foot[1] - 1, 0.4 * floor),
                0.8 * thick,
            )
        )
    axle = rod((-8, axle_y, radius), (8, axle_y, radius), 3)
    if wheel == "spoked":
        rim = side_view(circle(radius) - circle(0.78 * radius), 6).translate((0, axle_y, radius))
        hub = side_view(circle(0.25 * radius, 24), 8).translate((0, axle_y, radius))
        spokes = [rod((0, -0.85 * radius, 0), (0, 0.85 * radius, 0), 1.9).rotate((a, 0, 0))
                  .translate((0, axle_y, radius)) for a in (0, 60, 120)]  # fmt: skip
        parts += [rim, hub, axle, *spokes]
    else:
        half_wheel = wheels(radius, 8, 0.8, (axle_y,))
        parts += [half_wheel, axle]
    claims = {} if tray == "shallow" else {"open": True}
    return Shape(union(parts), ("wheelbarrow", "barrow"), claims)


FAMILY = Family(
    "wheelbarrow", build, held_out=({"tray": "shallow", "wheel": "spoked", "crossbar": True},)
)
