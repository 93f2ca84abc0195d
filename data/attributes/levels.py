"""Horizontal surfaces above each other: shelves and steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caddis.data.attributes.reading import Reading, Readings
from caddis.data.attributes.solid import Solid

Floats = NDArray[np.float64]
_BOARD = 0.3  # least area of a board, as a share of the base
_ROOM = 0.05  # least free height above a board, as a share of the height
_STEP = 0.025  # least area of a step, as a share of the base
_FEWEST_STEPS = 3
_EVEN = 0.3  # largest deviation of a rise from the mean rise, as a share of that mean


@dataclass(frozen=True)
class _Level:
    """All upward faces at about the same height."""

    height: float
    area: float
    centre: Floats


def levels(solid: Solid) -> Readings:
    """Count boards on which things can stand, and steps.

    `levels`: horizontal surfaces that cover at least 30 % of the base each, with free space above;
    the number is their mean area divided by that of the base. `steps`: at least three smaller
    surfaces that rise evenly in one direction; the number is their mean rise divided by the height.
    """
    base = float(solid.size[0] * solid.size[1])
    found: Readings = {}
    every = _level_surfaces(solid)
    boards = _with_room([one for one in every if one.area > _BOARD * base], solid.height)
    if boards:
        share = float(np.mean([one.area for one in boards]) / base)
        found["levels"] = Reading(len(boards), share)
    steps = [one for one in every if one.area > _STEP * base]
    rise = _even_rise(steps, solid)
    if rise > 0.0:
        found["steps"] = Reading(len(steps), rise)
    return found


def _level_surfaces(solid: Solid) -> list[_Level]:
    """Merge upward faces whose heights differ by less than 1.5 % of the height."""
    heights, areas, centres = solid.level_faces
    if len(heights) == 0:
        return []
    order = np.argsort(heights)
    breaks = np.flatnonzero(np.diff(heights[order]) > 0.015 * solid.height) + 1
    joined = []
    for group in np.split(order, breaks):
        area = float(areas[group].sum())
        if area > 0.0:
            centre = (centres[group] * areas[group, None]).sum(axis=0) / area
            joined.append(
                _Level(float(np.average(heights[group], weights=areas[group])), area, centre)
            )
    return joined


def _with_room(boards: list[_Level], height: float) -> list[_Level]:
    """Drop each board with another one close above it, such as the groove of a rim."""
    kept: list[_Level] = []
    for board in sorted(boards, key=lambda one: -one.height):
        if not kept or kept[-1].height - board.height > _ROOM * height:
            kept.append(board)
    return kept


def _even_rise(steps: list[_Level], solid: Solid) -> float:
    """Return the mean rise of stairs divided by the height, or 0 if they are not stairs."""
    if len(steps) < _FEWEST_STEPS:
        return 0.0
    heights = np.array([one.height for one in steps])
    places = np.array([one.centre for one in steps])
    rises = np.diff(heights)
    axis = int(np.ptp(places, axis=0).argmax())
    moves = np.diff(places[:, axis])
    one_way = bool((moves > 0).all() or (moves < 0).all())
    even = bool(np.abs(rises - rises.mean()).max() < _EVEN * rises.mean())
    far = np.ptp(places[:, axis]) > 0.4 * float(solid.size[axis])
    return float(rises.mean() / solid.height) if one_way and even and far else 0.0
