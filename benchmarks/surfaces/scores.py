"""Exact distances both ways, normals, and what is wrong with the surface that a file would hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import trimesh

from caddis.geometry.mesh.sampling import sample_surface
from caddis.geometry.mesh.self_intersection import self_intersections
from caddis.geometry.mesh.topology import topology
from caddis.geometry.mesh.welded import weld
from caddis.geometry.metrics import Floats, distances, f_score
from caddis.geometry.triangles import corners, unit_normals

Scores = dict[str, Any]
Mesh = trimesh.Trimesh

SAMPLES = 20_000
TAUS = {"f003": 0.003, "f005": 0.005, "f01": 0.01}
_SEED = 5


def nearness(made: trimesh.Trimesh, truth: trimesh.Trimesh) -> Scores:
    """Compare surfaces by points on each and their exact distance to the other's triangles.

    Lengths are shares of the true mesh's longest side: `cd1` the mean distance of both ways,
    in 1e-3; `cd2` the two mean squared distances added, in 1e-6; `hd` the largest distance, in
    1e-3. `nc` is the mean |cosine| between the normals.
    """
    longest = float(truth.extents.max())
    rng = np.random.default_rng(_SEED)
    forth, back = _one_way(made, truth, rng), _one_way(truth, made, rng)
    shares = [side[0] / longest for side in (forth, back)]
    found = {
        "cd1": 500.0 * sum(float(d.mean()) for d in shares),
        "cd2": 1e6 * sum(float(np.square(d).mean()) for d in shares),
        "hd": 1000.0 * max(float(d.max()) for d in shares),
        "nc": (forth[1] + back[1]) / 2.0,
    }
    return found | {name: f_score(*shares, tau) for name, tau in TAUS.items()}


def reach(made: trimesh.Trimesh, points: Floats) -> Scores:
    """Return how far a scan's points (N, 3) are from the surface, in 1e-3 of the longest side."""
    chosen = np.random.default_rng(_SEED).permutation(len(points))[:SAMPLES]
    distance, _ = distances(points[chosen], made)
    distance = 1000.0 * distance / float(np.ptp(points, axis=0).max())
    return {"median": float(np.median(distance)), "p95": float(np.percentile(distance, 95.0))}


def soundness(made: trimesh.Trimesh) -> Scores:
    """Judge the vertices rounded to float32 and welded, as a reader of STL sees them."""
    welded = weld(made)
    shells = topology(welded)
    found = self_intersections(welded.vertices, welded.faces)
    return {
        "closed": shells.open_edges == 0,
        "manifold": shells.closed_manifold,
        "crossings": len(found.pairs),
        "collapsed": welded.collapsed,
        "pieces": shells.shell_count,
        "faces": len(made.faces),
    }


def _one_way(
    source: trimesh.Trimesh, target: trimesh.Trimesh, rng: np.random.Generator
) -> tuple[Floats, float]:
    """Distances from points on `source` to `target`, and the mean |cosine| of the normals."""
    points, normals = sample_surface(source, SAMPLES, rng)
    distance, face = distances(points, target)
    opposite = unit_normals(corners(target.vertices, np.asarray(target.faces)[face]))
    return distance, float(np.abs(np.einsum("ij,ij->i", normals, opposite)).mean())
