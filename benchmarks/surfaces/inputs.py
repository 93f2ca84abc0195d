"""What the methods are given: scans of the evaluation meshes with every fault, and real scans."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.frame import canonical_transform, to_canonical
from caddis.geometry.mesh.sampling import sample_surface
from caddis.geometry.scans import load_scan

Floats = NDArray[np.float64]

THIN = ("ycb_scissors", "scorpion", "plane", "hammer", "tray_bottom", "boat", "human", "fox")
POINTS, DENSE = 30_000, 300_000
NOISE = 0.005  # of the longest side
_STRAYS = 20  # one point of so many
_MARGIN = 0.05  # of the box of strays
_HOLES = 12  # round holes of which each takes at most a twelfth of the points
_FIRST, _STRIDE = 4, 5  # through the manifest, so that the first meshes are of many groups


@dataclass(frozen=True)
class Input:
    """What one reconstruction starts from; longest side 1, centred.

    Attributes:
        points: (N, 3); empty where the mesh itself is given.
        normals: (N, 3) of the faces that the points were drawn from; empty for real scans.
        truth: The mesh that was scanned; None for real scans.
    """

    points: Floats
    normals: Floats
    truth: trimesh.Trimesh | None


def names(folder: Path) -> list[str]:
    """Return the evaluation meshes, those of a group far apart."""
    with (folder / "manifest.csv").open(newline="") as stream:
        listed = [row["name"] for row in csv.DictReader(stream)]
    return [listed[(_FIRST + place * _STRIDE) % len(listed)] for place in range(len(listed))]


def scans(folder: Path) -> list[str]:
    """Return the file names of the real scans."""
    endings = {".ply", ".xyz", ".pcd", ".npy", ".las", ".laz", ".e57"}
    return sorted(path.name for path in (folder / "scans").iterdir() if path.suffix in endings)


@cache
def mesh(folder: Path, name: str) -> trimesh.Trimesh:
    loaded = trimesh.load_mesh(folder / "meshes" / f"{name}.ply", process=False)
    return to_canonical(trimesh.Trimesh(loaded.vertices, loaded.faces, process=False))


def given(folder: Path, kind: str, name: str) -> Input:
    """Return the input of a kind; the same every time."""
    nothing = np.zeros((0, 3))
    if kind == "scan":
        loaded = load_scan(folder / "scans" / name)
        rows = loaded.vertices if isinstance(loaded, trimesh.Trimesh) else loaded[:, :3]
        centre, scale = canonical_transform(rows)
        return Input((rows - centre) * scale, nothing, None)
    truth = mesh(folder, name)
    if kind == "mesh":
        return Input(nothing, nothing, truth)
    points, normals = scanned(truth, kind, DENSE if kind == "dense" else POINTS)
    return Input(points, normals, truth)


def scanned(truth: trimesh.Trimesh, kind: str, count: int, seed: int = 0) -> tuple[Floats, Floats]:
    """Return points (count, 3) and the normals of the faces that they were drawn from."""
    rng = np.random.default_rng(seed)
    if kind == "broken":
        return _broken(truth, count, rng)
    points, normals = sample_surface(truth, count, rng)
    longest = float(truth.extents.max())
    if kind == "noisy":
        points = points + rng.normal(0.0, NOISE * longest, points.shape)
    if kind == "outliers":
        strays = count // _STRAYS
        low, high = truth.bounds
        points[:strays] = rng.uniform(
            low - _MARGIN * longest, high + _MARGIN * longest, (strays, 3)
        )
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
