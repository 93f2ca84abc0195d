"""Parts shared by chess pieces and other turned game pieces."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw
from caddis.data.families.glyphs_parts import brush, glyph
from caddis.data.families.outlines import Points, smooth
from caddis.data.families.solids import turned

SETS = ("classic", "plain", "ringed")
"""Styles of chess sets: with a collar, smoothly swept, or with stacked rings."""


def chess_body(draw: Draw, high: float, waist: float, collar: float) -> tuple[Manifold, str]:
    """Return the lower part of a chess piece, a solid of revolution, and the style of its set.

    Args:
        draw: Source of the parameters; the foot has a radius of about 5.
        high: Height of the top of the collar, where the head begins.
        waist: Radius at the narrowest place.
        collar: Radius of the collar.
    """
    style = draw.pick("set", SETS)
    foot = draw.between(4.6, 5.6)
    if style == "plain":
        curve = smooth([(foot, 0), (foot, 0.8), (0.62 * foot, 0.22 * high), (waist, 0.72 * high),
                        (collar, high)], 7)  # fmt: skip
        return turned([(0, 0), *curve, (0, high)]), style
    swept = smooth([(0.74 * foot, 2.9), (0.55 * foot, 0.3 * high + 1), (waist, 0.8 * high),
                    (1.12 * waist, high - 1.1)], 6)  # fmt: skip
    low = _step(foot, 0.0, 1.5) + _step(0.86 * foot, 1.5, 2.4) + [(0.7 * foot, 2.6)]
    top = _step(collar, high - 1.0, high)
    if style == "ringed":
        middle = 0.5 * high + 0.8
        below = [point for point in swept if point[1] < middle - 0.5]
        above = [point for point in swept if point[1] > middle + 0.5]
        ring = _step(1.25 * below[-1][0], middle - 0.45, middle + 0.45)
        second = _step(0.82 * collar, high - 2.0, high - 1.15)
        above = [point for point in above if point[1] < high - 2.1]
        profile = [(0, 0), *low, *below, *ring, *above, *second, *top, (0, high)]
        return turned(profile), style
    return turned([(0, 0), *low, *swept, *top, (0, high)]), style


def head_of(points: Points | list[tuple[float, float]], low: float) -> Manifold:
    """Revolve (radius, height) points to a head on the collar at height `low`, sunk in a little."""
    profile = [(radius, low + height) for radius, height in points]
    return turned([(0, low - 0.3), (profile[0][0], low - 0.3), *profile, (0, profile[-1][1])])


def sunk_number(number: int, height: float, size: float) -> Manifold:
    """Return a number to be subtracted from a face at the given height."""
    digits = [glyph(sign, brush("round", 0.17), 0.5) for sign in str(number)]
    shift = 0.4 if len(digits) == 2 else 0.0
    outline = digits[0].translate((-shift, 0))
    if shift:
        outline += digits[1].translate((shift, 0))
    return outline.scale((size, size)).extrude(1.0).translate((0, 0, height - 0.4))


def _step(radius: float, low: float, high: float) -> list[tuple[float, float]]:
    """Return the profile of a ring with soft edges."""
    edge = 0.22 * (high - low)
    return [(radius - edge, low), (radius, low + edge), (radius, high - edge),
            (radius - edge, high)]  # fmt: skip
