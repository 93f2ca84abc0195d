"""Which side of each tangent plane is outside: light that leaks in, and neighbours that agree."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.sparse import coo_array, csr_array, diags_array
from scipy.sparse.linalg import cg

from geometry.gridpull.normals import Planes

Floats = NDArray[np.float64]
Values = NDArray[np.float32]

_NODES = 64  # along a side of the box in which the light spreads
_BOX = 1.2  # side of that box around the unit object
_ABSORPTION = 30.0  # of a cell with points, in units of what passes between two cells
_DARK = 1e-7
_ROUNDS, _TOLERANCE = 300, 1e-3
_PARTNERS = 10  # neighbours that a point has to agree with
_SHARPNESS = 4  # power of the agreement: doubtful pairs hardly count
_EVIDENCE = 0.05  # weight of the light beside the neighbours


def oriented(points: Floats, planes: Planes, evidence: float = _EVIDENCE) -> Floats:
    """Turn the planes' normals outwards.

    Light falls on the scan from all around and is absorbed by cells that hold points. Its
    logarithm falls across the surface whatever its depth in a pocket or behind a hole, so the
    gradient says for every point which side is outside, with some errors. Neighbours put
    them right: a pair of normals should agree after a reflection in the plane between the two
    points (König and Gumhold 2009, "Consistent propagation of normal orientations in point
    clouds"), which holds along a surface, around edges and across a thin wall alike. Both
    together are one sparse linear system, a random walk from the evidence over signed links.

    Args:
        points: (N, 3) in the canonical box.
        planes: Their tangent planes.
        evidence: How much the light counts beside the neighbours.

    Returns:
        Unit normals (N, 3), outwards.
    """
    lit = np.einsum("ij,ij->i", light_gradient(points), planes.normals)
    typical = float(np.median(np.abs(lit))) or 1.0
    belief = np.clip(lit / typical, -1.0, 1.0)
    links = agreement(points, planes)
    degree = np.asarray(abs(links).sum(axis=1)).ravel()
    system = diags_array(degree + evidence * np.abs(belief) + 1e-6) - links
    side, _ = cg(system, evidence * belief, rtol=_TOLERANCE, maxiter=_ROUNDS)
    return planes.normals * np.where(side < 0.0, -1.0, 1.0)[:, None]


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


def light_gradient(points: Floats) -> Floats:
    """Return the gradient (N, 3) of the logarithm of the light at the points."""
    spacing = _BOX / (_NODES - 1)
    coordinates = (points + _BOX / 2.0) / spacing
    full = np.zeros((_NODES,) * 3, dtype=np.bool_)
    full[tuple(np.rint(coordinates).astype(np.int64).clip(0, _NODES - 1).T)] = True
    logarithm = np.log(np.maximum(light(full), np.float32(_DARK)))
    slopes = np.gradient(logarithm)
    return np.stack([ndimage.map_coordinates(s, coordinates.T, order=1) for s in slopes], axis=1)


def light(full: NDArray[np.bool_]) -> Values:
    """Spread light from outside the grid through cells, absorbed where they are `full`.

    Solves 6 x - (sum of six neighbours) + absorption x = 0 with x = 1 beyond the border, by
    conjugate gradients.
    """
    diagonal = np.float32(6.0) + np.float32(_ABSORPTION) * full.astype(np.float32)
    incoming = np.zeros(full.shape, dtype=np.float32)
    for axis in range(3):
        np.moveaxis(incoming, axis, 0)[[0, -1]] += np.float32(1.0)
    result = np.zeros_like(incoming)
    residual = incoming.copy()
    direction = residual / diagonal
    energy = first = _dot(residual, direction)
    for _ in range(_ROUNDS):
        image = _spread(direction, diagonal)
        step = np.float32(energy / _dot(direction, image))
        result += step * direction
        residual -= step * image
        scaled = residual / diagonal
        before, energy = energy, _dot(residual, scaled)
        if energy <= _TOLERANCE**2 * first:
            break
        direction = scaled + np.float32(energy / before) * direction
    return result


def _dot(one: Values, two: Values) -> float:
    return float(np.dot(one.ravel(), two.ravel()))


def _spread(x: Values, diagonal: Values) -> Values:
    result = diagonal * x
    for axis in range(3):
        into, source = np.moveaxis(result, axis, 0), np.moveaxis(x, axis, 0)
        into[1:] -= source[:-1]
        into[:-1] -= source[1:]
    return np.asarray(result)
