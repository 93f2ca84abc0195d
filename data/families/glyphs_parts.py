"""Capital letters and digits made of brush strokes; original designs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from manifold3d import CrossSection, OpType

from caddis.data.families.outlines import circle, rectangle

Path = list[tuple[float, float]]


def glyph(sign: str, brush: CrossSection, wide: float = 0.62) -> CrossSection:
    """Return a capital letter or a digit.

    Args:
        sign: One of the keys of `STROKES`.
        brush: Outline of the brush, centred at the origin; the sign is 1 high.
        wide: Width of the strokes' centre lines, which are 1 high and centred at the origin.
    """
    pieces = []
    for path in STROKES[sign]:
        spots = [brush.translate(((x - 0.5) * wide, y - 0.5)) for x, y in path]
        pieces += [CrossSection.batch_hull([a, b]) for a, b in pairwise(spots)]
    return CrossSection.batch_boolean(pieces, OpType.Add)


def brush(kind: str, width: float) -> CrossSection:
    """Return a round or square brush, or the flat nib of a pen."""
    if kind == "round":
        return circle(width / 2, 24)
    return rectangle(width, width if kind == "square" else 0.55 * width)


def _curve(x: float, y: float, half: tuple[float, float], start: float, end: float) -> Path:
    """Return an arc of the ellipse around (x, y) with half axes `half`; angles in degrees."""
    count = max(5, round(abs(end - start) / 18) + 1)
    angles = np.radians(np.linspace(start, end, count))
    points = zip(x + half[0] * np.cos(angles), y + half[1] * np.sin(angles), strict=True)
    return [(float(px), float(py)) for px, py in points]


_RING = _curve(0.5, 0.5, (0.52, 0.5), 0, 360)
_BOWL: Path = [(0, 0), (0, 1), (0.52, 1), *_curve(0.52, 0.74, (0.45, 0.26), 85, -85), (0, 0.48)]
_SIX: Path = [(0.82, 0.97), (0.55, 0.9), (0.25, 0.72), (0.08, 0.5), (0.05, 0.3)]

STROKES: dict[str, Sequence[Path]] = {
    "A": ([(0, 0), (0.5, 1), (1, 0)], [(0.17, 0.3), (0.83, 0.3)]),
    "B": (
        [(0, 0), (0, 1), (0.5, 1), *_curve(0.5, 0.76, (0.4, 0.24), 85, -85), (0, 0.52)],
        [(0.5, 0.52), *_curve(0.54, 0.26, (0.46, 0.26), 85, -85), (0, 0)],
    ),
    "C": (_curve(0.55, 0.5, (0.57, 0.5), 48, 312),),
    "D": ([(0, 0), (0, 1), (0.4, 1), *_curve(0.4, 0.5, (0.6, 0.5), 85, -85), (0.4, 0), (0, 0)],),
    "E": ([(0.95, 1), (0, 1), (0, 0), (0.95, 0)], [(0, 0.5), (0.8, 0.5)]),
    "F": ([(0.95, 1), (0, 1), (0, 0)], [(0, 0.5), (0.8, 0.5)]),
    "G": ([*_curve(0.52, 0.5, (0.54, 0.5), 48, 345), (1.04, 0.44), (0.6, 0.44)],),
    "H": ([(0, 0), (0, 1)], [(1, 0), (1, 1)], [(0, 0.5), (1, 0.5)]),
    "I": ([(0.5, 0), (0.5, 1)], [(0.2, 0), (0.8, 0)], [(0.2, 1), (0.8, 1)]),
    "J": ([*_curve(0.45, 0.32, (0.45, 0.32), 190, 360), (0.9, 1), (0.45, 1)],),
    "K": ([(0, 0), (0, 1)], [(0.95, 1), (0, 0.4)], [(0.35, 0.62), (1, 0)]),
    "L": ([(0, 1), (0, 0), (0.9, 0)],),
    "M": ([(-0.1, 0), (0, 1), (0.5, 0.25), (1, 1), (1.1, 0)],),
    "N": ([(0, 0), (0, 1), (1, 0), (1, 1)],),
    "O": (_RING,),
    "P": (_BOWL,),
    "Q": (_RING, [(0.6, 0.3), (1.05, -0.06)]),
    "R": (_BOWL, [(0.45, 0.48), (1, 0)]),
    "S": (
        [*_curve(0.5, 0.76, (0.47, 0.24), 30, 270), *_curve(0.5, 0.26, (0.5, 0.26), 90, -150)],
    ),
    "T": ([(0, 1), (1, 1)], [(0.5, 1), (0.5, 0)]),
    "U": ([(0, 1), *_curve(0.5, 0.4, (0.5, 0.4), 180, 360), (1, 1)],),
    "V": ([(0, 1), (0.5, 0), (1, 1)],),
    "W": ([(-0.2, 1), (0.15, 0), (0.5, 0.75), (0.85, 0), (1.2, 1)],),
    "X": ([(0, 0), (1, 1)], [(0, 1), (1, 0)]),
    "Y": ([(0, 1), (0.5, 0.45), (1, 1)], [(0.5, 0.45), (0.5, 0)]),
    "Z": ([(0, 1), (1, 1), (0, 0), (1, 0)],),
    "0": (_curve(0.5, 0.5, (0.44, 0.5), 0, 360),),
    "1": ([(0.15, 0.74), (0.5, 1), (0.5, 0)], [(0.15, 0), (0.85, 0)]),
    "2": ([*_curve(0.5, 0.7, (0.45, 0.3), 165, -25), (0.05, 0), (0.95, 0)],),
    "3": (
        [*_curve(0.45, 0.76, (0.42, 0.24), 150, -90)],
        [*_curve(0.45, 0.26, (0.48, 0.26), 90, -150)],
    ),
    "4": ([(0.72, 0), (0.72, 1), (0, 0.28), (1, 0.28)],),
    "5": ([(0.9, 1), (0.15, 1), (0.1, 0.56), *_curve(0.45, 0.32, (0.5, 0.32), 125, -145)],),
    "6": (_curve(0.5, 0.3, (0.45, 0.3), 0, 360), _SIX),
    "7": ([(0, 1), (1, 1), (0.35, 0)],),
    "8": (_curve(0.5, 0.76, (0.4, 0.24), 0, 360), _curve(0.5, 0.26, (0.47, 0.26), 0, 360)),
    "9": (_curve(0.5, 0.7, (0.45, 0.3), 0, 360), [(1 - x, 1 - y) for x, y in _SIX]),
}  # fmt: skip
