"""Rigid-jointed struts: Euler-Bernoulli beams in space with axial force, bending and torsion.

The 12 x 12 stiffness matrix of a beam is the textbook one (Przemieniecki 1968, "Theory of Matrix
Structural Analysis", section 5.6, without shear deformation). Degrees of freedom of a node: three
displacements in mm, three rotations in radians.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array, csc_array

from caddis.geometry.errors import BrokenWebError
from caddis.geometry.webs.graph import Floats, Web
from caddis.geometry.webs.mechanics.material import Material, area, second_moment

FREEDOMS = 6


def frame_stiffness(web: Web, material: Material) -> csc_array:
    """Return the (6 N, 6 N) stiffness matrix of a web of round struts, N/mm, N and N mm.

    Raises:
        BrokenWebError: The web has no radii, or an edge has no length.
    """
    local = _beam_matrices(web, material)
    turn = _turns(web.vectors)
    blocks = np.einsum("eij,eik,ekl->ejl", turn, local, turn)
    freedom = FREEDOMS * web.edges[:, :, None] + np.arange(FREEDOMS)
    rows = freedom.reshape(-1, 2 * FREEDOMS)
    size = FREEDOMS * len(web.nodes)
    index = np.broadcast_arrays(rows[:, :, None], rows[:, None, :])
    return csc_array(coo_array((blocks.ravel(), [part.ravel() for part in index]), (size, size)))


def _beam_matrices(web: Web, material: Material) -> Floats:
    """Return (E, 12, 12) stiffness matrices in the beams' own axes, x along the beam."""
    lengths = checked_lengths(web)
    assert web.radii is not None  # noqa: S101  # checked just above
    axial = material.young_mpa * area(web.radii) / lengths
    twist = material.shear_mpa * 2.0 * second_moment(web.radii) / lengths
    bend = material.young_mpa * second_moment(web.radii) / lengths**3
    matrix = np.zeros((len(lengths), 12, 12))
    for one, two, value in ((0, 6, axial), (3, 9, twist)):
        matrix[:, one, one] = matrix[:, two, two] = value
        matrix[:, one, two] = matrix[:, two, one] = -value
    # v, theta_z in the x-y plane, w, theta_y in the x-z plane, where a slope is -theta_y.
    for side, angle, sign in ((1, 5, 1.0), (2, 4, -1.0)):
        at = [side, angle, side + 6, angle + 6]
        shape = np.array([[12, 6, -12, 6], [6, 4, -6, 2], [-12, -6, 12, -6], [6, 2, -6, 4]])
        scale = np.array([[1.0, sign, 1.0, sign]])
        power = np.array([[0, 1, 0, 1]])
        factor = lengths[:, None, None] ** (power + power.T)
        matrix[np.ix_(range(len(lengths)), at, at)] = (
            bend[:, None, None] * shape * factor * (scale * scale.T)
        )
    return matrix


def _turns(vectors: Floats) -> Floats:
    """Return (E, 12, 12) rotations from global to the beams' own axes.

    Struts are round, so any axes across a beam serve. The second axis is perpendicular to the
    beam and to the coordinate axis that is least parallel to it.
    """
    x = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    aside = np.eye(3)[np.abs(x).argmin(axis=1)]
    y = np.cross(aside, x)
    y /= np.linalg.norm(y, axis=1, keepdims=True)
    axes = np.stack([x, y, np.cross(x, y)], axis=1)
    turn = np.zeros((len(vectors), 12, 12))
    for block in range(4):
        turn[:, 3 * block : 3 * block + 3, 3 * block : 3 * block + 3] = axes
    return turn


def checked_lengths(web: Web) -> Floats:
    """Return (E,) lengths of a web whose struts can carry load.

    Raises:
        BrokenWebError: The web has no radii, or an edge has no length.
    """
    if web.radii is None:
        raise BrokenWebError("a web without radii has no stiffness", "radii", "Give a diameter.")
    lengths = web.lengths
    if not (lengths > 0.0).all():
        raise BrokenWebError("a strut has no length", "edges", "Weld the web first.")
    return lengths
