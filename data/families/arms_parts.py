"""Parts shared by the families of arms: the dome of a helmet, the wheel of a gun carriage."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.figures_parts import blob, limb
from caddis.data.families.solids import around, cylinder, turned, union


def dome(radius: float, tall: float, low: float) -> Manifold:
    """Return a dome from z = -`low` to z = `tall`, a little longer (y) than wide (x)."""
    upper = blob((0, 0, 0), (radius, 1.12 * radius, tall), 44).trim_by_plane((0, 0, 1), 0)
    return upper + cylinder(1.0, low + 0.02, (0, 0, -low)).scale((radius, 1.12 * radius, 1))


def carriage_wheel(radius: float, thick: float, spoked: bool) -> Manifold:
    """Return a wheel about the x axis, centred at the origin."""
    if spoked:
        rim = cylinder(radius, 2 * thick, (0, 0, -thick)) - cylinder(0.8 * radius, 9, (0, 0, -4))
        spoke = limb((0, 0, 0), (0.88 * radius, 0, 0), 0.55 * thick, segments=8)
        hub = cylinder(0.24 * radius, 2.6 * thick, (0, 0, -1.3 * thick))
        return union([rim, around(spoke, 8), hub]).rotate((0, 90, 0))
    inner, outer, sunk = 0.3 * radius, 0.82 * radius, 0.6 * thick
    half = [(0, thick), (inner, thick), (inner, sunk), (outer, sunk), (outer, thick),
            (radius, thick)]  # fmt: skip
    return turned([*half, *[(r, -z) for r, z in half[::-1]]]).rotate((0, 90, 0))
