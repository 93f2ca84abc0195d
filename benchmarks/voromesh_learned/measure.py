"""How near each mesh is to the object, and whether it is clean."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import igl
import numpy as np
import trimesh
from numpy.typing import NDArray

from benchmarks.voromesh_learned.network import Network
from benchmarks.voromesh_learned.objects import HeldOut
from benchmarks.voromesh_learned.ways import all_ways
from geometry.field import SolidField
from geometry.sampling import sample_surface
from geometry.voromesh.cleanup import passes

POINTS = 10_000
"""Drawn on each surface; their distances to the other one are exact."""

_PROBES = 3000


@dataclass(frozen=True)
class Row:
    """One way on one object at one grid.

    Attributes:
        name: The object.
        grid: Cells along a side of the box.
        way: See `ways`.
        generators: How many.
        faces: Triangles.
        seconds: Processor seconds with the cheap field.
        evaluations: Calls of the field.
        dear: Processor seconds that one evaluation of the exact field takes near the surface.
        distance: Mean exact point-to-mesh distance of both directions, longest side 1.
        hausdorff: The largest distance seen.
        normals: Mean |cosine| of the normals there.
        clean: Closed, manifold, oriented and free of self-intersections in float32.
    """

    name: str
    grid: int
    way: str
    generators: int
    faces: int
    seconds: float
    evaluations: int
    dear: float
    distance: float
    hausdorff: float
    normals: float
    clean: bool

    def as_dict(self) -> dict[str, object]:
        """Return the fields, for JSON."""
        return asdict(self)

    def cost(self, *, dear: bool) -> float:
        """Return seconds, with the exact field's evaluations added if `dear`."""
        return self.seconds + (self.evaluations * self.dear if dear else 0.0)


def measure(shape: HeldOut, grid: int, network: Network) -> Iterator[Row]:
    """Yield a row for each way."""
    dear = _seconds_an_evaluation(shape)
    for made in all_ways(shape.field, grid, network):
        rng = np.random.default_rng(0)
        forth, cosines = _one_way(made.mesh, shape.mesh, rng)
        back, others = _one_way(shape.mesh, made.mesh, rng)
        yield Row(
            shape.name,
            grid,
            made.way,
            made.generators,
            len(made.mesh.faces),
            made.seconds,
            made.evaluations,
            dear,
            distance=float(forth.mean() + back.mean()) / 2.0,
            hausdorff=float(max(forth.max(), back.max())),
            normals=float(cosines.mean() + others.mean()) / 2.0,
            clean=passes(made.mesh),
        )


def _seconds_an_evaluation(shape: HeldOut) -> float:
    rng = np.random.default_rng(0)
    near = shape.mesh.vertices[rng.integers(len(shape.mesh.vertices), size=_PROBES)]
    queries = (near + rng.normal(0.0, 0.02, near.shape)).astype(np.float32)
    exact = SolidField(shape.mesh)
    began = time.process_time()
    exact(queries)
    return (time.process_time() - began) / _PROBES


def _one_way(
    source: trimesh.Trimesh, target: trimesh.Trimesh, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Exact distances (N,) of points on `source` to `target`, and |cosine| of the normals."""
    points, normals = sample_surface(source, POINTS, rng)
    vertices, faces = np.array(target.vertices), np.array(target.faces, dtype=np.int64)
    squared, nearest, _ = igl.point_mesh_squared_distance(points, vertices, faces)
    corners = vertices[faces[np.asarray(nearest).reshape(-1)]]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    cross /= np.linalg.norm(cross, axis=1, keepdims=True).clip(min=1e-300)
    cosine = np.abs(np.einsum("ij,ij->i", normals, cross))
    return np.sqrt(np.asarray(squared).reshape(-1).clip(min=0.0)), cosine
