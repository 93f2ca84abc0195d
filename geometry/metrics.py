"""How near two shapes are: distances between point clouds, and overlap of solids.

Definitions, for clouds A and B with d(a, B) the Euclidean distance from a to its
nearest point of B:

- accuracy and completeness: mean of d(a, B) over A (the result), of d(b, A) over B (the reference)
- Chamfer L1: (accuracy + completeness) / 2, as in Mescheder et al. 2019, "Occupancy networks"
- Chamfer L2: mean of d(a, B)^2 plus mean of d(b, A)^2, as in Fan et al. 2017, "A point set
  generation network", without the square root
- F-score at tau: harmonic mean of the shares of A and of B nearer than tau to the other, as in
  Tatarchenko et al. 2019, "What do single-view 3D reconstruction networks learn?"
- Hausdorff: the largest of all d(a, B) and d(b, A)
- normal consistency: mean |n_a . n_b| over nearest pairs, averaged over both directions, as in
  Mescheder et al.; the sign is ignored
- IoU: volume inside both over volume inside either
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from caddis.geometry.accelerate import nearest
from caddis.geometry.errors import ConfigError, EmptyMeshError
from caddis.geometry.field import Field
from caddis.geometry.mesh.sampling import sample_surface

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """Nearest neighbours in both directions between a cloud A and a reference B.

    Attributes:
        to_b: d(a, B) for each a, (N,) float64.
        to_a: d(b, A) for each b, (M,) float64.
        index_b: Which b is nearest to each a, (N,) int64.
        index_a: Which a is nearest to each b, (M,) int64.
    """

    to_b: FloatArray
    to_a: FloatArray
    index_b: NDArray[np.int64]
    index_a: NDArray[np.int64]

    @property
    def chamfer_l1(self) -> float:
        """Mean distance, in the clouds' unit."""
        return float(self.to_b.mean() + self.to_a.mean()) / 2.0

    @property
    def chamfer_l2(self) -> float:
        """Sum of the two mean squared distances, in the clouds' unit squared."""
        return float(np.square(self.to_b).mean() + np.square(self.to_a).mean())

    @property
    def hausdorff(self) -> float:
        """Largest distance, in the clouds' unit."""
        return float(max(self.to_b.max(), self.to_a.max()))

    def f_score(self, tau: float) -> float:
        """Return the F-score at distance `tau`, 0 to 1."""
        precision, recall = float((self.to_b < tau).mean()), float((self.to_a < tau).mean())
        return 2.0 * precision * recall / (precision + recall) if precision + recall else 0.0

    def normal_consistency(self, normals_a: FloatArray, normals_b: FloatArray) -> float:
        """Return the mean |cosine| between unit normals (N, 3) and (M, 3), 0 to 1."""
        forth = np.einsum("ij,ij->i", normals_a, normals_b[self.index_b])
        back = np.einsum("ij,ij->i", normals_b, normals_a[self.index_a])
        return float(np.abs(forth).mean() + np.abs(back).mean()) / 2.0


def pair(a: FloatArray, b: FloatArray) -> Pairs:
    """Find nearest neighbours between clouds (N, 3) and (M, 3).

    Raises:
        EmptyMeshError: A cloud has no points.
    """
    if len(a) == 0 or len(b) == 0:
        raise EmptyMeshError("a cloud without points has no distance")
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    to_b, index_b = nearest(a, b)
    to_a, index_a = nearest(b, a)
    return Pairs(to_b, to_a, index_b, index_a)


@dataclass(frozen=True)
class SurfaceScores:
    """What `compare_surfaces` measured; see the module's definitions."""

    chamfer_l1: float
    chamfer_l2: float
    hausdorff: float
    f_score: float
    normal_consistency: float


def compare_surfaces(
    result: trimesh.Trimesh,
    reference: trimesh.Trimesh,
    rng: np.random.Generator,
    *,
    count: int = 30_000,
    tau: float = 0.01,
) -> SurfaceScores:
    """Compare two surfaces by points drawn uniformly on both.

    Two samples of one surface are not at distance zero: with N points on an area A
    their mean distance is about 0.5 sqrt(A / N), and the F-score stays at
    1 - exp(-pi N tau^2 / A). Compare numbers of equal `count` only, and show beside them
    what `compare_surfaces(reference, reference, ...)` gives: the best there is.

    Args:
        result: The mesh to judge.
        reference: The true one, in the same frame and unit.
        rng: Source of the samples.
        count: Points on each surface.
        tau: Distance of the F-score, in the meshes' unit; 0.01 is 1 % of a canonical object.

    Raises:
        EmptyMeshError: A mesh has no surface.
    """
    points_a, normals_a = sample_surface(result, count, rng)
    points_b, normals_b = sample_surface(reference, count, rng)
    pairs = pair(points_a, points_b)
    return SurfaceScores(
        chamfer_l1=pairs.chamfer_l1,
        chamfer_l2=pairs.chamfer_l2,
        hausdorff=pairs.hausdorff,
        f_score=pairs.f_score(tau),
        normal_consistency=pairs.normal_consistency(normals_a, normals_b),
    )


def chamfer_matrix(a: Sequence[FloatArray], b: Sequence[FloatArray]) -> FloatArray:
    """Return Chamfer L2 between every cloud of `a` and every one of `b`.

    For MMD, coverage and 1-NNA. Each cloud's k-d tree is built once; 2,048 points
    against 2,048 take some milliseconds a pair.

    Args:
        a: A clouds (N_i, 3).
        b: B clouds (M_j, 3).

    Returns:
        (A, B) float64.
    """
    trees_a, trees_b = ([cKDTree(cloud) for cloud in clouds] for clouds in (a, b))
    result = np.zeros((len(a), len(b)))
    for i, tree_a in enumerate(trees_a):
        for j, tree_b in enumerate(trees_b):
            forth, back = tree_b.query(tree_a.data)[0], tree_a.query(tree_b.data)[0]
            result[i, j] = np.square(forth).mean() + np.square(back).mean()
    return result


def iou(inside_a: NDArray[np.bool_], inside_b: NDArray[np.bool_]) -> float:
    """Return the intersection over union of two occupancies at the same points.

    Two empty ones agree: 1.

    Raises:
        ConfigError: The shapes differ.
    """
    if inside_a.shape != inside_b.shape:
        raise ConfigError("occupancies differ in shape", f"{inside_a.shape} and {inside_b.shape}")
    union = int(np.count_nonzero(inside_a | inside_b))
    return float(np.count_nonzero(inside_a & inside_b)) / union if union else 1.0


def field_iou(
    a: Field,
    b: Field,
    rng: np.random.Generator,
    *,
    count: int = 100_000,
    bound: float = 0.55,
) -> float:
    """Estimate the IoU of two fields at uniform random points in the box [-bound, bound]^3.

    The standard error is about sqrt(IoU (1 - IoU) / points inside either).

    Args:
        a: Signed distance, negative inside.
        b: Signed distance, negative inside.
        rng: Source of the points.
        count: Number of points.
        bound: Half-width of the box.
    """
    points = rng.uniform(-bound, bound, (count, 3)).astype(np.float32)
    return iou(a(points) < 0, b(points) < 0)
