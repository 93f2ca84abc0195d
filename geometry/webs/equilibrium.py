"""Find where a net of stretched threads is at rest, by the force density method (Schek 1974).

A thread of tension T and length L pulls its ends together with T/L times the vector between
them. If the force densities q = T/L are fixed, equilibrium is linear in the positions x:
C^T Q C x = 0 at all free nodes, where C is the edge-node incidence matrix and Q = diag(q). The
matrix is positive definite if all q are positive and every part has an anchor, so the solution
exists and is unique. The tensions are then T = q L. Iterating q = T/L towards given tensions is
not done here, because it collapses the net like a soap film.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array, csc_array
from scipy.sparse.linalg import splu

from caddis.geometry.errors import ConfigError, MechanismError
from caddis.geometry.webs.graph import Floats, Web

SHORTEST_MM = 1.0
"""Shorter threads count as this long in `built_densities`, or they would pull their ends shut."""


def built_densities(web: Web) -> Floats:
    """Return (E,) force densities of the threads as they were built, 1/mm.

    Each is the tension (1 if unknown) over the length, which counts as at least `SHORTEST_MM`.
    """
    tensions = np.ones(len(web.edges)) if web.tensions is None else web.tensions
    return np.asarray(tensions / np.maximum(web.lengths, SHORTEST_MM))


def relaxed(web: Web, densities: Floats | None = None) -> Web:
    """Move the free nodes of a web to where the pull of all threads balances.

    Args:
        web: N nodes; its anchors stay where they are.
        densities: (E,) force densities above 0, 1/mm; `built_densities` when left out.

    Returns:
        The web at rest, with tensions q L. Nodes without threads do not move.

    Raises:
        ConfigError: A force density is not above 0.
        MechanismError: A connected part has no anchor.
    """
    density = built_densities(web) if densities is None else np.asarray(densities, np.float64)
    if density.shape != (len(web.edges),) or not (np.isfinite(density) & (density > 0)).all():
        raise ConfigError("there must be one force density above 0 per edge", "densities")
    free = ~web.held & (web.degrees > 0)
    loose = np.setdiff1d(web.parts[free], web.parts[web.held])
    if len(loose):
        raise MechanismError(
            f"{len(loose)} connected part(s) have no anchor", "anchors", "Anchor or drop them."
        )
    nodes = web.nodes.copy()
    if free.any():
        matrix = laplacian(web, density)
        inner = matrix[free][:, free]
        pull = -matrix[free][:, ~free] @ nodes[~free]
        nodes[free] = splu(csc_array(inner), permc_spec="MMD_AT_PLUS_A").solve(pull)
    at_rest = web.moved(nodes)
    return Web(nodes, web.edges, web.radii, density * at_rest.lengths, web.held)


def laplacian(web: Web, weights: Floats) -> csc_array:
    """Return the sparse (N, N) matrix C^T diag(weights) C of a web, weights (E,)."""
    one, two = web.edges.T
    rows = np.concatenate([one, two, one, two])
    columns = np.concatenate([one, two, two, one])
    values = np.concatenate([weights, weights, -weights, -weights])
    return csc_array(coo_array((values, (rows, columns)), shape=(len(web.nodes),) * 2))


def unbalanced(web: Web) -> float:
    """Return the largest net force on a free node divided by the largest tension; 0 at rest.

    Raises:
        ConfigError: The web's tensions are not known.
    """
    if web.tensions is None:
        raise ConfigError("the web's tensions are not known", "tensions")
    lengths = np.maximum(web.lengths, 1e-300)
    pull = web.vectors * (web.tensions / lengths)[:, None]
    force = np.zeros_like(web.nodes)
    np.add.at(force, web.edges[:, 0], pull)
    np.add.at(force, web.edges[:, 1], -pull)
    most = float(np.linalg.norm(force[~web.held], axis=1).max(initial=0.0))
    return most / max(float(web.tensions.max(initial=0.0)), 1e-300)
