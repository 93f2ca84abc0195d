"""Solve K u = f with some of the displacements u prescribed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, diags_array
from scipy.sparse.linalg import splu

from caddis.geometry.errors import MechanismError
from caddis.geometry.webs.graph import Floats, Mask

_WEAKEST = 1e-11  # least pivot over the largest, after scaling to a unit diagonal
_RESIDUAL = 1e-6


@dataclass(frozen=True, eq=False)
class Solved:
    """Displacements and the forces that go with them.

    Attributes:
        displacements: (D,) displacements of all degrees of freedom.
        forces: (D,) K u: the loads at free degrees of freedom, the reactions at the others.
    """

    displacements: Floats
    forces: Floats


def solve(stiffness: csc_array, given: Mask, values: Floats, loads: Floats | None = None) -> Solved:
    """Solve a linear structure.

    Args:
        stiffness: (D, D) symmetric, positive semi-definite.
        given: (D,) bool, degrees of freedom whose displacement is prescribed.
        values: (D,) prescribed displacements; values of free degrees are not read.
        loads: (D,) forces at the free degrees; zero when None.

    Raises:
        MechanismError: A free part of the structure moves without resistance.
    """
    moves = np.where(given, values, 0.0)
    free = np.flatnonzero(~given)
    forces = np.zeros(len(given)) if loads is None else loads
    if len(free):
        inner = csc_array(stiffness[free][:, free])
        right = forces[free] - stiffness[free] @ moves
        moves[free] = _solved(inner, right)
    return Solved(moves, np.asarray(stiffness @ moves))


def _solved(matrix: csc_array, right: Floats) -> Floats:
    """Solve scaled to a unit diagonal, so that rotations and displacements weigh the same."""
    diagonal = matrix.diagonal()
    mechanism = MechanismError(
        "a part of the structure moves without resistance", "",
        "Hold more nodes, join loose parts, or take rigid joints.",
    )  # fmt: skip
    if not (diagonal > 0.0).all():
        raise mechanism
    scale = 1.0 / np.sqrt(diagonal)
    scaled = csc_array(diags_array(scale) @ matrix @ diags_array(scale))
    try:
        factors = splu(scaled, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0,
                       options={"SymmetricMode": True})  # fmt: skip
    except RuntimeError as error:  # exactly singular
        raise mechanism from error
    pivots = np.abs(factors.U.diagonal())
    answer = factors.solve(right * scale)
    residual = np.linalg.norm(scaled @ answer - right * scale)
    allowed = _RESIDUAL * np.linalg.norm(right * scale)
    if pivots.min() < _WEAKEST * pivots.max() or residual > allowed:
        raise mechanism
    return np.asarray(answer * scale)
