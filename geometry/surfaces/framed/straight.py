"""Simplify contours, and straighten pieces that are straight except for small ripples.

A decoded field is interpolated between the cells of a feature grid, so edges that should be
straight have ripples and corners are a little round. A long piece whose points scatter about a
line is replaced by that line; neighbouring lines meet in a corner. A piece that bends to one
side, as an arc does, is left as it is.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from skimage.measure import approximate_polygon

from caddis.geometry.surfaces.framed.outline import Line, is_closed

RIPPLE = 0.006
"""How far points may lie from their line (longest side = 1)."""
CORNER = 0.008
"""How far a corner may move."""
_SHORTEST = 0.04  # pieces below this length are not judged
_ROUNDED = 0.012  # length left out at both ends of a piece, where corners are rounded
_BENT = 1.0  # a piece is an arc if its sagitta exceeds this many standard deviations of the rest
_FINE = 0.1  # of a cell: how far a point may lie from the line that replaces it elsewhere
_LEVEL = 0.0015  # a line that turns by less than this over its length is made level or upright
_PARALLEL = np.sin(np.radians(10.0))  # lines at a smaller angle have no corner


@dataclass(frozen=True)
class _Straight:
    """A straight line.

    Attributes:
        point: (2,) on it.
        direction: (2,) of length 1.
    """

    point: NDArray[np.float64]
    direction: NDArray[np.float64]

    def nearest(self, point: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the point (2,) of the line that is nearest to another."""
        return np.asarray(
            self.point + ((point - self.point) @ self.direction) * self.direction, np.float64
        )

    def crossing(self, other: _Straight) -> NDArray[np.float64] | None:
        """Return the point (2,) where two lines meet; None if they are about parallel."""
        turn = _cross(self.direction, other.direction)
        if abs(turn) < _PARALLEL:
            return None
        along = _cross(other.point - self.point, other.direction) / turn
        return np.asarray(self.point + along * self.direction)


_Piece = tuple[Line, _Straight | None]


def cleaned(line: Line, cell: float, *, straighten: bool) -> Line:
    """Return a contour without the points that it does not need.

    Args:
        line: As `outline` returns it. Ends on an axis of symmetry stay on it.
        cell: Size of the grid's cells; points within a tenth of it of a straight line go.
        straighten: Whether ripples of up to .006 go as well, with corners moved up to .008.
    """
    if not straighten:
        return _thinned(line, cell)
    closed = is_closed(line)
    line = _from_a_corner(line) if closed else line
    pieces = [line[a : b + 1] for a, b in itertools.pairwise(_breaks(line))]
    split = [part for piece in pieces for part in _split(piece)]
    if closed:
        first = next((at for at, (_, fit) in enumerate(split) if fit is not None), 0)
        split = split[first:] + split[:first]
    pieces, fits = _with_corners(_merged(split), closed=closed)
    joints = _joints(pieces, fits, closed=closed)
    rows = [joints[:1]]
    for at, (piece, fit) in enumerate(zip(pieces, fits, strict=True)):
        if fit is None:
            rows.append(_thinned(piece, cell)[1:-1])
        rows.append(joints[at + 1 : at + 2])
    return np.concatenate(rows)


def _thinned(line: Line, cell: float) -> Line:
    if is_closed(line):
        line = _from_a_corner(line)
    thin = approximate_polygon(line, _FINE * cell)  # type: ignore[no-untyped-call]
    return np.asarray(thin)


def _from_a_corner(line: Line) -> Line:
    """Rotate a closed contour so that it begins at the point farthest from its middle."""
    points = line[:-1]
    start = int(np.linalg.norm(points - points.mean(axis=0), axis=1).argmax())
    points = np.roll(points, -start, axis=0)
    return np.concatenate([points, points[:1]])


def _breaks(line: Line) -> list[int]:
    """Return the indices of the points where a contour turns, by Douglas and Peucker's method."""
    kept = approximate_polygon(line, RIPPLE)  # type: ignore[no-untyped-call]
    breaks, at = [0], 0
    for point in kept[1:-1]:
        at += 1 + int((line[at + 1 :] == point).all(axis=1).argmax())
        breaks.append(at)
    return [*breaks, len(line) - 1]


def _split(piece: Line) -> list[_Piece]:
    """Cut off the ends of a piece of a contour that do not lie on the line of its middle."""
    found = _fit(piece)
    if found is None:
        return [(piece, None)]
    fit, ripple = found
    height = np.abs(_cross(fit.direction, piece - fit.point))
    first, *_, last = np.flatnonzero(height <= ripple + 1e-5)
    result: list[_Piece] = [(piece[first : last + 1], fit)]
    if first > 0:
        result.insert(0, (piece[: first + 1], None))
    if last < len(piece) - 1:
        result.append((piece[last:], None))
    return result


