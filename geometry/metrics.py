"""Compare two shapes: distances in both directions, normals, and overlap of solids.

Definitions, with d(a, B) the Euclidean distance from a to the nearest place on the surface of B,
not to the nearest of sampled points, so that the distance of a mesh from itself is 0:

- mean distance from A to B: mean of d(a, B) over points drawn evenly on A; half of the sum of both
  ways is the Chamfer L1 of Mescheder et al. 2019, "Occupancy networks"
- Hausdorff distance from A to B: the largest d(a, B) over those points, a lower bound of the true
  one
- F-score at tau: harmonic mean of the shares of A and of B nearer than tau to the other, as in
  Tatarchenko et al. 2019, "What do single-view 3D reconstruction networks learn?"
- normal consistency: mean |n_a . n_b| at nearest places, averaged over both ways, as in
  Mescheder et al.; the sign is ignored
- volume ratio: volume of A over that of B; IoU: volume inside both over volume inside either
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import igl
import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from caddis.geometry.errors import EmptyMeshError, NotSolidError
from caddis.geometry.mesh.manifold import to_manifold
from caddis.geometry.mesh.sampling import sample_surface
from caddis.geometry.points import checked_rows
from caddis.geometry.triangles import corners, unit_normals

Floats = NDArray[np.float64]
Shape = trimesh.Trimesh | Floats
"""A mesh, points (N, 3), or points with normals (N, 6), whose normals are ignored."""

POINTS = 100_000
"""Number of points drawn on a mesh, and largest number of points used of a cloud."""
TAU = 0.01
"""Distance of the F-score, as a share of the longest side."""


@dataclass(frozen=True)
class Comparison:
    """What `compare` measured of A and B; see the module's definitions.

    Attributes:
        longest_side: Longest side of B's box. All lengths are in the unit of the shapes.
        mean: Mean distance from A to B, and from B to A.
        hausdorff: Hausdorff distance from A to B, and from B to A.
        f_score: At 1 % of the longest side, 0 to 1.
        normal_consistency: 0 to 1; None unless both are meshes.
        volume_ratio: None unless both are closed manifolds with a volume.
        iou: 0 to 1; None unless both are closed manifolds with a volume.
    """

    longest_side: float
    mean: tuple[float, float]
    hausdorff: tuple[float, float]
    f_score: float
    normal_consistency: float | None
    volume_ratio: float | None
    iou: float | None

    def percent(self, lengths: tuple[float, float]) -> tuple[float, float]:
        """Return lengths in percent of the longest side."""
        one, other = (100.0 * length / self.longest_side for length in lengths)
        return one, other

    def to_json(self) -> dict[str, Any]:
        """Return all numbers under names that say their units, for shapes in millimetres."""
        both_ways = {
            "mean_mm": self.mean,
            "mean_percent": self.percent(self.mean),
            "hausdorff_mm": self.hausdorff,
            "hausdorff_percent": self.percent(self.hausdorff),
        }
        return {
            "longest_side_mm": self.longest_side,
            **{name: {"a_to_b": a, "b_to_a": b} for name, (a, b) in both_ways.items()},
            "f_score_at_1_percent": self.f_score,
            "normal_consistency": self.normal_consistency,
            "volume_ratio": self.volume_ratio,
            "iou": self.iou,
        }


def compare(a: Shape, b: Shape, *, points: int = POINTS, seed: int = 0) -> Comparison:
    """Compare two shapes in the same place and unit.

    Args:
        a: The shape to judge.
        b: What it should be.
        points: Number of points drawn on a mesh, and largest number used of a cloud.
        seed: Seed of the drawing.

    Raises:
        EmptyMeshError: A shape has no surface or no points, or all of B is at one place.
        NonFiniteError: A coordinate is NaN or infinite.
        ConfigError: Points with another number of columns.
    """
    rng = np.random.default_rng(seed)
    (on_a, normals_a), (on_b, normals_b) = (
        _points_and_normals(shape, points, rng) for shape in (a, b)
    )
    longest = float(
        b.extents.max() if isinstance(b, trimesh.Trimesh) else np.ptp(on_b, axis=0).max()
    )
    if longest <= 0.0:
        raise EmptyMeshError("all points to compare with are at one place")
    to_b, at_b = distances(on_a, b)
    to_a, at_a = distances(on_b, a)
    consistency = None
    if normals_a is not None and normals_b is not None:
        forth, back = _normal_agreement(normals_a, b, at_b), _normal_agreement(normals_b, a, at_a)
        consistency = (forth + back) / 2.0
    ratio, overlap = _overlap(a, b)
    return Comparison(
        longest_side=longest,
        mean=(float(to_b.mean()), float(to_a.mean())),
        hausdorff=(float(to_b.max()), float(to_a.max())),
        f_score=f_score(to_b, to_a, TAU * longest),
        normal_consistency=consistency,
        volume_ratio=ratio,
        iou=overlap,
    )


def distances(points: Floats, shape: Shape) -> tuple[Floats, NDArray[np.int64]]:
    """Find the nearest place of a shape for each point.

    Args:
        points: (N, 3).
        shape: A mesh with faces, or a cloud with points.

    Returns:
        Distances (N,) float64, and which face or point of the shape is nearest (N,) int64.
    """
    if not isinstance(shape, trimesh.Trimesh):
        far, index = cKDTree(shape[:, :3]).query(points)
        return np.asarray(far), np.asarray(index, dtype=np.int64)
    squared, face, _ = igl.point_mesh_squared_distance(
        np.ascontiguousarray(points, dtype=np.float64),
        np.array(shape.vertices, dtype=np.float64),
        np.array(shape.faces, dtype=np.int64),
    )
    far = np.sqrt(np.asarray(squared).reshape(-1).clip(min=0.0))
    return far, np.asarray(face, dtype=np.int64).reshape(-1)


def f_score(to_b: Floats, to_a: Floats, tau: float) -> float:
    """Return the F-score (0 to 1) at distance `tau` from the distances in both directions."""
    precision, recall = float((to_b < tau).mean()), float((to_a < tau).mean())
    both = precision + recall
    return 2.0 * precision * recall / both if both else 0.0


def _points_and_normals(
    shape: Shape, count: int, rng: np.random.Generator
) -> tuple[Floats, Floats | None]:
    """Points on a shape (N, 3), and their normals where it has faces."""
    if isinstance(shape, trimesh.Trimesh):
        return sample_surface(shape, count, rng)
    rows = checked_rows(shape)
    chosen = rows if len(rows) <= count else rng.choice(rows, count, replace=False)
    return np.ascontiguousarray(chosen[:, :3]), None


def _normal_agreement(normals: Floats, shape: Shape, face: NDArray[np.int64]) -> float:
    """Mean |cosine| between normals (N, 3) and the faces (N,) of a mesh."""
    assert isinstance(shape, trimesh.Trimesh)  # noqa: S101  # it has normals, so it has faces
    opposite = unit_normals(corners(shape.vertices, np.asarray(shape.faces)[face]))
    return float(np.abs(np.einsum("ij,ij->i", normals, opposite)).mean())


def _overlap(a: Shape, b: Shape) -> tuple[float | None, float | None]:
    """Volume ratio and IoU, or None for both."""
    if not (isinstance(a, trimesh.Trimesh) and isinstance(b, trimesh.Trimesh)):
        return None, None
    try:
        one, other = to_manifold(a), to_manifold(b)
    except NotSolidError:
        return None, None
    if not (one.volume() > 0.0 and other.volume() > 0.0):
        return None, None
    both, either = float((one ^ other).volume()), float((one + other).volume())
    return float(one.volume() / other.volume()), both / either
