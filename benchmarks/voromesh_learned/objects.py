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
_ENOUGH = 4.0  # cells of the finest grid: the coarser one reads no farther


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


def training(record: ObjectRecord, cache: Path) -> Training:
    """Return an object to learn from, from the cache if it is there."""
    path = cache / f"train-{record.id}.npz"
    cell = np.float32(2.0 * DEFAULT_BOUND / FINEST)
    if not path.exists():
        values = sample_near_surface(SolidField(record.mesh), FINEST, DEFAULT_BOUND, LIPSCHITZ)
        points, normals = sample_surface(record.mesh, SAMPLES, np.random.default_rng(0))
        with atomic_path(path) as beside:
            np.savez(
                beside,
                cells=np.clip(values / cell, -_ENOUGH, _ENOUGH).astype(np.float16),
                points=points.astype(np.float32),
                normals=normals.astype(np.float16),
            )
    with np.load(path, allow_pickle=False) as stored:
        cells, normals = (stored[name].astype(np.float32) for name in ("cells", "normals"))
        return Training(cells * cell, stored["points"], normals)


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
