"""Damped sparse least squares by conjugate gradients."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Values = NDArray[np.float64]


def solve(jacobian: csr_array, residual: Values, load: float, *, rounds: int) -> Values:
    """Minimise |J x - r|^2 + load |x|^2 approximately.

    Conjugate gradients on the normal equations with a diagonal preconditioner; a few rounds
    are a trust region of their own, because slow directions stay where they are.

    Args:
        jacobian: J, (M, N).
        residual: r, (M,).
        load: Weight of the step's own length, above 0.
        rounds: Most rounds.

    Returns:
        x, (N,).
    """
    transposed = jacobian.T.tocsr()
    right = transposed @ residual
    squares = transposed.multiply(transposed).sum(axis=1)
    diagonal = np.asarray(squares).reshape(-1) + load
    x: Values = np.zeros_like(right)
    r, z = right, right / diagonal
    d, rz = z, float(right @ z)
    least = 1e-8 * rz
    for _ in range(rounds):
        if rz <= least:
            break
        product = load * d + transposed @ (jacobian @ d)
        alpha = rz / float(d @ product)
        x = x + alpha * d
        r = r - alpha * product
        z = r / diagonal
        before, rz = rz, float(r @ z)
        d = z + (rz / before) * d
    return np.asarray(x)
