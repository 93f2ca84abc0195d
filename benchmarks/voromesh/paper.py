"""The paper's procedure, step for step: the slow twin of `geometry.voromesh`.

Maruani et al. 2023 and their published code: generators at the corners of the grid cells that
samples fall into, VoroLoss over 10 neighbours, Adam at 5e-3, halved at steps 80, 150, 200 and
250, 400 steps, a random fifth of 150 n^2 samples each, occupancy by winding number at the cells'
barycentres, and the dual of an exact Delaunay triangulation without any cleaning.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import igl
import numpy as np
import torch
import trimesh
from safetensors.torch import load_file, save_file
from scipy.spatial import Voronoi

from geometry.sampling import sample_surface
from geometry.voromesh.diagram import diagram
from geometry.voromesh.dual import boundary
from geometry.voromesh.loss import NEIGHBOURS, by_brute_force, neighbours, voro_loss
from geometry.voromesh.representation import VoroMesh

SAMPLES = 150
STEPS = 400
SHARE = 0.2
RATE = 5e-3
HALVED_AT = [80, 150, 200, 250]
HALF_WIDTH = 0.9  # the longest side spans [-0.9, 0.9]
_PROBE = 4096  # samples in the search that is timed


@dataclass(frozen=True)
class PaperRun:
    """What came out and what it cost; a step with all distances is timed apart."""

    voromesh: VoroMesh
    mesh: trimesh.Trimesh
    seconds: float
    brute_force_seconds: float


def run(
    mesh: trimesh.Trimesh, grid: int, seed: int = 0, checkpoint: Path | None = None
) -> PaperRun:
    """Fit a canonical mesh; the result is canonical, too.

    Minutes on a busy machine: with a `checkpoint` an interrupted run goes on where it was.
    """
    began = time.process_time()
    scale = 2.0 * HALF_WIDTH
    rng = np.random.default_rng(seed)
    samples = sample_surface(mesh, SAMPLES * grid**2, rng)[0] * scale
    points = torch.from_numpy(samples.astype(np.float32))
    places = torch.from_numpy(np.ascontiguousarray(start(samples, grid), dtype=np.float32))
    state = {"places": places, "mean": torch.zeros_like(places), "square": torch.zeros_like(places)}
    state["progress"] = torch.zeros(2, dtype=torch.float64)
    if checkpoint is not None and checkpoint.exists():
        state = load_file(checkpoint)
    first, spent = int(state["progress"][0]), float(state["progress"][1])
    for step in range(first, STEPS):
        chance = torch.Generator().manual_seed(seed * STEPS + step)
        _adam(state, points[torch.rand(len(points), generator=chance) < SHARE], step)
        if checkpoint is not None and step % 20 == 19:
            so_far = spent + time.process_time() - began
            state["progress"] = torch.tensor([step + 1, so_far], dtype=torch.float64)
            checkpoint.parent.mkdir(parents=True, exist_ok=True)
            save_file(state, checkpoint)
    places = state["places"].numpy().astype(np.float64) / scale
    fitted = VoroMesh(places, occupancy(places, mesh))
    result = boundary(diagram(fitted)).mesh()
    seconds = spent + time.process_time() - began
    return PaperRun(
        fitted, result, seconds, seconds + _extra_of_brute_force(points, state["places"])
    )


def _adam(state: dict[str, torch.Tensor], batch: torch.Tensor, step: int) -> None:
    """One step of Adam (Kingma and Ba 2015) with torch's defaults; `state` is changed."""
    places = state["places"].requires_grad_()
    (slope,) = torch.autograd.grad(voro_loss(batch, places), places)
    places.requires_grad_(False)
    rate = RATE * 0.5 ** sum(step >= milestone for milestone in HALVED_AT)
    state["mean"].mul_(0.9).add_(slope, alpha=0.1)
    state["square"].mul_(0.999).addcmul_(slope, slope, value=0.001)
    mean = state["mean"] / (1.0 - 0.9 ** (step + 1))
    square = state["square"] / (1.0 - 0.999 ** (step + 1))
    places.addcdiv_(mean, square.sqrt_().add_(1e-8), value=-rate)


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
