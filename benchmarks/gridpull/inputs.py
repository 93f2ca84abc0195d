"""Scans of the evaluation meshes: clean, noisy, broken, with strays, and of thin objects."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import trimesh
from numpy.typing import NDArray

from geometry.sampling import sample_surface

Floats = NDArray[np.float64]

KINDS = ("clean", "thin", "noisy", "broken", "outliers")
THIN = ("scorpion", "plane", "hammer", "ycb_scissors", "tray_bottom", "boat", "human", "fox")
NOISE = 0.005  # of the longest side
_HOLES = 12  # round holes of which each takes at most a twelfth of the points


def names(folder: Path, kind: str) -> list[str]:
    if kind == "thin":
        return list(THIN)
    with (folder / "manifest.csv").open(newline="") as stream:
        return [row["name"] for row in csv.DictReader(stream)]


@cache
def mesh(folder: Path, name: str) -> trimesh.Trimesh:
    loaded = trimesh.load_mesh(folder / "meshes" / f"{name}.ply", process=False)
    return trimesh.Trimesh(loaded.vertices, loaded.faces, process=False)


def scan(truth: trimesh.Trimesh, kind: str, count: int, seed: int = 0) -> tuple[Floats, Floats]:
    """Return points (count, 3) and the normals of the faces that they were drawn from."""
    rng = np.random.default_rng(seed)
    longest = float(truth.extents.max())
    if kind == "broken":
        return _broken(truth, count, rng)
    points, normals = sample_surface(truth, count, rng)
    if kind == "noisy":
        points = points + rng.normal(0.0, NOISE * longest, points.shape)
    if kind == "outliers":
        strays = count // 20
        low, high = truth.bounds
        margin = 0.05 * longest
        points[:strays] = rng.uniform(low - margin, high + margin, (strays, 3))
    return points, normals


def _broken(truth: trimesh.Trimesh, count: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """A third of the surface is missing, in round holes."""
    points, normals = sample_surface(truth, count * 3 // 2 + 1, rng)
    kept = np.ones(len(points), dtype=bool)
    missing = len(points) - count
    while (gone := int((~kept).sum())) < missing:
        middle = points[rng.integers(len(points))]
        distance = np.where(kept, np.linalg.norm(points - middle, axis=1), np.inf)
        kept[np.argsort(distance)[: min(missing - gone, len(points) // _HOLES)]] = False
    return points[kept], normals[kept]
