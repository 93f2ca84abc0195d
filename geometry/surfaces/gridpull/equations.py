"""GridPull's stationary conditions as linear least squares on the nodes of a band."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from caddis.geometry.surfaces.gridpull.band import Band
from caddis.geometry.surfaces.gridpull.queries import offset_queries
from caddis.geometry.surfaces.gridpull.samples import OrientedSamples
from caddis.geometry.surfaces.gridpull.trilinear import corner_weights, rows

Floats = NDArray[np.float64]
Values = NDArray[np.float32]


@dataclass(frozen=True)
class Weights:
    """How much each condition counts; all lengths are in spacings of the level.

    Attributes:
        zero: The distance is zero at the points.
        gradient: The gradient at the points is their normal.
        pull: The distance one spacing off the points is one.
        smooth: The gradient changes little from node to node.
        tie: Nodes that no point touches keep their first guess.
    """

    zero: float
    gradient: float
    pull: float
    smooth: float
    tie: float


@dataclass(frozen=True)
class Equations:
    """Rows A and right sides b of |A u - b|^2, for u in spacings at the band's nodes."""

    matrix: csr_array
    right: Values


def build(  # noqa: PLR0917 # one level's whole problem
    band: Band,
    samples: OrientedSamples,
    share: Floats,
    weights: Weights,
    guess: Values,
    sure: Values,
) -> Equations:
    """Set up the least squares of one level.

    At the minimum of GridPull's loss (Chen et al. 2023, eq. 4-7) a query q = p + t n is pulled
    by f(q) along grad f onto the point p. That means f(p) = 0, grad f(p) = n and f(q) = t, which
    is linear once n is known; the loss's smoothness term is the squared second difference along
    each axis.

    Args:
        band: Nodes B to solve for.
        samples: N oriented points; all eight nodes around each are in the band.
        share: (N,) share of a cell's surface that each point stands for.
        weights: Weights of the conditions.
        guess: (B,) first guess.
        sure: (B,) certainty of the guess, 0 to 1.
    """
    lattice = band.lattice
    flat, values, slopes = corner_weights(lattice.coordinates(samples.points), lattice.shape)
    nodes = band.number[flat].astype(np.int64)
    root = np.sqrt(share).astype(np.float32)[:, None]
    count = len(band.nodes)
    parts = [rows(nodes, np.float32(np.sqrt(weights.zero)) * root * values, count)]
    right = [np.zeros(len(root), dtype=np.float32)]
    trust = np.sqrt(weights.gradient * samples.trust).astype(np.float32)
    turn = trust[:, None] * root
    for axis in range(3):
        parts.append(rows(nodes, turn * slopes[axis], count))
        right.append(turn[:, 0] * samples.normals[:, axis].astype(np.float32))
    if weights.pull > 0.0:
        pull, distances = _pulled(band, samples, share, weights.pull)
        parts.append(pull)
        right.append(distances)
    parts.append(_second_differences(band, np.sqrt(weights.smooth)))
    right.append(np.zeros(parts[-1].shape[0], dtype=np.float32))
    far = np.flatnonzero(~band.touched)
    if weights.tie > 0.0 and len(far):
        hold = np.sqrt(np.float32(weights.tie) * sure[far])
        parts.append(rows(far[:, None], hold[:, None], count))
        right.append(hold * guess[far])
    return Equations(vstack(parts, format="csr", dtype=np.float32), np.concatenate(right))


def _pulled(
    band: Band, samples: OrientedSamples, share: Floats, weight: float
) -> tuple[csr_array, Values]:
    """Rows for the field's values at queries one spacing off the points, on both sides."""
    lattice = band.lattice
    queries = offset_queries(samples, share, lattice.spacing)
    places = lattice.coordinates(queries.places)
    held = ((places >= 0.0) & (places <= np.array(lattice.shape) - 1.0)).all(axis=1)
    flat, values, _ = corner_weights(places[held], lattice.shape)
    nodes = band.number[flat].astype(np.int64)
    solved = (nodes >= 0).all(axis=1)
    root = np.sqrt(weight * queries.weights[held][solved]).astype(np.float32)
    matrix = rows(nodes[solved], root[:, None] * values[solved], len(band.nodes))
    return matrix, root * queries.distances[held][solved].astype(np.float32)


def _second_differences(band: Band, root: float) -> csr_array:
    """Rows u[-1] - 2 u[0] + u[+1] along each axis, where all three nodes are in the band."""
    shape = band.lattice.shape
    index = np.unravel_index(band.nodes, shape)
    step = (shape[1] * shape[2], shape[2], 1)
    found = []
    for axis in range(3):
        middle = np.flatnonzero((index[axis] > 0) & (index[axis] < shape[axis] - 1))
        flat = band.nodes[middle]
        before, after = band.number[flat - step[axis]], band.number[flat + step[axis]]
        whole = (before >= 0) & (after >= 0)
        found.append(np.stack([before[whole], middle[whole], after[whole]], axis=1))
    nodes = np.concatenate(found).astype(np.int64)
    stencil = np.array([1.0, -2.0, 1.0], dtype=np.float32) * np.float32(root)
    return rows(nodes, np.broadcast_to(stencil, nodes.shape), len(band.nodes))