def _fit(piece: Line) -> tuple[_Straight, float] | None:
    """Return the line that a piece scatters about and its largest distance from it, or None."""
    chord = piece[-1] - piece[0]
    length = float(np.linalg.norm(chord))
    if length < _SHORTEST:
        return None
    along = chord / length
    s = (piece - piece[0]) @ along
    t = _cross(along, piece - piece[0])
    kept = (s > _ROUNDED) & (s < length - _ROUNDED)
    if kept.sum() < 4:
        return None
    s, t = s[kept], t[kept]
    slope, height = np.polyfit(s, t, 1)
    ripple = float(np.abs(t - slope * s - height).max())
    if ripple > RIPPLE:
        return None
    bend = np.polyfit(s, t, 2)
    sagitta = abs(bend[0]) * np.ptp(s) ** 2 / 4.0
    if sagitta > 1e-6 + _BENT * float((t - np.polyval(bend, s)).std()):
        return None
    normal = np.array([-along[1], along[0]])
    point = piece[0] + s.mean() * along + (slope * s.mean() + height) * normal
    straight = _Straight(point, _level(along + slope * normal, length))
    return straight, float(np.abs(_cross(straight.direction, piece[kept] - point)).max())


def _level(direction: NDArray[np.float64], length: float) -> NDArray[np.float64]:
    direction = direction / np.linalg.norm(direction)
    direction = np.where(np.abs(direction) * length < _LEVEL, 0.0, direction)
    return np.asarray(direction / np.linalg.norm(direction))


def _merged(split: list[_Piece]) -> list[_Piece]:
    """Join neighbouring pieces that have no line."""
    result = split[:1]
    for part, fit in split[1:]:
        before, other = result[-1]
        if fit is None and other is None:
            result[-1] = (np.concatenate([before, part[1:]]), None)
        else:
            result.append((part, fit))
    return result


def _with_corners(
    split: list[_Piece], *, closed: bool
) -> tuple[list[Line], list[_Straight | None]]:
    """Drop short pieces between two lines that meet near them, because they are rounded corners."""
    pieces, fits = [part for part, _ in split], [fit for _, fit in split]
    kept: list[int] = []
    for at, piece in enumerate(pieces):
        before, after = fits[at - 1], fits[(at + 1) % len(pieces)]
        outer = not closed and at in (0, len(pieces) - 1)
        if outer or before is None or after is None or fits[at] is not None:
            kept.append(at)
            continue
        corner = before.crossing(after)
        if corner is None or np.linalg.norm(piece - corner, axis=1).min() > CORNER:
            kept.append(at)
    return [pieces[at] for at in kept], [fits[at] for at in kept]


def _joints(
    pieces: list[Line], fits: list[_Straight | None], *, closed: bool
) -> NDArray[np.float64]:
    """Return (P + 1, 2) where each piece begins, and where the last one ends."""
    inner = [
        _joint((pieces[at - 1], pieces[at]), fits[at - 1], fits[at]) for at in range(1, len(pieces))
    ]
    if closed:
        both = _joint((pieces[-1], pieces[0]), fits[-1], fits[0])
        return np.array([both, *inner, both])
    first = _on_axis(pieces[0][0], fits[0])
    return np.array([first, *inner, _on_axis(pieces[-1][-1], fits[-1])])


def _joint(
    pieces: tuple[Line, Line], before: _Straight | None, after: _Straight | None
) -> NDArray[np.float64]:
    end, start = pieces[0][-1], pieces[1][0]
    if before is not None and after is not None:
        corner = before.crossing(after)
        near = np.concatenate(pieces)
        if corner is not None and np.linalg.norm(near - corner, axis=1).min() <= CORNER:
            return np.asarray(corner)
        return np.asarray((before.nearest(end) + after.nearest(start)) / 2.0)
    for fit in (before, after):
        if fit is not None:
            return fit.nearest(end)
    return np.asarray(end)


def _on_axis(point: NDArray[np.float64], fit: _Straight | None) -> NDArray[np.float64]:
    """Move the end of a contour onto its line; the coordinate that is 0 stays 0."""
    if fit is None:
        return np.asarray(point)
    axis = int(np.abs(point).argmin())
    run = fit.direction[axis]
    if abs(run) < _PARALLEL:
        return np.asarray(point)
    moved = fit.point - (fit.point[axis] / run) * fit.direction
    moved[axis] = 0.0
    return np.asarray(moved if np.linalg.norm(moved - point) <= CORNER else point)


def _cross(one: NDArray[np.float64], two: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(one[..., 0] * two[..., 1] - one[..., 1] * two[..., 0])
