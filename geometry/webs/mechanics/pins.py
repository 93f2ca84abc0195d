"""Pin-jointed struts, and cables under tension: axial force only, three displacements per node.

A pin-jointed web in space with fewer than three struts per free node is a mechanism (Maxwell's
rule). What keeps a spider's web in shape is the tension T of its threads: a thread of length L
resists sideways motion with a stiffness of T / L (the geometric stiffness; Pellegrino 1990,
"Analysis of prestressed mechanisms").
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array, csc_array

from caddis.geometry.webs.graph import Floats, Web
from caddis.geometry.webs.mechanics.frame import checked_lengths
from caddis.geometry.webs.mechanics.material import Material, area

FREEDOMS = 3


def pin_stiffness(web: Web, material: Material, pull_n: Floats | None = None) -> csc_array:
    """Return the (3 N, 3 N) stiffness matrix of a web of bars or stretched cables, N/mm.

    Args:
        web: A web with radii.
        material: Material of all struts.
        pull_n: (E,) tension of the struts in N; None if they have no tension.

    Raises:
        BrokenWebError: The web has no radii, or an edge has no length.
    """
    lengths = checked_lengths(web)
    assert web.radii is not None  # noqa: S101  # checked just above
    along = web.vectors / lengths[:, None]
    outer = along[:, :, None] * along[:, None, :]
    block = (material.young_mpa * area(web.radii) / lengths)[:, None, None] * outer
    if pull_n is not None:
        block = block + (pull_n / lengths)[:, None, None] * (np.eye(3) - outer)
    whole = np.concatenate(
        [np.concatenate([block, -block], axis=2), np.concatenate([-block, block], axis=2)], axis=1
    )
    rows = (FREEDOMS * web.edges[:, :, None] + np.arange(FREEDOMS)).reshape(-1, 6)
    index = np.broadcast_arrays(rows[:, :, None], rows[:, None, :])
    size = FREEDOMS * len(web.nodes)
    return csc_array(coo_array((whole.ravel(), [part.ravel() for part in index]), (size, size)))
