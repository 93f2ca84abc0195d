"""The name of a closed outline: round, oval, square, rectangular, hexagonal, L-shaped."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from skimage.measure import approximate_polygon

from caddis.data.attributes.reading import Reading, Readings
from caddis.data.attributes.solid import Part, Solid, signed_area

Floats = NDArray[np.float64]
_ROUND = 0.06  # largest range of the radius of a round outline, as a share of the mean radius
_FILLED = 0.92  # least area of a rectangle with rounded corners, as a share of its box
_SAME, _LONGER = 1.06, 1.2  # sides are equal below the first ratio and differ above the second
_HEXAGON = 0.045  # largest deviation from a hexagon's radius, as a share of the mean radius
_CORNER = 0.035  # tolerance of simplifying an outline to its corners, as a share of the longer side
_HEIGHTS = (0.35, 0.5, 0.65)
_TOP = 0.03  # a flat top lies within this share of the height below the highest point
_FLAT = 0.7  # least horizontal share of the outline's area


def name_of(contour: Floats) -> str:
    """Return the name of an outline (N, 2), or "" if none fits."""
    points = _evenly(_turned_upright(contour))
    size = np.ptp(points, axis=0)
    long, short = float(size.max()), float(size.min())
    if short <= 0.0:
        return ""
    ratio = long / short
    radii = np.linalg.norm((points - (points.min(axis=0) + size / 2)) / size, axis=1)
    curved = np.ptp(radii) / radii.mean() < _ROUND
    if curved:
        return "round" if ratio < _SAME else "oval" if ratio > _LONGER else ""
    if abs(signed_area(points)) / (long * short) > _FILLED:
        return "square" if ratio < _SAME else "rectangular" if ratio > _LONGER else ""
    farthest = int(np.linalg.norm(points - points.mean(axis=0), axis=1).argmax())
    points = np.roll(points, -farthest, axis=0)  # the start counts as a corner, so start at one
    closed = np.vstack([points, points[:1]])
    if _is_hexagon(points):
        return "hexagonal"
    corners = approximate_polygon(closed, _CORNER * long)[:-1]  # type: ignore[no-untyped-call]
    return "L-shaped" if _is_l_shaped(corners) else ""


def top(solid: Solid) -> Readings:
    """Name the outline of a flat top; the number is the horizontal share of its area."""
    heights, areas, _ = solid.level_faces
    level = areas[heights > (1 - _TOP) * solid.height].sum()
    base = float(solid.size[0] * solid.size[1])
    parts = [solid.section(1 - share) for share in (0.004, 0.011, 0.021, 0.029)]
    single = [found[0] for found in parts if len(found) == 1]
    if not single:
        return {}
    widest = max(single, key=lambda one: one.hull_area)
    share = level / max(widest.area, 1e-12)
    name = name_of(widest.contour)
    if not name or share < _FLAT or widest.hull_area < 0.3 * base:
        return {}
    return {"top": Reading(name, float(share))}


def body(solid: Solid) -> Readings:
    """Name the cross-section of the body if it is the same at three heights; the number is 3."""
    names = [_name_of_largest(solid.section(share)) for share in _HEIGHTS]
    best = max(set(names), key=names.count)
    if not best or names.count(best) < len(names):
        return {}
    return {"body": Reading(best, float(names.count(best)))}


def _name_of_largest(parts: list[Part]) -> str:
    """Return the name of the largest part if the others are small compared with it."""
    if not parts:
        return ""
    hull = [one.hull_area for one in parts]
    largest = int(np.argmax(hull))
    return name_of(parts[largest].contour) if hull[largest] > 0.7 * sum(hull) else ""


def _turned_upright(contour: Floats) -> Floats:
    """Rotate an outline so that its smallest bounding box is axis-aligned."""
    angles = np.radians(np.arange(0.0, 90.0, 3.0))
    turns = np.stack([np.cos(angles), -np.sin(angles), np.sin(angles), np.cos(angles)], axis=1)
    turned = np.einsum("nk,ajk->anj", contour, turns.reshape(-1, 2, 2))
    spread = np.ptp(turned, axis=1).prod(axis=1)
    best = 0 if spread[0] < 1.02 * spread.min() else int(spread.argmin())
    return np.asarray(turned[best])


def _evenly(contour: Floats, count: int = 128) -> Floats:
    """Return `count` points spaced evenly along a closed outline."""
    closed = np.vstack([contour, contour[:1]])
    length = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    at = np.linspace(0.0, length[-1], count, endpoint=False)
    return np.stack([np.interp(at, length, closed[:, k]) for k in range(2)], axis=1)


def _is_hexagon(points: Floats) -> bool:
    """Tell whether the radius, as a function of the angle, is that of a rotated regular hexagon."""
    middle = points.min(axis=0) + np.ptp(points, axis=0) / 2
    x, y = (points - middle).T
    angle, radius = np.arctan2(y, x), np.hypot(x, y)
    radius = radius / radius.mean()
    for turn in np.radians(np.arange(0.0, 60.0, 3.0)):
        within = (angle - turn) % (np.pi / 3) - np.pi / 6
        ideal = 1 / np.cos(within)
        if np.abs(radius - ideal / ideal.mean()).max() < _HEXAGON:
            return True
    return False


def _is_l_shaped(corners: Floats) -> bool:
    """Tell whether an outline has six right-angled corners, exactly one of them reflex."""
    if len(corners) != 6:
        return False
    after, before = np.roll(corners, -1, axis=0) - corners, corners - np.roll(corners, 1, axis=0)
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    turn = np.degrees(np.arctan2(cross, (before * after).sum(axis=1)))
    turn *= np.sign(turn.sum())
    right = np.abs(np.abs(turn) - 90.0).max() < 14.0
    return bool(right and (turn < 0).sum() == 1)
