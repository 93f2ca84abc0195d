"""Signs of orientation determinants that are exact for float32 coordinates.

A vectorised floating-point filter decides almost every row; the other rows are summed without
rounding. The error bounds are those of Shewchuk, "Adaptive precision floating-point arithmetic
and fast robust geometric predicates" (1997). The exact stage is simpler than Shewchuk's
expansions, because products of float32 values have few bits.
"""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Signs = NDArray[np.int8]

_EPSILON = 2.0**-53
_BOUND_2D = (3.0 + 16.0 * _EPSILON) * _EPSILON
_BOUND_3D = (7.0 + 56.0 * _EPSILON) * _EPSILON
# Multiplying by this splits a float64 into two halves of at most 24 and 29 bits (Dekker 1971).
_SPLITTER = 2.0**29 + 1.0
# Vectorised passes before the remaining rows are summed one by one.
_DISTILLATIONS = 3


def orient3d(a: Points, b: Points, c: Points, d: Points) -> Signs:
    """Tell on which side of the plane through a, b, c the point d lies.

    Args:
        a: (N, 3) float64 that hold float32 values; so do `b`, `c` and `d`.
        b: Second corner of the plane.
        c: Third corner of the plane.
        d: Points to locate.

    Returns:
        (N,) int8: +1 below the plane (a, b, c seen counter-clockwise from the other side),
        -1 above it, 0 exactly on it; the sign of det[a-d, b-d, c-d].
    """
    ax, ay, az = (a - d).T
    bx, by, bz = (b - d).T
    cx, cy, cz = (c - d).T
    bxcy, cxby = bx * cy, cx * by
    cxay, axcy = cx * ay, ax * cy
    axby, bxay = ax * by, bx * ay
    value = az * (bxcy - cxby) + bz * (cxay - axcy) + cz * (axby - bxay)
    size = np.abs(az) * (np.abs(bxcy) + np.abs(cxby))
    size += np.abs(bz) * (np.abs(cxay) + np.abs(axcy))
    size += np.abs(cz) * (np.abs(axby) + np.abs(bxay))
    signs: Signs = np.sign(value).astype(np.int8)
    # size 0 means that every product has a factor 0: the value 0 is then exact.
    unsure = np.flatnonzero((np.abs(value) <= _BOUND_3D * size) & (size > 0.0))
    if len(unsure):
        signs[unsure] = _exact_orient3d(a[unsure], b[unsure], c[unsure], d[unsure])
    return signs


def orient2d(a: Points, b: Points, c: Points) -> Signs:
    """Tell in which direction the path a -> b -> c turns in the plane.

    Args:
        a: (N, 2) float64 that hold float32 values; so do `b` and `c`.
        b: Second point.
        c: Third point.

    Returns:
        (N,) int8: +1 counter-clockwise, -1 clockwise, 0 exactly on one line.
    """
    left = (a[:, 0] - c[:, 0]) * (b[:, 1] - c[:, 1])
    right = (a[:, 1] - c[:, 1]) * (b[:, 0] - c[:, 0])
    value, size = left - right, np.abs(left) + np.abs(right)
    signs: Signs = np.sign(value).astype(np.int8)
    unsure = np.flatnonzero((np.abs(value) <= _BOUND_2D * size) & (size > 0.0))
    if len(unsure):
        a, b, c = a[unsure], b[unsure], c[unsure]
        terms = [_cross_terms(p, q) for p, q in ((a, b), (b, c), (c, a))]
        signs[unsure] = _exact_sum_signs(np.hstack(terms))
    return signs


def _cross_terms(p: Points, q: Points) -> Points:
    # Both products of two float32 values fit a float64 exactly.
    return np.stack([p[:, 0] * q[:, 1], -p[:, 1] * q[:, 0]], axis=1)


def _exact_orient3d(a: Points, b: Points, c: Points, d: Points) -> Signs:
    # det[a-d, b-d, c-d] = det(a,b,c) - det(d,b,c) - det(a,d,c) - det(a,b,d), which avoids
    # subtracting coordinates: those differences may be rounded.
    terms = [_triple_terms(a, b, c, 1.0)]
    terms += [_triple_terms(*rows, -1.0) for rows in ((d, b, c), (a, d, c), (a, b, d))]
    return _exact_sum_signs(np.hstack(terms))


def _triple_terms(p: Points, q: Points, r: Points, factor: float) -> Points:
    """Return (N, 12) exact terms whose sum is factor * det(p, q, r)."""
    terms = []
    for i, j, k in permutations(range(3)):
        parity = 1.0 if (j - i) % 3 == 1 else -1.0
        product = p[:, i] * q[:, j]  # 48 bits: exact
        scaled = _SPLITTER * product
        high = scaled - (scaled - product)  # the first 24 bits
        weight = parity * factor * r[:, k]
        terms += [high * weight, (product - high) * weight]
    return np.stack(terms, axis=1)


def _exact_sum_signs(terms: Points) -> Signs:
    """Return (N,) the exact signs of the sums of the rows of (N, K) `terms`."""
    terms = np.ascontiguousarray(terms.T)
    for _ in range(_DISTILLATIONS):
        _distil(terms)
    sums = terms[-1].copy()
    # Rows that still have several terms: math.fsum rounds only its result, so its sign is right.
    for row in np.flatnonzero(terms[:-1].any(axis=0)):
        sums[row] = math.fsum(terms[:, row].tolist())
    signs: Signs = np.sign(sums).astype(np.int8)
    return signs


def _distil(terms: Points) -> None:
    """Replace each column, in place, by the rounding errors of its running sum, then the sum.

    The exact sum of each column does not change. This is the error-free vector transformation
    of Ogita, Rump and Oishi, "Accurate sum and dot product" (2005), with Knuth's two-sum.
    """
    for k in range(1, len(terms)):
        left, right = terms[k - 1], terms[k]
        total = left + right
        virtual = total - left
        terms[k - 1] = (left - (total - virtual)) + (right - virtual)
        terms[k] = total
