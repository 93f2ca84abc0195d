"""Reconstructions side by side, from the meshes that the run kept."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import trimesh
from PIL import Image

from benchmarks.surfaces import inputs, methods
from benchmarks.surfaces.item import Item
from caddis.geometry.files.atomic import atomic_path
from caddis.geometry.pictures.contact_sheet import contact_sheet
from caddis.geometry.pictures.render import render
from caddis.geometry.scans import turned_up

SIZE = 230
_FAULTY = (methods.GRIDPULL, methods.POISSON, methods.POISSON_TRUE)
_THIN = (methods.GRIDPULL, methods.VOROMESH, methods.POISSON, methods.POISSON_TRUE)
_REAL = (methods.GRIDPULL, methods.POISSON)
# What is drawn: objects whose licence allows it, by every method.
SHEETS: dict[str, tuple[tuple[str, ...], tuple[tuple[str, str], ...]]] = {
    "surfaces-faults": (
        _FAULTY,
        (
            ("noisy", "nefertiti"),
            ("noisy", "fish"),
            ("broken", "nefertiti"),
            ("broken", "fish"),
            ("outliers", "nefertiti"),
            ("outliers", "fish"),
        ),
    ),
    "surfaces-thin": (
        _THIN,
        (("clean", "scorpion"), ("clean", "ycb_scissors"), ("clean", "plane")),
    ),
    "surfaces-scans": (
        _REAL,
        (("scan", "milk.pcd"), ("scan", "room_scan1.pcd"), ("scan", "region_growing_tutorial.pcd")),
    ),
}
_DOTS = 12_000
_EMPTY = (240, 240, 240)
_FROM_CAMERA = {"azimuth_deg": -75.0, "elevation_deg": 10.0}

Tile = tuple[Image.Image, str]


def kept_mesh(folder: Path, item: Item) -> Path | None:
    """Return where the mesh of an item is kept for the pictures; None if it is not drawn."""
    if not any(
        item.method in methods_ and (item.kind, item.name) in rows
        for methods_, rows in SHEETS.values()
    ):
        return None
    name = re.sub(r"[^a-z0-9]+", "-", f"{item.kind} {item.name} {item.method}".lower())
    return folder / "surfaces" / f"{name}.ply"


def draw_sheets(folder: Path, data: Path, docs: Path) -> list[str]:
    """Draw every sheet that has a mesh; return their file names."""
    drawn = []
    for name, (ways, rows) in SHEETS.items():
        kept = [kept_mesh(folder, Item(kind, way, what)) for kind, what in rows for way in ways]
        if not any(path is not None and path.exists() for path in kept):
            continue
        tiles = [
            tile for kind, what in rows for tile in _row(folder, data, Item(kind, "", what), ways)
        ]
        with atomic_path(docs / f"{name}.png") as temporary:
            sheet = contact_sheet(tiles, 1 + len(ways)).quantize(128)
            sheet.save(temporary, format="png", optimize=True)
        drawn.append(f"{name}.png")
    return drawn


def _row(folder: Path, data: Path, item: Item, ways: tuple[str, ...]) -> list[Tile]:
    given = inputs.given(data, item.kind, item.name)
    up, view = ("-y", _FROM_CAMERA) if item.kind == "scan" else ("y", {})

    def tile(mesh: trimesh.Trimesh) -> Image.Image:
        return render(turned_up(mesh, up), SIZE, **view)

    tiles = [(tile(_dots(given.points)), f"{Path(item.name).stem}, {item.kind}")]
    for way in ways:
        path = kept_mesh(folder, replace(item, method=way))
        if path is None or not path.exists():
            tiles.append((Image.new("RGB", (SIZE, SIZE), _EMPTY), f"{way}: none"))
        else:
            tiles.append((tile(trimesh.load_mesh(path, process=False)), way))
    return tiles


def _dots(points: inputs.Floats) -> trimesh.Trimesh:
    """Make little tetrahedra of a scan."""
    chosen = np.random.default_rng(0).permutation(len(points))[:_DOTS]
    corner = np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]]) * 2e-3
    vertices = (points[chosen, None] + corner).reshape(-1, 3)
    face = np.array([[0, 1, 2], [0, 3, 1], [0, 2, 3], [1, 3, 2]])
    faces = (face + 4 * np.arange(len(chosen))[:, None, None]).reshape(-1, 3)
    return trimesh.Trimesh(vertices, faces, process=False)
