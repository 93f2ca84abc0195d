"""Conjugate gradients for sparse linear least squares."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Values = NDArray[np.float32]


def least_squares(
    matrix: csr_array, right: Values, start: Values, *, rounds: int = 60, tolerance: float = 1e-3
) -> Values:
    """Minimise |A u - b|^2 by conjugate gradients on the normal equations, diagonally scaled.

    The residual is kept in the space of the rows (CGLS, Björck 1996, section 7.4), which in
    float32 is more exact than forming A^T A.

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
