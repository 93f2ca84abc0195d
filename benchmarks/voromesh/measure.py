"""What each procedure gives and costs on one mesh."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from pathlib import Path

import igl
import numpy as np
import trimesh

from benchmarks.voromesh import paper
from geometry.gate.self_intersection import self_intersections
from geometry.gate.topology import topology
from geometry.gate.welded import weld
from geometry.sampling import sample_surface
from geometry.voromesh.extract import extract, extract_refitted
from geometry.voromesh.fit import fit_mesh

POINTS = 50_000
PROCEDURES = ("paper", "cells", "refitted")
SEED = 7


@dataclass(frozen=True)
class Row:
    """One procedure on one mesh. Distances are shares of the longest side; NC is |cosine|.

    Attributes:
        mesh: Name.
        grid: The paper's resolution.
        procedure: One of `PROCEDURES`.
        generators: How many.
        faces: Triangles.
        seconds: Processor seconds from mesh to mesh.
        slow_seconds: The same with the search by brute force (paper only, else `seconds`).
        distance: Mean of the exact point-to-mesh distances of both directions.
        squared: Sum of the two mean squared distances.
        hausdorff: Largest distance.
        normals: Normal consistency.
        closed_manifold: Whether the float32 surface is closed, manifold and oriented.
        crossings: Pairs of faces that meet in the float32 surface.
        collapsed: Faces without three different corners in float32.
    """

    mesh: str
    grid: int
    procedure: str
    generators: int
    faces: int
    seconds: float
    slow_seconds: float
    distance: float
    squared: float
    hausdorff: float
    normals: float
    closed_manifold: bool
    crossings: int
    collapsed: int

    @property
    def clean(self) -> bool:
        """Tell whether nothing is wrong with the file."""
        return self.closed_manifold and not self.crossings and not self.collapsed

    def as_dict(self) -> dict[str, object]:
        """Return the fields, for JSON."""
        return asdict(self)


def measure(
    name: str,
    mesh: trimesh.Trimesh,
    grid: int,
    procedure: str,
    generators: int,
    *,
    checkpoint: Path | None = None,
) -> Row:
    """Run one procedure on a canonical mesh; ours with the paper's number of generators."""
    if procedure == "paper":
        done = paper.run(mesh, grid, checkpoint=checkpoint)
        result, seconds, slow = done.mesh, done.seconds, done.brute_force_seconds
        generators = len(done.voromesh)
    else:
        began = time.process_time()
        fitted = fit_mesh(mesh, generators)
        if procedure == "cells":
            result = extract(fitted.voromesh)
        else:
            result = extract_refitted(fitted.voromesh, fitted.samples)
        seconds = slow = time.process_time() - began
        generators = len(fitted.voromesh)
    welded = weld(result)
    shape = topology(welded)
    crossings = len(self_intersections(welded.vertices, welded.faces).pairs)
    return Row(
        name,
        grid,
        procedure,
        generators,
        len(result.faces),
        seconds,
        slow,
        **_nearness(result, mesh),
        closed_manifold=shape.closed_manifold,
        crossings=crossings,
        collapsed=welded.collapsed,
    )


def _nearness(result: trimesh.Trimesh, truth: trimesh.Trimesh) -> dict[str, float]:
    """Exact distances of random points on each surface to the other one."""
    rng = np.random.default_rng(SEED)
    means, squares, largest, cosines = [], [], [], []
    for one, other in ((result, truth), (truth, result)):
        points, normals = sample_surface(one, POINTS, rng)
        vertices, faces = np.array(other.vertices), np.array(other.faces, dtype=np.int64)
        squared, face, _ = igl.point_mesh_squared_distance(points, vertices, faces)
        corners = vertices[faces[face]]
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        across /= np.linalg.norm(across, axis=1, keepdims=True).clip(1e-300)
        distance = np.sqrt(squared)
        means.append(distance.mean())
        squares.append(squared.mean())
        largest.append(distance.max())
        cosines.append(np.abs(np.einsum("ij,ij->i", across, normals)).mean())
    return {
        "distance": float(np.mean(means)),
        "squared": float(np.sum(squares)),
        "hausdorff": float(max(largest)),
        "normals": float(np.mean(cosines)),
    }
