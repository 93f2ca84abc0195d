"""The paper's procedure, step for step: the slow twin of `caddis.geometry.surfaces.voromesh`.

Maruani et al. 2023 and their published code: generators at the corners of the grid cells that
samples fall into, VoroLoss over 10 neighbours, Adam at 5e-3, halved at steps 80, 150, 200 and
250, 400 steps, a random fifth of 150 n^2 samples each, occupancy by winding number at the cells'
barycentres, and the dual of an exact Delaunay triangulation without any cleaning.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import igl
import numpy as np
import torch
import trimesh
from scipy.spatial import Voronoi

from benchmarks.surfaces.voro_loss import NEIGHBOURS, by_brute_force, neighbours, voro_loss
from caddis.geometry.mesh.sampling import sample_surface
from caddis.geometry.surfaces.voromesh.diagram import diagram
from caddis.geometry.surfaces.voromesh.dual import boundary
from caddis.geometry.surfaces.voromesh.representation import VoroMesh

SAMPLES = 150
STEPS = 400
SHARE = 0.2
RATE = 5e-3
HALVED_AT = [80, 150, 200, 250]
HALF_WIDTH = 0.9  # the longest side spans [-0.9, 0.9]
_PROBE = 4096  # samples in the search that is timed


@dataclass(frozen=True)
class PaperRun:
    """What came out, and the processor seconds with a search by all distances, as published."""

    voromesh: VoroMesh
    mesh: trimesh.Trimesh
    brute_force_seconds: float


def run(mesh: trimesh.Trimesh, grid: int, seed: int = 0) -> PaperRun:
    """Fit a canonical mesh; the result is canonical, too."""
    began = time.process_time()
    scale = 2.0 * HALF_WIDTH
    samples = sample_surface(mesh, SAMPLES * grid**2, np.random.default_rng(seed))[0] * scale
    points = torch.from_numpy(samples.astype(np.float32))
    places = torch.from_numpy(np.ascontiguousarray(start(samples, grid), dtype=np.float32))
    places.requires_grad_()
    adam = torch.optim.Adam([places], lr=RATE)
    halving = torch.optim.lr_scheduler.MultiStepLR(adam, HALVED_AT, gamma=0.5)
    chance = torch.Generator().manual_seed(seed)
    for _ in range(STEPS):
        adam.zero_grad()
        batch = points[torch.rand(len(points), generator=chance) < SHARE]
        voro_loss(batch, places).backward()  # type: ignore[no-untyped-call]
        adam.step()
        halving.step()
    fitted_places = places.detach().numpy().astype(np.float64) / scale
    fitted = VoroMesh(fitted_places, occupancy(fitted_places, mesh))
    result = boundary(diagram(fitted)).mesh()
    seconds = time.process_time() - began
    brute_force = seconds + _extra_of_brute_force(points, places.detach())
    return PaperRun(fitted, result, brute_force)


def count(mesh: trimesh.Trimesh, grid: int, seed: int = 0) -> int:
    """Return how many generators `run` takes for a canonical mesh."""
    samples = sample_surface(mesh, SAMPLES * grid**2, np.random.default_rng(seed))[0]
    return len(start(samples * 2.0 * HALF_WIDTH, grid))


def start(samples: np.ndarray, grid: int) -> np.ndarray:
    """Corners (n, 3) in [-1, 1] of the cells of a grid^3 lattice that hold samples (N, 3)."""
    low = np.floor((samples + 1.0) / 2.0 * (grid - 1)).astype(np.int64)
    used = np.zeros((grid,) * 3, dtype=bool)
    for corner in np.ndindex(2, 2, 2):
        used[tuple((low + corner).T)] = True
    return np.argwhere(used) / (grid - 1) * 2.0 - 1.0


def occupancy(places: np.ndarray, mesh: trimesh.Trimesh) -> np.ndarray:
    """(n,) whether the mean of each cell's corners lies inside the mesh."""
    far = 2.0 * np.array(list(np.ndindex(2, 2, 2))) - 1.0
    cells = Voronoi(np.concatenate([places, far]))
    corners = [cells.vertices[[v for v in cells.regions[r] if v >= 0]] for r in cells.point_region]
    middles = np.array([c.mean(axis=0) for c in corners[: len(places)]])
    winding = igl.fast_winding_number(
        np.array(mesh.vertices), np.array(mesh.faces, dtype=np.int64), middles
    )
    return np.asarray(winding).reshape(-1) > 0.5


def _extra_of_brute_force(points: torch.Tensor, generators: torch.Tensor) -> float:
    """What 400 searches cost more by sorting all distances, as the code does, than by a tree."""
    few = points[:_PROBE]
    began = time.process_time()
    by_brute_force(few, generators, NEIGHBOURS + 1)
    between = time.process_time()
    neighbours(few, generators)
    extra = (between - began) - (time.process_time() - between)
    return STEPS * SHARE * len(points) / len(few) * extra
