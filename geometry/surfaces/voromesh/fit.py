"""Fit generators to samples, to a mesh or to a field.

Caddis's back-ends use `fit_field`. `fit_mesh` and `fit_samples` return at most a given number of
generators, for storing or for further optimisation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import trimesh

from caddis.geometry.errors import ConfigError
from caddis.geometry.field import Field
from caddis.geometry.frame import BOX_HALF_WIDTH
from caddis.geometry.surfaces.marching_cubes import MAX_RESOLUTION, MIN_RESOLUTION, MarchingCubes
from caddis.geometry.surfaces.voromesh.corner_start import corner_pairs
from caddis.geometry.surfaces.voromesh.guards import guarded
from caddis.geometry.surfaces.voromesh.representation import VoroMesh
from caddis.geometry.surfaces.voromesh.samples import Samples, from_mesh, on_field
from caddis.geometry.surfaces.voromesh.solver import SolverOptions, refine
from caddis.geometry.surfaces.voromesh.start import mirrored_pairs

SAMPLES_PER_PAIR = 40
"""Samples per pair of generators, or per square cell of a field's surface. All of them are used to
place vertices; the solver uses fewer."""

_SOLVER_SAMPLES_PER_PAIR = 16
_FEWEST_SQUARES = 24
_STEPS_FROM_CORNERS = 3
_GUARD_SHARE = 0.06  # of the generators, kept for the tips of spikes


@dataclass(frozen=True)
class Fit:
    """Fitted generators and the samples that they were fitted to."""

    voromesh: VoroMesh
    samples: Samples


def fit_samples(
    samples: Samples, generators: int, *, seed: int = 0, options: SolverOptions | None = None
) -> VoroMesh:
    """Fit at most `generators` to oriented samples in random order.

    Args:
        samples: Some twenty for each pair of generators, or more.
        generators: Largest number of generators, at least 2. Most stand in pairs; up to 6 % are
            guards (see `guards`), one for each spike. Which spikes there are depends on the
            last bits of the arithmetic, so the count may differ between processors.
        seed: Seed of the start.
        options: Options of the solver.

    Raises:
        ConfigError: Fewer than two generators.
    """
    if generators < 2:
        raise ConfigError("a surface needs a generator on each side", f"generators={generators}")
    options = options or SolverOptions()
    guards = round(_GUARD_SHARE * generators)
    pairs = max((generators - guards) // 2, 1)
    few = samples.thinned(max(_SOLVER_SAMPLES_PER_PAIR * pairs, 1))
    start = mirrored_pairs(few, pairs, np.random.default_rng(seed))
    spacing = float(
        np.median(np.linalg.norm(np.diff(start.generators.reshape(2, -1, 3), axis=0)[0], axis=1))
    )
    half = replace(options, steps=options.steps // 2)
    fitted = refine(guarded(start, few, spacing, guards), few, half)
    fitted = guarded(fitted, few, spacing, generators - len(fitted))
    return refine(fitted, few, replace(options, steps=options.steps - half.steps))


def fit_mesh(mesh: trimesh.Trimesh, generators: int, *, seed: int = 0) -> Fit:
    """Fit at most `generators` (see `fit_samples`) to a closed mesh.

    Raises:
        ConfigError: Fewer than two generators.
        EmptyMeshError: The mesh has no surface.
    """
    rng = np.random.default_rng(seed)
    samples = from_mesh(mesh, SAMPLES_PER_PAIR * max(generators // 2, 1), rng)
    return Fit(fit_samples(samples, generators, seed=seed), samples)


def fit_field(
    field: Field,
    resolution: int,
    *,
    bound: float = BOX_HALF_WIDTH,
    search: int | None = None,
    seed: int = 0,
) -> Fit:
    """Fit generators to the zero set of a field in the box [-bound, bound]^3.

    They start at the corners of a grid (see `corner_start`), so near the surface that a few
    steps are enough. Marching cubes finds the surface. Samples of it are moved onto the field's
    zero set and take its gradient as their normal, which restores edges that marching cubes
    cuts off.

    Args:
        field: Signed distance, negative inside.
        resolution: Cells along a side of the box; for each square cell of the surface there are
            two pairs of generators or fewer, and as many guards.
        bound: Half-width of the box.
        search: Cells along a side of the grid that finds the surface, if that is finer: what is
            thinner than its cells is lost. None takes twice the resolution.
        seed: Of the samples.

    Raises:
        NoSurfaceError: The field does not change sign in the box.
        NonFiniteError: The field returns NaN or infinity.
        ConfigError: The resolution or the bound is out of range.
    """
    if not MIN_RESOLUTION <= resolution <= MAX_RESOLUTION:
        raise ConfigError(
            "the resolution is out of range",
            str(resolution),
            f"Use {MIN_RESOLUTION} to {MAX_RESOLUTION}.",
        )
    if search is None:
        search = min(2 * resolution, MAX_RESOLUTION)
    search = max(resolution, search)
    mesh = MarchingCubes().from_field(field, search, bound=bound)
    cell = 2.0 * bound / resolution
    squares = max(round(float(mesh.area) / cell**2), _FEWEST_SQUARES)
    rough = from_mesh(mesh, SAMPLES_PER_PAIR * squares, np.random.default_rng(seed))
    samples = on_field(rough, field, 2.0 * bound / search)
    few = samples.thinned(_SOLVER_SAMPLES_PER_PAIR * squares)
    start = corner_pairs(field, few, resolution, bound)
    refined = refine(start.voromesh, few, SolverOptions(steps=_STEPS_FROM_CORNERS))
    # The solver would tear holes into thin walls.
    places = np.where(start.tight[:, None], start.voromesh.generators, refined.generators)
    return Fit(refined.moved(places), samples)
