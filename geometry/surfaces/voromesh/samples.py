"""Points on a surface with outward normals, from a mesh, a field, or bare points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, minimum_spanning_tree
from scipy.spatial import cKDTree

from caddis.geometry.errors import ConfigError, EmptyMeshError, NonFiniteError
from caddis.geometry.field import Field
from caddis.geometry.mesh.sampling import sample_surface

Points = NDArray[np.float64]
Indices = NDArray[np.int64]

_NEIGHBOURS = 12
_FEWEST = 4
# The corners of a tetrahedron: four values give a gradient.
_TETRAHEDRON = np.array([[1.0, 1.0, 1.0], [1.0, -1.0, -1.0], [-1.0, 1.0, -1.0], [-1.0, -1.0, 1.0]])


@dataclass(frozen=True)
class Samples:
    """Points on a surface with outward normals.

    Attributes:
        points: (N, 3) float64, any unit.
        normals: (N, 3) float64 of length 1.
    """

    points: Points
    normals: Points

    def thinned(self, count: int) -> Samples:
        """Return the first `count` samples; random ones stay random."""
        return Samples(self.points[:count], self.normals[:count])


def from_mesh(mesh: trimesh.Trimesh, count: int, rng: np.random.Generator) -> Samples:
    """Draw samples uniformly by area from a mesh whose faces point outwards.

    A closed mesh that is inside out is turned first: its signed volume is negative.

    Raises:
        EmptyMeshError: The mesh has no surface.
    """
    points, normals = sample_surface(mesh, count, rng)
    return Samples(points, -normals if mesh.is_watertight and mesh.volume < 0.0 else normals)


def on_field(start: Samples, field: Field, step: float) -> Samples:
    """Move samples onto the zero set of a field, with its gradient as their normal.

    One Newton step along the gradient, which four values at the corners of a tetrahedron
    give. A sample whose value is no distance of a near surface stays as it is.

    Args:
        start: Samples within `step` of the zero set.
        field: Signed distance, or proportional to it; negative inside.
        step: Reach of the gradient's tetrahedron, in canonical units.
    """
    reach = 0.1 * step
    queries = start.points[:, None] + reach / np.sqrt(3.0) * _TETRAHEDRON
    flat = np.asarray(field(queries.reshape(-1, 3).astype(np.float32)), dtype=np.float64)
    values = flat.reshape(-1, 4)
    gradient = values @ _TETRAHEDRON * (np.sqrt(3.0) / (4.0 * reach))
    slope = np.sqrt(np.square(gradient).sum(axis=1))
    distance = values.mean(axis=1) / slope.clip(1e-12)
    unit = gradient / slope.clip(1e-12)[:, None]
    agrees = np.einsum("ij,ij->i", unit, start.normals) > 0.3
    good = (np.abs(distance) < step) & agrees & (slope > 1e-6)
    return Samples(
        np.where(good[:, None], start.points - distance[:, None] * unit, start.points),
        np.where(good[:, None], unit, start.normals),
    )


def from_points(points: Points, normals: Points | None = None) -> Samples:
    """Check points and normals; estimate and orient the normals where there are none.

    Normals are the least principal components of each neighbourhood, turned alike along
    a spanning tree of like neighbours and outwards at the outermost point (Hoppe et al., "Surface
    reconstruction from unorganized points", 1992). That needs clean points, dense against
    the walls' thickness; a noisy scan should become a field first.

    Args:
        points: (N, 3).
        normals: (N, 3) outward, of any length, or None.

    Raises:
        ConfigError: The shapes do not fit.
        NonFiniteError: A coordinate is NaN or infinite.
        EmptyMeshError: Fewer than four points, or all at one place.
    """
    points = np.asarray(points, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] != 3:
        raise ConfigError("points (N, 3) are wanted", f"shape {points.shape}")
    if normals is not None and np.shape(normals) != points.shape:
        raise ConfigError("points and normals differ in shape", f"{np.shape(normals)}")
    if not np.isfinite(points).all() or (normals is not None and not np.isfinite(normals).all()):
        raise NonFiniteError("the points have NaN or infinite coordinates")
    if len(points) < _FEWEST or not np.ptp(points, axis=0).any():
        raise EmptyMeshError(f"{len(points)} points at one place enclose nothing")
    if normals is None:
        return Samples(points, _oriented(points, _estimated(points)))
    given = np.asarray(normals, dtype=np.float64)
    return Samples(points, given / np.linalg.norm(given, axis=1, keepdims=True).clip(1e-300))


def _neighbours(points: Points) -> Indices:
    near = cKDTree(points).query(points, min(_NEIGHBOURS, len(points)))[1]
    return np.asarray(near, dtype=np.int64).reshape(len(points), -1)


def _estimated(points: Points) -> Points:
    near = _neighbours(points)
    around = points[near] - points[near].mean(axis=1, keepdims=True)
    covariance = np.einsum("nki,nkj->nij", around, around)
    normals: Points = np.linalg.eigh(covariance / np.abs(covariance).max())[1][:, :, 0]
    return normals


def _oriented(points: Points, normals: Points) -> Points:
    """Turn normals alike along a minimum spanning tree, outwards at each part's extreme point."""
    count = len(points)
    near = _neighbours(points)
    one, two = np.repeat(np.arange(count), near.shape[1]), near.reshape(-1)
    unlike = 1.0 - np.abs(np.einsum("ij,ij->i", normals[one], normals[two]))
    graph = coo_array((unlike + 1e-9, (one, two)), shape=(count, count)).tocsr()
    tree = minimum_spanning_tree(graph)
    result = normals.copy()
    labels = connected_components(tree, directed=False)[1]
    for part in range(int(labels.max()) + 1):
        members = np.flatnonzero(labels == part)
        away = points[members] - points[members].mean(axis=0)
        root = members[np.square(away).sum(axis=1).argmax()]
        order, parent = breadth_first_order(tree, root, directed=False)
        sign = np.ones(count)
        outward = points[root] - points[members].mean(axis=0)
        sign[root] = 1.0 if result[root] @ outward >= 0.0 else -1.0
        alike = np.einsum("ij,ij->i", normals[order[1:]], normals[parent[order[1:]]]) >= 0.0
        for child, same in zip(order[1:], alike, strict=True):
            sign[child] = sign[parent[child]] if same else -sign[parent[child]]
        result[members] *= sign[members, None]
    return result
