"""Casters: one wheel, or two on one axle, in a fork under a plate or a stem."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.hardware_parts import screw_plate, threaded
from caddis.data.families.outlines import circle, rectangle
from caddis.data.families.solids import both_sides, cylinder, slab, turned, union


def build(draw: Draw) -> Shape:
    """Draw one caster that rolls to the right, its wheel (radius 5) behind its mount."""
    mount = draw.pick("mount", ("square plate", "round plate", "stem"))
    form = draw.pick("form", ("fork", "twin"))
    wide, trail, clear = draw.between(2.6, 4.2), draw.between(2, 3.5), draw.between(0.7, 1.1)
    rise = 5 + draw.between(5.9, 7.2)
    parts = [cylinder(2.6, 1.4, (0, 0, rise - 0.9))]
    if form == "fork":
        cheek = 0.9
        side = wide / 2 + 0.6
        low = _disc(1.9, cheek, (trail, 0, 5))
        high = _disc(2.4, cheek, (0, 0, rise - 1.4))
        arm = Manifold.batch_hull([low, high]).translate((0, side + cheek / 2, 0))
        bridge = slab(circle(2.6), 1.2, (0, 0, rise - 1.7)) + slab(
            rectangle(4.6, 2 * side + 1.0), 1.1, (0, 0, rise - 1.6)
        )
        parts += [both_sides(arm, 1), bridge, _disc(1.0, 2 * side + 3.2, (trail, 0, 5)),
                  _wheel(wide, draw.pick("tread", ("round", "flat"))).translate((trail, 0, 5)),
        ]  # fmt: skip
    else:
        gap = wide / 2 + 1.1
        body = _disc(5.6, 2.6, (trail, 0, 5)).trim_by_plane((-0.35, 0, 1), 5.0)
        stalk = slab(rectangle(3.4, 2.6), 4.5, (0.3, 0, rise - 4.7))
        wheel = _wheel(wide, draw.pick("tread", ("round", "flat")))
        parts += [body, stalk, _disc(1.4, 2 * gap + wide, (trail, 0, 5)),
                  both_sides(wheel.translate((trail, gap, 5)), 1)]  # fmt: skip
    if mount == "stem":
        thread = threaded(1.5, draw.between(5, 9), 7, 0.25)
        parts += [cylinder(2.0, 1.6, (0, 0, rise + 0.3)), thread.translate((0, 0, rise + 1))]
    else:
        half = draw.between(5, 6.5)
        parts.append(slab(screw_plate(half, mount == "round plate"), clear, (0, 0, rise + 0.3)))
    noun = "twin-wheel caster" if form == "twin" else "caster"
    return Shape(union(parts), (noun, "caster wheel", "castor"))


def _disc(radius: float, thick: float, at: tuple[float, float, float]) -> Manifold:
    """Return a disc whose axis is y, centred at `at`."""
    return cylinder(radius, thick, (0, 0, -thick / 2)).rotate((90, 0, 0)).translate(at)


def _wheel(wide: float, tread: str) -> Manifold:
    """Return a wheel about the y axis."""
    half = wide / 2
    rim = 0.55 if tread == "round" else 0.9
    solid = turned([
        (0, -half), (2, -half), (2.2, -0.7 * half), (3.4, -0.7 * half), (3.6, -half),
        (4.2, -half), (5, -rim * half), (5, rim * half), (4.2, half), (3.6, half),
        (3.4, 0.7 * half), (2.2, 0.7 * half), (2, half), (0, half),
    ])  # fmt: skip
    return solid.rotate((90, 0, 0))


FAMILY = Family("caster", build, held_out=({"mount": "stem", "form": "twin"},))
