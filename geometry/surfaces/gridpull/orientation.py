"""Orient tangent planes outwards by light, by neighbours and by the curl of normals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array, diags_array
from scipy.sparse.linalg import LinearOperator, cg

from caddis.geometry.surfaces.gridpull.curl import Curl
from caddis.geometry.surfaces.gridpull.light import light_gradient
from caddis.geometry.surfaces.gridpull.normals import Planes

Floats = NDArray[np.float64]

_PARTNERS = 10  # neighbours that a point has to agree with
_SHARPNESS = 4  # power of the agreement: doubtful pairs hardly count
_EVIDENCE = 0.05  # weight of the light relative to the neighbours
_RIMS = 20.0  # weight of the curl relative to the neighbours
_REPEATS, _TRUSTED = 3, 0.3  # solutions, and the weight of one as evidence for the next
_LEAST = 1e-6
_ROUNDS, _TOLERANCE = 300, 1e-3
_CURL_ROUNDS, _CURL_TOLERANCE = 60, 1e-2


def oriented(points: Floats, planes: Planes) -> Floats:
    """Turn the planes' normals outwards.

    Three hints together are one linear system for the side of each point:

    - Light falls on the scan from all around and is absorbed by cells that hold points. Its
      logarithm decreases across the surface, even deep in a pocket or behind a hole, so its
      gradient points to the outside at every point, with some errors.
    - Neighbours agree: a pair of normals should be alike after a reflection in the plane between
      the two points (König and Gumhold 2009, "Consistent propagation of normal orientations in
      point clouds"), which holds along a surface, around edges and across a thin wall alike.
    - A closed surface has no rim: see `Curl`. This corrects whole connected sheets with the wrong
      side, such as one side of a plate with many holes.

    The sides are relaxed to real numbers, which shrink where the hints contradict each other. So
    the system is solved a few times, with the sides found so far as further evidence where the
    planes are flat.

    Args:
        points: (N, 3) in the canonical box.
        planes: Their tangent planes.

    Returns:
        Unit normals (N, 3), outwards.
    """
    lit = np.einsum("ij,ij->i", light_gradient(points), planes.normals)
    links = agreement(points, planes)
    evidence = _EVIDENCE * _bounded(lit)
    degree = np.asarray(abs(links).sum(axis=1)).ravel() + _LEAST
    system = csr_array(diags_array(degree + np.abs(evidence)) - links)
    side, _ = cg(system, evidence, rtol=_TOLERANCE, maxiter=_ROUNDS)
    curl = Curl(points, planes.normals, planes.bounded_areas())
    sure = np.zeros(len(points))
    for _ in range(_REPEATS):
        side = _without_rims(system + diags_array(np.abs(sure)), evidence + sure, curl, side)
        sure = _TRUSTED * planes.trust(0.0) * _bounded(side)
    return planes.normals * np.where(side < 0.0, -1.0, 1.0)[:, None]


def _bounded(values: Floats) -> Floats:
    """Divide values by their median size and clip them to [-1, 1]."""
    return np.asarray(np.clip(values / (float(np.median(np.abs(values))) or 1.0), -1.0, 1.0))


def _without_rims(system: csr_array, evidence: Floats, curl: Curl, side: Floats) -> Floats:
    """Solve for the sides with neighbours, evidence and the curl together."""
    both = LinearOperator(
        system.shape, matvec=lambda x: system @ x + _RIMS * curl(x), dtype=np.float64
    )
    scale = diags_array(1.0 / (system.diagonal() + 1.0))
    found, _ = cg(both, evidence, x0=side, rtol=_CURL_TOLERANCE, maxiter=_CURL_ROUNDS, M=scale)
    return np.asarray(found)


def agreement(points: Floats, planes: Planes) -> csr_array:
    """Return signed links (N, N): positive where two normals look to the same side."""
    count = len(points)
    partners = planes.neighbours[:, 1:_PARTNERS]
    one = np.repeat(np.arange(count), partners.shape[1])
    two = partners.ravel()
    between = points[two] - points[one]
    between /= np.linalg.norm(between, axis=1, keepdims=True) + 1e-30
    first = planes.normals[one]
    along = np.einsum("ij,ij->i", between, first)[:, None]
    cosine = np.einsum("ij,ij->i", first - 2.0 * along * between, planes.normals[two])
    weight = np.sign(cosine) * np.abs(cosine) ** _SHARPNESS
    links = coo_array((weight, (one, two)), shape=(count, count)).tocsr()
    return csr_array((links + links.T) * 0.5)
