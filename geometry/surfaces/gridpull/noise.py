"""Estimate the noise of a scan from its points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]

_SAMPLES = 2_000
_FEWEST = 10
_CLEARLY_FLAT = 0.1  # thickness over radius of the smallest neighbourhood
_COUNTS = (24, 48, 96)
_COEFFICIENTS = 6
_REWEIGHTINGS = 8
_SOFTENING = 1e-3  # of the neighbourhood's size, so that a weight stays finite
_MEDIAN_OF_NORMAL = 0.6745
_FITTED = 7.5
_FLAT = 0.2  # noise above this share of the neighbourhood's radius needs a wider one


def noise_level(points: Floats, rng: np.random.Generator) -> float:
    """Estimate the standard deviation of the points across the surface.

    This is the median, over some points, of the residual of a paraboloid fitted to their
    neighbours. A paraboloid follows curvature, and the median ignores edges. The neighbourhood
    widens until it is much wider than the noise. It begins with ten points and a plane, which is
    enough for a clean scan and does not reach through a thin wall.

    Args:
        points: (N, 3), any unit; at least 32.
        rng: Chooses the points to look at.

    Returns:
        The standard deviation in the points' unit. Clean scans give the residual of the fit,
        far below their spacing.
    """
    tree = cKDTree(points)
    chosen = rng.permutation(len(points))[:_SAMPLES]
    distance, index = tree.query(points[chosen], k=_FEWEST)
    thickness = float(np.median(_thickness(points[index])))
    flat = thickness < _CLEARLY_FLAT * float(np.median(distance[:, -1]))
    level = thickness
    for count in _COUNTS:
        if count > len(points):
            break
        distance, index = tree.query(points[chosen], k=count)
        level = float(np.median(_residuals(points[index])))
        if flat:
            return min(level, thickness)
        if level < _FLAT * float(np.median(distance[:, -1])):
            break
    return level


def _thickness(groups: Floats) -> Floats:
    """Return the standard deviation of each group (S, k, 3) around its own plane."""
    offsets = groups - groups.mean(axis=1, keepdims=True)
    count = groups.shape[1]
    values = np.linalg.eigvalsh(np.einsum("ski,skj->sij", offsets, offsets))
    return np.asarray(np.sqrt(values[:, 0].clip(min=0.0) / (count - 3)))


def _residuals(groups: Floats) -> Floats:
    """Return the spread of each group (S, k, 3) around its own paraboloid.

    The fit minimises absolute values (by reweighting) and the spread is their median, so that in
    a thin wall the fit follows the side with more points and ignores the other.
    """
    offsets = groups - groups.mean(axis=1, keepdims=True)
    radius = np.sqrt((offsets**2).sum(axis=2).mean(axis=1))
    offsets = offsets / np.where(radius > 0.0, radius, 1.0)[:, None, None]
    _, axes = np.linalg.eigh(np.einsum("ski,skj->sij", offsets, offsets))
    height, u, v = (np.einsum("ski,si->sk", offsets, axes[:, :, i]) for i in range(3))
    basis = np.stack([np.ones_like(u), u, v, u * u, u * v, v * v], axis=2)
    weight = np.ones_like(height)
    left = height
    for _ in range(_REWEIGHTINGS):
        weighted = basis * weight[:, :, None]
        normal = np.einsum("ski,skj->sij", weighted, basis) + 1e-9 * np.eye(_COEFFICIENTS)
        fit = np.linalg.solve(normal, np.einsum("ski,sk->si", weighted, height)[..., None])
        left = height - np.einsum("ski,si->sk", basis, fit[..., 0])
        weight = 1.0 / (np.abs(left) + _SOFTENING)
    spread = np.median(np.abs(left), axis=1) / _MEDIAN_OF_NORMAL
    return np.asarray(spread * _freedom(groups.shape[1]) * radius)


def _freedom(count: int) -> float:
    """Correct the spread for the coefficients that were fitted to `count` points.

    The fit has six coefficients, and the median of the residuals is a little too low. With 7.5 in
    place of 6, the result agrees with simulated Gaussian noise for 24 to 96 points (a test).
    """
    return count / (count - _FITTED)
