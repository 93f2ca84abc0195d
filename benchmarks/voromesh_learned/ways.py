"""The ways from a field to a mesh that are compared, each timed by its parts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import trimesh

from benchmarks.voromesh_learned.network import Network, grid_start, predict
from benchmarks.voromesh_learned.objects import LIPSCHITZ
from geometry.field import Field
from geometry.marching_cubes import MarchingCubes
from geometry.sparse_grid import sample_near_surface
from geometry.surface import DEFAULT_BOUND, CountingField
from geometry.voromesh.certify import certified
from geometry.voromesh.extract import extract
from geometry.voromesh.fit import SAMPLES_PER_PAIR, fit_samples
from geometry.voromesh.refit import refit
from geometry.voromesh.representation import VoroMesh
from geometry.voromesh.samples import Samples, from_mesh, on_field
from geometry.voromesh.solver import SolverOptions, refine

FEW_STEPS = 3
"""Gauss-Newton steps after a learned start, and after the plain grid start beside it."""

FITS = ((0.5, 20), (1.0, 5), (1.0, 20))
"""The fit: share of its usual number of generators, and Gauss-Newton steps."""

MARCHING_CUBES = "marching cubes"
GRID, LEARNED = "grid start", "learned"
_SOLVER_SHARE = 16 / SAMPLES_PER_PAIR  # as `fit_samples` thins them

Result = TypeVar("Result")


@dataclass(frozen=True)
class Made:
    """A mesh and what it cost.

    Attributes:
        way: Name; "+ refit" at its end where the vertices were moved onto samples.
        mesh: The surface.
        generators: How many; 0 for marching cubes.
        seconds: Processor seconds from the field to the mesh, calls of the field included.
        evaluations: At how many points the field was asked.
    """

    way: str
    mesh: trimesh.Trimesh
    generators: int
    seconds: float
    evaluations: int


@dataclass(frozen=True)
class _Cost:
    seconds: float = 0.0
    evaluations: int = 0

    def __add__(self, other: _Cost) -> _Cost:
        return _Cost(self.seconds + other.seconds, self.evaluations + other.evaluations)


def fit_name(share: float, steps: int) -> str:
    """Return the name of a fit."""
    return f"fit, {steps} steps" + ("" if share == 1.0 else f", {share:g} of the generators")


def few_steps(start: str) -> str:
    """Return the name of a start with a few steps after it."""
    return f"{start} + {FEW_STEPS} steps"


def refitted(way: str) -> str:
    """Return the name of a way with its vertices moved onto samples."""
    return f"{way} + refit"


def all_ways(field: Field, resolution: int, network: Network, seed: int = 0) -> Iterator[Made]:
    """Yield the results of all ways, the cheap ones first.

    Parts that two ways share, such as the samples, are done once and charged to both.

    Args:
        field: Negative inside.
        resolution: Cells along a side of the box.
        network: Trained weights.
        seed: Of the samples and the fit's start.
    """
    counting = CountingField(field)
    cubes, to_cubes = _timed(counting, lambda: MarchingCubes().from_field(counting, resolution))
    yield Made(MARCHING_CUBES, cubes, 0, to_cubes.seconds, to_cubes.evaluations)
    samples, to_samples = _timed(counting, lambda: sampled(counting, resolution, 1.0, seed))
    values, to_values = _timed(
        counting, lambda: sample_near_surface(counting, resolution, DEFAULT_BOUND, LIPSCHITZ)
    )
    starts: dict[str, Callable[[], VoroMesh]] = {
        GRID: lambda: grid_start(values, DEFAULT_BOUND),
        LEARNED: lambda: predict(network, values, DEFAULT_BOUND),
    }
    few = samples.thinned(round(_SOLVER_SHARE * len(samples.points)))
    for name, make in starts.items():
        start, to_start = _timed(counting, make)
        yield from _meshes(name, start, to_values + to_start, samples, to_samples)
        moved, to_moved = _timed(counting, lambda: refine(start, few, SolverOptions(FEW_STEPS)))  # noqa: B023
        cost = to_values + to_start + to_samples + to_moved
        yield from _meshes(few_steps(name), moved, cost, samples, _Cost())
    for share, steps in FITS:
        own, to_own = _timed(counting, lambda: sampled(counting, resolution, share, seed))  # noqa: B023
        fitted, to_fitted = _timed(counting, lambda: _fit(own, steps, seed))  # noqa: B023
        yield from _meshes(fit_name(share, steps), fitted, to_own + to_fitted, own, _Cost())


def sampled(field: Field, resolution: int, share: float, seed: int) -> Samples:
    """Return the samples that `fit_field` takes for a share of its usual generators."""
    mesh = MarchingCubes().from_field(field, resolution)
    step = 2.0 * DEFAULT_BOUND / resolution
    pairs = max(round(share * float(mesh.area) / step**2), 1)
    rng = np.random.default_rng(seed)
    return on_field(from_mesh(mesh, SAMPLES_PER_PAIR * pairs, rng), field, step)


def _fit(samples: Samples, steps: int, seed: int) -> VoroMesh:
    generators = 2 * max(len(samples.points) // SAMPLES_PER_PAIR, 1)
    options = replace(SolverOptions(), steps=steps)
    return fit_samples(samples, generators, seed=seed, options=options)


def _meshes(
    way: str, voromesh: VoroMesh, so_far: _Cost, samples: Samples, to_samples: _Cost
) -> Iterator[Made]:
    """Extract, and go on to the refitted mesh as `extract_refitted` does."""
    base, to_base = _timed(None, lambda: extract(voromesh))
    cost = so_far + to_base
    yield Made(way, base, len(voromesh), cost.seconds, cost.evaluations)
    vertices, faces = np.asarray(base.vertices), np.asarray(base.faces)
    mesh, to_mesh = _timed(
        None, lambda: certified(vertices, refit(vertices, faces, samples), faces)
    )
    cost = cost + to_samples + to_mesh
    yield Made(refitted(way), mesh, len(voromesh), cost.seconds, cost.evaluations)


def _timed(field: CountingField | None, make: Callable[[], Result]) -> tuple[Result, _Cost]:
    before = field.evaluations if field else 0
    began = time.process_time()
    result = make()
    seconds = time.process_time() - began
    return result, _Cost(seconds, (field.evaluations if field else 0) - before)
