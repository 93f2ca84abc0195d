"""Conjugate gradients (Hestenes and Stiefel 1952), scaled by the diagonal, in three forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Values = NDArray[Any]


def solve(
    product: Callable[[Values], Values],
    right: Values,
    diagonal: Values,
    *,
    rounds: int,
    energy_drop: float,
) -> Values:
    """Solve A x = b approximately for a symmetric positive definite A, from x = 0.

    Args:
        product: Returns A x; x has the shape of `right`, which may have any axes.
        right: b, float32 or float64; the computation uses the same type.
        diagonal: Of A, all above 0.
        rounds: Most rounds.
        energy_drop: Stop when the scaled squared residual is this share of its first value.

    Returns:
        x, of the shape and type of `right`.
    """
    solution, residual = np.zeros_like(right), right.copy()
    direction = residual / diagonal
    energy = _dot(residual, direction)
    least = energy_drop * energy
    for _ in range(rounds):
        if energy <= least:
            break
        image = product(direction)
        step = energy / _dot(direction, image)
        solution += step * direction
        residual -= step * image
        scaled = residual / diagonal
        before, energy = energy, _dot(residual, scaled)
        direction = scaled + (energy / before) * direction
    return solution


def damped_least_squares(
    jacobian: csr_array, residual: NDArray[np.float64], load: float, *, rounds: int
) -> NDArray[np.float64]:
    """Minimise |J x - r|^2 + load |x|^2 approximately, by `solve` on the normal equations.

    Stopping after a few rounds acts like a trust region: x changes little in the directions in
    which the iteration converges slowly.

    Args:
        jacobian: J, (M, N).
        residual: r, (M,).
        load: Weight of |x|^2, above 0.
        rounds: Most rounds.

    Returns:
        x, (N,).
    """
    transposed = jacobian.T.tocsr()
    squares = transposed.multiply(transposed).sum(axis=1)
    return solve(
        lambda x: load * x + transposed @ (jacobian @ x),
        transposed @ residual,
        np.asarray(squares).reshape(-1) + load,
        rounds=rounds,
        energy_drop=1e-8,
    )


def least_squares(
    matrix: csr_array,
    right: NDArray[np.float32],
    start: NDArray[np.float32],
    *,
    rounds: int = 60,
    tolerance: float = 1e-3,
) -> NDArray[np.float32]:
    """Minimise |A u - b|^2 by conjugate gradients on the normal equations, from a first guess.

    This does not use `solve`, because CGLS (Björck 1996, section 7.4) keeps the residual b - A u
    itself, which in float32 is more exact than working with A^T A.

    Args:
        matrix: A, (M, B) float32.
        right: b, (M,) float32.
        start: First guess (B,) float32.
        rounds: Rounds at most.
        tolerance: Stop when the scaled gradient is this much smaller than at u = 0.
    """
    transposed = matrix.T.tocsr()
    squares = matrix.copy()
    squares.data = squares.data**2
    diagonal = np.asarray(squares.sum(axis=0), dtype=np.float32).ravel()
    scale = 1.0 / np.maximum(diagonal, np.float32(1e-12))
    solution = start.astype(np.float32)
    target = transposed @ right
    goal = tolerance**2 * float(np.dot(target, scale * target))
    residual = right - matrix @ solution
    gradient = transposed @ residual
    scaled = scale * gradient
    direction = scaled.copy()
    energy = float(np.dot(gradient, scaled))
    for _ in range(rounds):
        if energy <= goal:
            break
        image = matrix @ direction
        step = np.float32(energy / float(np.dot(image, image)))
        solution += step * direction
        residual -= step * image
        gradient = transposed @ residual
        scaled = scale * gradient
        before, energy = energy, float(np.dot(gradient, scaled))
        direction = scaled + np.float32(energy / before) * direction
    return solution


def _dot(one: Values, two: Values) -> float:
    return float(np.dot(one.ravel(), two.ravel()))
