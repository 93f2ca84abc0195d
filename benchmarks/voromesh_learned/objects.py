"""Objects of the shipped pack as distance grids with oriented samples, kept in a cache."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import trimesh
from numpy.typing import NDArray

from data.record import ObjectRecord
from geometry.field import GridField, SolidField
from geometry.files import atomic_path
from geometry.sampling import sample_surface
from geometry.sparse_grid import sample_near_surface
from geometry.surface import DEFAULT_BOUND

FINEST = 64
"""Cells a side of the finest grid that the network learns from; 32 is each second corner."""

FIELD_CELLS = 128
"""Cells a side of the grid whose trilinear interpolation is the field that all methods read."""

LIPSCHITZ = 2.0  # distances of up to sqrt(3) cells are then exact, farther ones only rough
SAMPLES = 30_000


@dataclass(frozen=True)
class Training:
    """One object to learn from.

    Attributes:
        values: (65, 65, 65) float32, signed distances in canonical units.
        points: (N, 3) float32 samples of the surface, canonical.
        normals: (N, 3) float32.
    """

    values: NDArray[np.float32]
    points: NDArray[np.float32]
    normals: NDArray[np.float32]


@dataclass(frozen=True)
class HeldOut:
    """One object to measure on: its mesh and a cheap field of it."""

    name: str
    mesh: trimesh.Trimesh
    field: GridField


def chosen(pack: Iterable[ObjectRecord], split: str, count: int, seed: int) -> list[ObjectRecord]:
    """Return `count` solids of a split, drawn by seed alone."""
    records = [record for record in pack if record.split == split]
    order = np.random.default_rng(seed).permutation(len(records))[:count]
    return [records[index] for index in order]


def prepare(record: ObjectRecord, cache: Path) -> Path:
    """Compute what `load_training` reads, unless it is there."""
    path = cache / f"train-{record.id}.npz"
    if path.exists():
        return path
    values = sample_near_surface(SolidField(record.mesh), FINEST, DEFAULT_BOUND, LIPSCHITZ)
    points, normals = sample_surface(record.mesh, SAMPLES, np.random.default_rng(0))
    with atomic_path(path) as beside:
        np.savez(
            beside,
            cells=_in_cells(values).astype(np.float16),
            points=points.astype(np.float32),
            normals=normals.astype(np.float16),
        )
    return path


def _in_cells(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Distances in cells of the finest grid, cut where even the coarser one needs no more."""
    limit = 4.0
    cells: NDArray[np.float32] = values * np.float32(FINEST / (2.0 * DEFAULT_BOUND))
    return np.asarray(np.clip(cells, -limit, limit))


def load_training(path: Path) -> Training:
    """Read what `prepare` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        cells = stored["cells"].astype(np.float32)
        normals = stored["normals"].astype(np.float32)
        return Training(cells * np.float32(2.0 * DEFAULT_BOUND / FINEST), stored["points"], normals)


def held_out(record: ObjectRecord, cache: Path) -> HeldOut:
    """Return an object with the field that all methods read, its grid from the cache if there."""
    path = cache / f"field-{record.id}.npz"
    if not path.exists():
        grid = sample_near_surface(SolidField(record.mesh), FIELD_CELLS, DEFAULT_BOUND, LIPSCHITZ)
        with atomic_path(path) as beside:
            np.savez(beside, values=grid)
    with np.load(path, allow_pickle=False) as stored:
        field = GridField(stored["values"], -DEFAULT_BOUND, DEFAULT_BOUND)
    return HeldOut(record.id, record.mesh, field)
