"""Signed distances of simple solids, and ripples on them."""

import numpy as np


def box(sides):
    half = np.float32(sides) / 2

    def field(points):
        beyond = np.abs(points) - half
        outside = np.linalg.norm(np.maximum(beyond, 0), axis=1)
        return (outside + np.minimum(beyond.max(axis=1), 0)).astype(np.float32)

    return field


def ball(radius):
    return lambda points: (np.linalg.norm(points, axis=1) - radius).astype(np.float32)


def cylinder(radius, height):
    def field(points):
        beyond = np.stack([_radius(points) - radius, np.abs(points[:, 2]) - height / 2], axis=1)
        outside = np.linalg.norm(np.maximum(beyond, 0), axis=1)
        return (outside + np.minimum(beyond.max(axis=1), 0)).astype(np.float32)

    return field


def cone(radius, height):
    def field(points):
        slope = np.array([height, radius]) / np.hypot(height, radius)
        side = slope[0] * (_radius(points) - radius) + slope[1] * (points[:, 2] + height / 2)
        return np.maximum(side, -height / 2 - points[:, 2]).astype(np.float32)

    return field


def torus(ring, tube):
    def field(points):
        return (np.hypot(_radius(points) - ring, points[:, 2]) - tube).astype(np.float32)

    return field


def vase(points):
    """A wall of about .02 around a hollow that is open above."""
    radius, z = _radius(points), points[:, 2]
    width = 0.2 + 0.08 * np.sin(5 * z)
    outer = np.maximum((radius - width) * 0.9, np.abs(z) - 0.5)
    inner = np.maximum((radius - width + 0.02) * 0.9, -(z + 0.48))
    return np.maximum(outer, -inner).astype(np.float32)


def lamp(points):
    """A pole of radius .006 on a disc."""
    return np.minimum(
        cylinder(0.006, 1.0)(points), cylinder(0.2, 0.02)(points + np.float32([0, 0, 0.49]))
    )


def cut(one, other):
    """One solid without another."""
    return lambda points: np.maximum(one(points), -other(points))


def moved(field, by):
    return lambda points: field(points - np.float32(by))


def rippled(field, height, *, turned=False):
    """Add waves about as long as the cells of a feature grid, even in x and y.

    Those of solids of revolution (`turned`) are rings.
    """

    def ripples(points):
        x, y, z = points.T
        across = np.cos(70 * _radius(points)) if turned else np.cos(80 * x) * np.cos(70 * y)
        along = np.cos(90 * z + 1) if turned else 0.4 + 0.6 * np.cos(90 * z)
        return (field(points) + height * along * across).astype(np.float32)

    return ripples


class Framed:
    """A field that knows its frame."""

    def __init__(self, field, frame):
        self._field, self.frame = field, frame

    def __call__(self, points):
        return self._field(points)


def _radius(points):
    return np.linalg.norm(points[:, :2], axis=1)
