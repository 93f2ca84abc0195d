"""Symmetries of a shape about the centre of its box, and how they are found from points.

A symmetric shape is determined by a part of it: one half, one quarter or one profile.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from caddis.geometry.errors import ConfigError

Floats = NDArray[np.float64]

MEAN_EXCESS = 0.004
"""A symmetry may add this much to the mean distance between two samples (longest side = 1)."""
TAIL_EXCESS = 0.016
"""A symmetry may add this much to the 97 % quantile of those distances."""
_TAIL = 0.97
_SAMPLE = 2048
_ALONG, _ACROSS = 0.98, 0.08  # shares of a normal along an axis: end faces, side faces
_END = 0.01  # how near to the end of the box the end faces of an extrusion lie
_EXTRUDED_SHARE = 0.99  # of the points that must lie on either


@dataclass(frozen=True)
class Symmetry:
    """One kind of symmetry; all planes and axes go through the centre of the box.

    Attributes:
        name: Name that users type.
        mirrored: For x, y and z, whether mirroring that coordinate maps the shape onto itself.
        revolved: Whether every turn about the z axis maps the shape onto itself.
        extruded: The axis along which every cross-section is the same, or None.
    """

    name: str
    mirrored: tuple[bool, bool, bool] = (False, False, False)
    revolved: bool = False
    extruded: int | None = None


def _kinds() -> tuple[Symmetry, ...]:
    no, yes = False, True
    plain = (
        Symmetry("none"),
        Symmetry("x", (yes, no, no)),
        Symmetry("y", (no, yes, no)),
        Symmetry("xy", (yes, yes, no)),
        Symmetry("revolved", revolved=True),
    )
    extruded = (
        Symmetry("extruded-x", extruded=0),
        Symmetry("extruded-x-y", (no, yes, no), extruded=0),
        Symmetry("extruded-y", extruded=1),
        Symmetry("extruded-y-x", (yes, no, no), extruded=1),
        Symmetry("extruded-z", extruded=2),
        Symmetry("extruded-z-x", (yes, no, no), extruded=2),
        Symmetry("extruded-z-y", (no, yes, no), extruded=2),
        Symmetry("extruded-z-xy", (yes, yes, no), extruded=2),
    )
    return plain + extruded


SYMMETRIES = _kinds()
"""All kinds, in the order of their tokens: never change it, only add at the end."""


def symmetry(name: str) -> Symmetry:
    """Return the symmetry called `name`.

    Raises:
        ConfigError: There is no symmetry of that name.
    """
    for kind in SYMMETRIES:
        if kind.name == name:
            return kind
    names = ", ".join(kind.name for kind in SYMMETRIES)
    raise ConfigError(f"there is no symmetry {name!r}", "symmetry", f"Use one of {names}.")


def find_symmetry(points: Floats, normals: Floats, rng: np.random.Generator) -> Symmetry:
    """Find the symmetry of a surface from points on it.

    One half of the points is moved by the symmetry, and its distances to the other half are
    measured before and after. Before, they show only how sparse the samples are. The symmetry
    holds if their mean grows by less than .004 and their 97 % quantile by less than .016.

    Args:
        points: (N, 3) evenly drawn from the surface, box centred at the origin, longest side 1.
        normals: (N, 3) unit normals.
        rng: Draws the angles and lengths by which points are moved.

    Returns:
        The strongest symmetry that holds: revolution before extrusion, extrusion before mirror
        planes, and two mirror planes before one.
    """
    half = min(_SAMPLE, len(points) // 2)
    test = _Test(points[:half], normals[:half], cKDTree(points[half : 2 * half]))
    if test.holds(_turned(test.points, rng)):
        return symmetry("revolved")
    mirrored = (test.holds(test.points * (-1, 1, 1)), test.holds(test.points * (1, -1, 1)), False)
    for axis in (2, 1, 0):
        slid = _slid(test.points, test.normals, axis, rng)
        if slid is not None and test.holds(slid):
            kept = tuple(flag and at != axis for at, flag in enumerate(mirrored))
            return next(k for k in SYMMETRIES if k.extruded == axis and k.mirrored == kept)
    return next(k for k in SYMMETRIES[:4] if k.mirrored == mirrored)


def quarter_turned(points: Floats) -> bool:
    """Tell whether a quarter turn about the z axis maps a surface onto itself.

    Args:
        points: (N, 3) evenly drawn from the surface, box centred at the origin, longest side 1.
    """
    half = min(_SAMPLE, len(points) // 2)
    test = _Test(points[:half], points[:half], cKDTree(points[half : 2 * half]))
    x, y, z = test.points.T
    return test.holds(np.stack([-y, x, z], axis=1))


@dataclass(frozen=True)
class _Test:
    """Half of the points and a tree of the other half."""

    points: Floats
    normals: Floats
    others: cKDTree

    @cached_property
    def plain(self) -> Floats:
        """Distances of the unmoved points to the others, (N,)."""
        distances, _ = self.others.query(self.points)
        return np.asarray(distances)

    def holds(self, moved: Floats) -> bool:
        """Tell whether moved points are about as near to the others as unmoved ones."""
        there, _ = self.others.query(moved)
        mean = there.mean() - self.plain.mean()
        tail = np.quantile(there, _TAIL) - np.quantile(self.plain, _TAIL)
        return bool(mean < MEAN_EXCESS and tail < TAIL_EXCESS)


def _turned(points: Floats, rng: np.random.Generator) -> Floats:
    angle = rng.uniform(0.0, 2.0 * np.pi, len(points))
    x, y = points[:, 0], points[:, 1]
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.stack([cosine * x - sine * y, sine * x + cosine * y, points[:, 2]], axis=1)


def _slid(points: Floats, normals: Floats, axis: int, rng: np.random.Generator) -> Floats | None:
    """Slide points of side faces by random lengths along an axis and swap the two end faces.

    Returns None if the shape has other faces, because an extrusion has only end and side faces.
    """
    along, place = np.abs(normals[:, axis]), points[:, axis]
    half = np.abs(place).max()
    at_end = (along > _ALONG) & (np.abs(place) > half - _END)
    if (at_end | (along < _ACROSS)).mean() < _EXTRUDED_SHARE:
        return None
    moved = points.copy()
    moved[:, axis] = np.where(at_end, -place, rng.uniform(-half, half, len(points)))
    return moved
