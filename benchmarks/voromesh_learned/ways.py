"""The ways from a field to a mesh that are compared, each timed by its parts and scored."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import trimesh

from benchmarks.surfaces.scores import nearness
from benchmarks.voromesh_learned.network import Network, predict
from benchmarks.voromesh_learned.objects import LIPSCHITZ, HeldOut
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

LEARNED, UNTRAINED, CUBES = "learned", "untrained", "marching cubes"
STEPS = ", 3 Gauss-Newton steps"
REFIT = ", refit"
FITS = {
    "fit, half of the generators, 5 steps": (0.5, 5),
    "fit, 5 steps": (1.0, 5),
    "fit, 20 steps": (1.0, 20),
}
"""Share of the fit's usual number of generators, and Gauss-Newton steps."""

_SEARCH = 2  # times finer: cells that find the surface, as in `fit_field`
_SOLVER_SHARE = 16 / SAMPLES_PER_PAIR  # as `fit_samples` thins them

Result = TypeVar("Result")


@dataclass(frozen=True)
class Row:
    """One way on one object at one grid.

    Attributes:
        name: The object.
        grid: Cells along a side of the box.
        way: What made it.
        generators: How many; 0 for marching cubes.
        faces: Triangles.
        seconds: Processor seconds from the field to the mesh.
        evaluations: At how many points the field was asked.
        cd1: See `benchmarks.surfaces.scores.nearness`.
        hd: The same.
        nc: The same.
    """

    name: str
    grid: int
    way: str
    generators: int
    faces: int
    seconds: float
    evaluations: int
    cd1: float
    hd: float
    nc: float


@dataclass(frozen=True)
class _Cost:
    seconds: float = 0.0
    evaluations: int = 0

    def __add__(self, other: _Cost) -> _Cost:
        return _Cost(self.seconds + other.seconds, self.evaluations + other.evaluations)


def measure(shape: HeldOut, grid: int, network: Network, seed: int = 0) -> Iterator[Row]:
    """Yield a row for each way.

    Parts that two ways share, such as the samples, are done once and charged to both.

    Args:
        shape: The object and the field that all ways read.
        grid: Cells along a side of the box.
        network: Trained weights.
        seed: Of the samples and the fit's start.
    """
    field = CountingField(shape.field)

    def row(way: str, count: int, mesh: trimesh.Trimesh, cost: _Cost) -> Row:
        near = nearness(mesh, shape.mesh)
        scores = (near["cd1"], near["hd"], near["nc"])
        head = (shape.name, grid, way, count, len(mesh.faces))
        return Row(*head, cost.seconds, cost.evaluations, *scores)

    def meshes(way: str, made: VoroMesh, cost: _Cost, to_samples: _Cost) -> Iterator[Row]:
        base, to_base = _timed(field, lambda: extract(made))
        cost += to_base
        if STEPS not in way:
            yield row(way, len(made), base, cost)
        mesh, to_mesh = _timed(field, lambda: _refitted(base, samples))
        yield row(way + REFIT, len(made), mesh, cost + to_samples + to_mesh)

    cubes, cost = _timed(field, lambda: MarchingCubes().from_field(field, grid))
    yield row(CUBES, 0, cubes, cost)
    samples, to_samples = _timed(field, lambda: sampled(field, grid, seed))
    values, to_values = _timed(
        field, lambda: sample_near_surface(field, grid, DEFAULT_BOUND, LIPSCHITZ)
    )
    few = samples.thinned(round(_SOLVER_SHARE * len(samples.points)))
    for name, weights in ((UNTRAINED, Network()), (LEARNED, network)):
        start, cost = _timed(field, lambda: predict(weights, values, DEFAULT_BOUND))  # noqa: B023
        yield from meshes(name, start, to_values + cost, to_samples)
        moved, to_moved = _timed(field, lambda: refine(start, few, SolverOptions(3)))  # noqa: B023
        yield from meshes(name + STEPS, moved, to_values + cost + to_samples + to_moved, _Cost())
    for name, settings in FITS.items():
        fitted, cost = _timed(field, lambda: _fit(samples, *settings, seed))  # noqa: B023
        yield from meshes(name, fitted, to_samples + cost, _Cost())


def sampled(field: Field, grid: int, seed: int) -> Samples:
    """Return the samples that `fit_field` takes."""
    mesh = MarchingCubes().from_field(field, _SEARCH * grid)
    step = 2.0 * DEFAULT_BOUND / grid
    pairs = max(round(float(mesh.area) / step**2), 1)
    rough = from_mesh(mesh, SAMPLES_PER_PAIR * pairs, np.random.default_rng(seed))
    return on_field(rough, field, step / _SEARCH)


def _fit(samples: Samples, share: float, steps: int, seed: int) -> VoroMesh:
    generators = 2 * max(round(share * len(samples.points)) // SAMPLES_PER_PAIR, 1)
    options = replace(SolverOptions(), steps=steps)
    return fit_samples(samples, generators, seed=seed, options=options)


def _refitted(base: trimesh.Trimesh, samples: Samples) -> trimesh.Trimesh:
    """Go on as `extract_refitted` does."""
    vertices, faces = np.asarray(base.vertices), np.asarray(base.faces)
    return certified(vertices, refit(vertices, faces, samples), faces)


def _timed(field: CountingField, make: Callable[[], Result]) -> tuple[Result, _Cost]:
    before, began = field.evaluations, time.process_time()
    result = make()
    return result, _Cost(time.process_time() - began, field.evaluations - before)
