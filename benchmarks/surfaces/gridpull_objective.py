"""GridPull's loss on a dense grid, in torch, and a slow way to minimise it.

This is the definition that the fast solver is tested against, not a way to reconstruct. Lengths are
in spacings of the grid; the published code mixes units (`gridpull_paper` follows it
step for step).
Chen, Liu and Han 2023, "GridPull: towards scalability in learning implicit representations
from 3D point clouds", ICCV, equations 1 to 7.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from torch import Tensor

from caddis.geometry.grid import Grid

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class LossWeights:
    """Weights of the terms as in the public code: pulling counts 1.

    Attributes:
        surface: Of the squared distance at the points.
        smooth: Of the difference to the six neighbours, near the surface.
        direction: Of the angle between the gradients at a query and at its nearest point.
    """

    surface: float = 1.0
    smooth: float = 1.0
    direction: float = 0.005


def interpolate(field: Tensor, places: Tensor) -> tuple[Tensor, Tensor]:
    """Interpolate trilinearly.

    Args:
        field: (X, Y, Z) values at the nodes.
        places: (N, 3) in spacings, the first node at 0.

    Returns:
        Values (N,) and gradients (N, 3) per spacing, differentiable in the field.
    """
    shape = torch.tensor(field.shape, device=field.device)
    low = torch.minimum(places.floor().long().clamp(min=0), shape - 2)
    share = places - low
    value = torch.zeros_like(share[:, 0])
    slopes = [torch.zeros_like(value) for _ in range(3)]
    for corner in np.ndindex(2, 2, 2):
        chosen = torch.tensor(corner, device=field.device)
        at = low + chosen
        node = field[at[:, 0], at[:, 1], at[:, 2]]
        factor = torch.where(chosen == 1, share, 1.0 - share)
        value = value + node * factor.prod(dim=1)
        for axis in range(3):
            others = [i for i in range(3) if i != axis]
            sign = 1.0 if corner[axis] else -1.0
            slopes[axis] = slopes[axis] + sign * node * factor[:, others].prod(dim=1)
    return value, torch.stack(slopes, dim=1)


def loss(
    field: Tensor, queries: Tensor, nearest: Tensor, points: Tensor, weights: LossWeights
) -> Tensor:
    """Return GridPull's loss of a field; all lengths are in spacings.

    - pulling: a query q moves to q - f(q) grad f / |grad f| and should meet its nearest point;
      queries far away count exponentially less (in the code more, but its queries are so near
      that either is 1)
    - surface: the distance is zero at the points
    - direction: the gradient at a query points as at its nearest point
    - smooth: neighbouring nodes near the surface differ little from their mean

    Args:
        field: (X, Y, Z) signed distances at the nodes, negative inside.
        queries: (Q, 3).
        nearest: (Q,) int64, the point nearest to each query.
        points: (N, 3).
        weights: Of the terms.
    """
    value, gradient = interpolate(field, queries)
    direction = torch.nn.functional.normalize(gradient, dim=1)
    target = points[nearest]
    pulled = queries - value[:, None] * direction
    nearness = torch.exp(-(queries - target).norm(dim=1))
    pulling: Tensor = (nearness * (pulled - target).norm(dim=1)).mean()
    at_points, slope = interpolate(field, points)
    surface = at_points.square().mean()
    aligned = torch.nn.functional.cosine_similarity(gradient, slope[nearest], dim=1)
    total: Tensor = (
        pulling
        + weights.surface * surface
        + weights.direction * (1.0 - aligned).mean()
        + weights.smooth * _roughness(field, points)
    )
    return total


def _roughness(field: Tensor, points: Tensor) -> Tensor:
    """Mean squared difference between nodes next to points and the mean of their neighbours."""
    shape = torch.tensor(field.shape, device=field.device)
    at = torch.minimum(points.round().long().clamp(min=1), shape - 2)
    middle = field[at[:, 0], at[:, 1], at[:, 2]]
    around = torch.zeros_like(middle)
    for axis in range(3):
        for step in (-1, 1):
            moved = at.clone()
            moved[:, axis] += step
            around = around + field[moved[:, 0], moved[:, 1], moved[:, 2]]
    return (middle - around / 6.0).square().mean()


def sphere(lattice: Grid, radius: float = 0.4) -> Tensor:
    """Return a start: the distance to a sphere, in spacings, on the lattice's nodes."""
    places = lattice.positions(np.arange(lattice.size))
    distance = (np.linalg.norm(places, axis=1) - radius) / lattice.spacing
    return torch.as_tensor(distance.reshape(lattice.shape), dtype=torch.float32)


def queries_around(
    points: Floats, per_point: int, rng: np.random.Generator
) -> tuple[Floats, NDArray[np.int64]]:
    """Draw queries, Gaussian around each point.

    The standard deviation is the distance to the point's 50th neighbour or the last, as in Ma et
    al. 2021, "Neural-Pull".

    Args:
        points: (N, 3).
        per_point: Queries for each.
        rng: Source of the queries.

    Returns:
        Queries (N * per_point, 3) and the point nearest to each.
    """
    tree = cKDTree(points)
    spread = tree.query(points, k=min(51, len(points)))[0][:, -1]
    offsets = rng.normal(size=(per_point, len(points), 3)) * spread[:, None]
    queries = (points + offsets).reshape(-1, 3)
    return queries, np.asarray(tree.query(queries)[1], dtype=np.int64)


def minimise(
    points: Floats,
    lattice: Grid,
    rng: np.random.Generator,
    *,
    steps: int = 4800,
    batch: int = 5000,
    rate: float = 1.0,
    start: Tensor | None = None,
    weights: LossWeights | None = None,
) -> Tensor:
    """Minimise the loss by Adam on all nodes, the rate times .3 every 400 steps.

    Args:
        points: (N, 3) in the lattice's box.
        lattice: The grid.
        rng: Source of queries and batches.
        steps: Of Adam.
        batch: Queries a step.
        rate: First learning rate, in spacings.
        start: (X, Y, Z) first field; None takes the sphere.
        weights: None for those of the public code.

    Returns:
        The field, lattice.shape, in spacings.
    """
    cloud = torch.as_tensor(lattice.coordinates(points), dtype=torch.float32)
    drawn, index = queries_around(points, 20, rng)
    places = torch.as_tensor(lattice.coordinates(drawn), dtype=torch.float32)
    highest = torch.tensor(lattice.shape, dtype=torch.float32) - 1.001
    places = torch.minimum(places.clamp(min=0.0), highest)
    nearest = torch.as_tensor(index)
    field = (sphere(lattice) if start is None else start.clone()).requires_grad_()
    adam = torch.optim.Adam([field], lr=rate)
    decay = torch.optim.lr_scheduler.StepLR(adam, step_size=400, gamma=0.3)
    for _ in range(steps):
        chosen = torch.as_tensor(rng.integers(0, len(places), batch))
        some, rows = torch.unique(nearest[chosen], return_inverse=True)
        value = loss(field, places[chosen], rows, cloud[some], weights or LossWeights())
        adam.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]
        adam.step()
        decay.step()
    return field.detach()
