"""Plates: objects that passed the gate, packed on printer beds, one 3MF file per bed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from caddis.app.batch.journal import Outcome
from caddis.geometry.errors import ConfigError
from caddis.geometry.files.mesh_io import load_mesh
from caddis.geometry.files.threemf import Part, write_plate
from caddis.geometry.packing import Place, pack

BEDS = {"mini": (180.0, 180.0), "mk4": (250.0, 210.0), "ender3": (220.0, 220.0), "x1": (256, 256)}
"""Width and depth in mm: Prusa MINI and MK4, Creality Ender 3, Bambu Lab X1."""


@dataclass(frozen=True)
class Plate:
    """One plate: its file, and the items on it."""

    file: str
    items: tuple[str, ...]


def parse_bed(text: str) -> tuple[float, float]:
    """Return width and depth in mm of "220x220" or a name in `BEDS`.

    Raises:
        ConfigError: It is neither of them.
    """
    if text.lower() in BEDS:
        return BEDS[text.lower()]
    size = re.fullmatch(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)", text.lower())
    bed = (float(size[1]), float(size[2])) if size else (0.0, 0.0)
    if not all(20.0 <= side <= 2000.0 for side in bed):
        raise ConfigError(
            f"no printer bed is called {text!r}", "plate",
            f"Give WIDTHxDEPTH in mm, 20 to 2000, or {', '.join(BEDS)}.",
        )  # fmt: skip
    return bed


def write_plates(
    out: Path, outcomes: Sequence[Outcome], bed: tuple[float, float]
) -> tuple[list[Plate], list[str]]:
    """Write `plates/plate-N.3mf` below `out`.

    Returns:
        The plates, and the names of the items that are larger than the bed.
    """
    good = [one for one in outcomes if one.verdict == "good"]
    sizes = [load_mesh(_mesh_file(out, one)).extents for one in good]
    places = pack([(float(size[0]), float(size[1])) for size in sizes], bed)
    plates = []
    for number in range(max((place.bed for place in places), default=-1) + 1):
        here = [place for place in places if place.bed == number]
        name = f"plates/plate-{number + 1}.3mf"
        parts = [_part(out, good[place.index], place) for place in here]
        write_plate(parts, out / name, title=f"Plate {number + 1}", licence=_licences(good, here))
        plates.append(Plate(name, tuple(part.name for part in parts)))
    for stale in (out / "plates").glob("plate-*.3mf"):
        if f"plates/{stale.name}" not in {plate.file for plate in plates}:
            stale.unlink()
    placed = {place.index for place in places}
    return plates, [one.item for index, one in enumerate(good) if index not in placed]


def _mesh_file(out: Path, outcome: Outcome) -> Path:
    return out / next(name for name in outcome.files if name.startswith("meshes/"))


def _part(out: Path, outcome: Outcome, place: Place) -> Part:
    mesh = load_mesh(_mesh_file(out, outcome))
    low, high = mesh.bounds
    # turned by 90 degrees, (x, y) becomes (-y, x)
    left, front = (-high[1], low[0]) if place.turned else (low[0], low[1])
    shift = (place.x - left, place.y - front, -low[2])
    return Part(mesh, outcome.item, tuple(float(step) for step in shift), place.turned)  # type: ignore[arg-type]


def _licences(good: Sequence[Outcome], here: Sequence[Place]) -> str:
    return ", ".join(sorted({str(good[place.index].report["licence"]) for place in here}))
