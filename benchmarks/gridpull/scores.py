"""Exact distances both ways, normals, and the topology of what the file would hold."""

from __future__ import annotations

import igl
import numpy as np
import trimesh
from numpy.typing import NDArray

from geometry.gate.topology import topology
from geometry.gate.welded import weld
from geometry.sampling import sample_surface

Floats = NDArray[np.float64]

SAMPLES = 50_000
TAU = 0.003


def scores(made: trimesh.Trimesh, truth: trimesh.Trimesh) -> dict[str, float]:
    """Compare surfaces by points on each and their exact distance to the other's triangles.

    Distances are in thousandths of the true mesh's longest side; manifold and pieces are those
    of the vertices rounded to float32.
    """
    longest = float(truth.extents.max())
    rng = np.random.default_rng(5)
    forth = _one_way(made, truth, rng)
    back = _one_way(truth, made, rng)
    distances = [side[0] / longest for side in (forth, back)]
    precision, recall = (float((d < TAU).mean()) for d in distances)
    shells = topology(weld(made))
    return {
        "cd": 500.0 * sum(float(d.mean()) for d in distances),
        "f": 2.0 * precision * recall / max(precision + recall, 1e-9),
        "nc": (forth[1] + back[1]) / 2.0,
        "hausdorff": 1000.0 * max(float(d.max()) for d in distances),
        "manifold": float(shells.closed_manifold),
        "pieces": float(shells.shell_count),
        "faces": float(len(made.faces)),
    }


def _one_way(
    source: trimesh.Trimesh, target: trimesh.Trimesh, rng: np.random.Generator
) -> tuple[Floats, float]:
    """Distances from points on `source` to `target`, and the mean |cosine| of the normals."""
    points, normals = sample_surface(source, SAMPLES, rng)
    vertices = np.array(target.vertices, dtype=np.float64)
    faces = np.array(target.faces, dtype=np.int64)
    squared, index, _ = igl.point_mesh_squared_distance(points, vertices, faces)
    corners = vertices[faces[np.asarray(index).ravel()]]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    cross /= np.linalg.norm(cross, axis=1, keepdims=True).clip(min=1e-300)
    distance = np.sqrt(np.asarray(squared).ravel().clip(min=0.0))
    return distance, float(np.abs(np.einsum("ij,ij->i", normals, cross)).mean())
