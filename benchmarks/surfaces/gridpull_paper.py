"""GridPull's own procedure, step for step: the slow twin of `caddis.geometry.surfaces.gridpull`.

Chen, Liu and Han 2023 and their published code: values on 128^3 nodes over [-1, 1], the object in
[-0.5, 0.5]; a start as the distance to a tiny ball; in each of 4,800 steps 50,000 queries a hair's
breadth off random points; pulling, weighted with exp(distance), plus squared values at the points,
plus differences to the six neighbours of all nodes within 14 spacings, plus .005 of the angle
between gradients; Adam at 1, times .3 every 400 steps; marching cubes.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import torch
import trimesh
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from torch import Tensor
from torch.nn import functional

from benchmarks.surfaces.gridpull_objective import interpolate
from caddis.geometry.surfaces.marching_cubes import mesh_from_grid

Floats = NDArray[np.float64]

NODES, STEPS, QUERIES = 128, 4800, 50_000
_FIRST_RADIUS = 0.01  # of the ball, in sides of the grid
_NEAR, _FAR, _SHARE_NEAR = 0.00027, 0.00054, 3 / 8  # deviations of the queries
_REACH = 14  # spacings from points within which differences count
_ANGLE = 0.005
_RATE, _FALL, _EVERY = 1.0, 0.3, 400


def run(points: Floats, seed: int = 0, steps: int = STEPS) -> trimesh.Trimesh:
    """Reconstruct points (N, 3) whose longest side is 1 and centred; the mesh is so, too."""
    rng = np.random.default_rng(seed)
    tree = cKDTree(points)
    weights = difference_weights(points)
    used = _box(weights)
    field = start().requires_grad_()
    adam = torch.optim.Adam([field], lr=_RATE, fused=True)
    falling = torch.optim.lr_scheduler.StepLR(adam, step_size=_EVERY, gamma=_FALL)
    for _ in range(steps):
        queries, nearest = draw(points, tree, rng)
        adam.zero_grad()
        (pulling(field, queries, nearest) + differences(field[used], weights[used])).backward()  # type: ignore[no-untyped-call]
        adam.step()
        falling.step()
    values = field.detach().numpy()
    return mesh_from_grid(values, 1.0)


def start() -> Tensor:
    """Return (128, 128, 128) distances to a ball in the middle, in spacings."""
    axis = torch.arange(NODES, dtype=torch.float32) - NODES / 2
    places = torch.stack(torch.meshgrid(axis, axis, axis, indexing="ij"))  # (3, X, Y, Z)
    return places.norm(dim=0) - _FIRST_RADIUS * NODES


def draw(points: Floats, tree: cKDTree, rng: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Return queries (50000, 3) and the point nearest to each (50000, 3)."""
    chosen = points[rng.integers(0, len(points), QUERIES)]
    deviation = np.where(np.arange(QUERIES) < _SHARE_NEAR * QUERIES, _NEAR, _FAR)
    queries = chosen + deviation[:, None] * rng.normal(size=chosen.shape)
    nearest = points[tree.query(queries)[1]]
    return torch.from_numpy(queries.astype(np.float32)), torch.from_numpy(
        nearest.astype(np.float32)
    )


def pulling(field: Tensor, queries: Tensor, nearest: Tensor) -> Tensor:
    """All terms that read the field between nodes."""
    value, gradient = interpolate(field, _places(queries))
    at_points, slope = interpolate(field, _places(nearest))
    direction = functional.normalize(gradient, dim=1)
    pulled = queries - value[:, None] * direction
    weight = (queries - nearest).norm(dim=1).exp()
    angle = 1.0 - (direction * functional.normalize(slope, dim=1)).sum(dim=1).mean()
    pull = (weight * (nearest - pulled).norm(dim=1)).mean()
    return pull + at_points.square().mean() + _ANGLE * angle


def differences(field: Tensor, weights: Tensor) -> Tensor:
    """Weighted mean of the squared differences to the six neighbours."""
    total = field.new_zeros(())
    for axis in range(3):
        squared = field.diff(dim=axis).square()
        size = field.shape[axis] - 1
        both = weights.narrow(axis, 0, size) + weights.narrow(axis, 1, size)
        total = total + (both * squared).sum()
    return total / (weights > 0.0).sum()


def difference_weights(points: Floats) -> Tensor:
    """Weights (128, 128, 128) as the code gives them: 1 + |i| + |j| + |k|.

    (i, j, k) is the first offset, in the order of three nested loops, from a node with a point to
    this one; 0 farther away.
    """
    used = np.unique(np.rint(_places(torch.from_numpy(points)).numpy()).astype(np.int64), axis=0)
    flat = used @ np.array([NODES**2, NODES, 1])
    weights = np.zeros(NODES**3, dtype=np.float32)
    offsets = list(product(range(-_REACH, _REACH), repeat=3))
    for i, j, k in reversed(offsets):  # so that the first one stays
        weights[flat + (i * NODES + j) * NODES + k] = 1.0 + abs(i) + abs(j) + abs(k)
    return torch.from_numpy(weights.reshape(NODES, NODES, NODES))


def _box(weights: Tensor) -> tuple[slice, slice, slice]:
    """Return the part of the grid that differences are taken in, and one node around it."""
    spans = [
        torch.nonzero(weights.amax(dim=[i for i in range(3) if i != axis])) for axis in range(3)
    ]
    low, high = ([int(end(span)) for span in spans] for end in (torch.min, torch.max))
    x, y, z = (slice(max(a - 1, 0), b + 2) for a, b in zip(low, high, strict=True))
    return x, y, z


def _places(points: Tensor) -> Tensor:
    """Nodes span [-1, 1]."""
    return (points + 1.0) * ((NODES - 1) / 2.0)
