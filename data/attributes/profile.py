"""How the width of a body changes with height: necks, feet, cones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from caddis.data.attributes.reading import Reading, Readings
from caddis.data.attributes.solid import Part, Solid

Floats = NDArray[np.float64]
_SHARES = (np.arange(40) + 0.5) / 40
_STRAW = 0.1  # something narrower is a straw or a knob
_NECK = 2 / 3  # largest width of a neck, as a share of the largest width below it
_ABOVE = 0.85  # largest width above a neck, as a share of the largest width below it
_CENTRAL = 0.15  # largest offset of a neck from the middle, as a share of that width
_FOOT = 1.5  # least width of a foot, divided by the least width above it
_CONE = 0.75  # largest width of a cone's narrow end, as a share of its wide end
_STRAIGHT = 0.05  # largest deviation of a cone's side from a line, as a share of the width
_COMPACT = 0.3  # least area of the main part's box at mid-height, as a share of the base


def profile(solid: Solid) -> Readings:
    """Read neck, foot and cone from the widths at 40 heights.

    `neck`: a place in the upper half is at most 2/3 as wide as a place below it; the number is this
    ratio. `foot`: the base is at least 1.5 times as wide as a place above it in the lowest 40 %;
    the number is this ratio. `conical`: the width changes evenly from end to end, and the narrow
    end is at most 3/4 as wide as the other; the number is this ratio. Only bodies that are of one
    piece at every height have these attributes.
    """
    main = _main_parts(solid)
    if main is None:
        return {}
    widths = np.array([2 * np.sqrt(part.hull_area / np.pi) for part in main])
    found: Readings = {}
    inner, at = widths[1:-1], _SHARES[1:-1]
    line = np.polynomial.Polynomial.fit(at, inner, 1)
    off = float(np.abs(line(at) - inner).max() / widths.max())
    ends = np.array([line(0.0), line(1.0)])
    ratio = float(max(ends.min(), 0.0) / ends.max())
    conical = ratio <= _CONE and off < _STRAIGHT
    found["conical"] = Reading(conical, ratio)
    found["neck"] = _neck(main, widths, conical)
    foot = float(widths[:2].max() / widths[2:16].min())
    found["foot"] = Reading(foot >= _FOOT, foot)
    return found


def _neck(main: list[Part], widths: Floats, conical: bool) -> Reading:
    """Look for a narrow stretch in the upper half, over the middle and with nothing wide above it.

    The last condition excludes the stem of a wineglass below its bowl; handles of pans and the tips
    of cones and domes are not necks either.
    """
    below = np.maximum.accumulate(widths)
    ratio = widths / below
    at = int(ratio[20:39].argmin()) + 20
    widest = main[int(widths[: at + 1].argmax())]
    central = float(np.abs(main[at].middle - widest.middle).max()) < _CENTRAL * below[at]
    open_above = bool(widths[at:].max() < _ABOVE * below[at])
    stretch = bool((ratio[20:36] < _NECK).sum() >= 3)
    is_neck = _STRAW < ratio[at] <= _NECK and central and open_above and stretch and not conical
    return Reading(bool(is_neck), float(ratio[at]))


def _main_parts(solid: Solid) -> list[Part] | None:
    """Return the largest part at each of 40 heights; None if another part there is not small."""
    found = []
    for share in _SHARES:
        parts = solid.section(float(share))
        if not parts:
            return None
        largest = max(parts, key=lambda part: part.hull_area)
        if largest.hull_area < 0.7 * sum(part.hull_area for part in parts):
            return None
        found.append(largest)
    return found
