"""The pictures of the page. What they show is the first of a seed, never chosen by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
import trimesh
from PIL import Image

from benchmarks.webs.fidelity import PROPERTIES
from benchmarks.webs.making import PAIRS
from benchmarks.webs.results import Row
from caddis.data.webs.kinds import KINDS, build_web
from caddis.geometry.errors import BrokenWebError, MechanismError
from caddis.geometry.files.atomic import atomic_path
from caddis.geometry.pictures.contact_sheet import contact_sheet
from caddis.geometry.pictures.render import render
from caddis.geometry.webs import Web
from caddis.geometry.webs.drawing import draw_web
from caddis.geometry.webs.graph import Floats
from caddis.geometry.webs.mechanics import stretch
from caddis.geometry.webs.solid import with_radii

_TILE, _FORCE_TILE, _SOLID = 150, 300, 600
_COLOURS = 64  # enough for clay on a light ground, and half the file


def sheet(rows: Sequence[Row], held: Row, path: Path) -> None:
    """Draw the first webs of every generator below the held-out webs that were their wishes."""
    tiles = []
    for row in [held, *(row for row in rows if row["seed"] == 0)]:
        for number, plain in enumerate(row["shown"]):
            web, name = _web(plain), "held out" if row is held else row["name"]
            size = f"{len(web.nodes)} nodes, {len(web.edges)} edges"
            tiles.append((_drawn(web), f"{name if number == 0 else ''}\n{size}"))
    _save(contact_sheet(tiles, len(held["shown"]), font_size=11), path)


def forces(rows: Sequence[Row], path: Path) -> None:
    """Draw a web of every kind, and one by each of our generators, pulled along an axis."""
    webs = {kind: build_web(kind, 0) for kind in KINDS}
    webs |= {row["name"]: _web(row["shown"][0]) for row in rows
             if row["seed"] == 0 and row["name"] in PAIRS}  # fmt: skip
    tiles = []
    for name, web in webs.items():
        try:
            pulled = stretch(_thick(web, 0.006), "x")
        except MechanismError:  # no thread from one end to the other
            continue
        most = np.percentile(np.abs(pulled.axial_n), 95)  # or a few threads leave the rest grey
        shown = pulled.axial_n.clip(-most, most)
        tiles.append((draw_web(pulled.web, _FORCE_TILE, forces=shown), name))
    _save(contact_sheet(tiles, 3), path)


def scatter(rows: Sequence[Row], asked: Floats, path: Path) -> None:
    """Plot asked against achieved, a row a generator, a column a property."""
    mpl.use("agg")
    from matplotlib import pyplot as plt

    first = [row for row in rows if row["seed"] == 0]
    size = (1.45 * len(PROPERTIES), 1.45 * len(first))
    figure, axes = plt.subplots(
        len(first), len(PROPERTIES), figsize=size, layout="constrained", squeeze=False
    )
    for row, line in zip(first, axes, strict=True):
        achieved = np.array(row["achieved"])
        for column, axis in enumerate(line):
            low, high = asked[:, column].min(), asked[:, column].max()
            axis.plot([low, high], [low, high], color="#bbbbbb", lw=0.8)
            shown = achieved[:, column].clip(low - 0.1 * (high - low), high + 0.3 * (high - low))
            axis.plot(asked[:, column], shown, ".", ms=1.6, color="#b4541a")
            axis.tick_params(labelsize=5, length=2, width=0.5)
        line[0].set_ylabel(row["name"].replace("-", "\n"), fontsize=7)
    for name, axis in zip(PROPERTIES, axes[0], strict=True):
        axis.set_title(f"{name}, mm" if name == "mean length" else name, fontsize=8)
    with atomic_path(path) as temporary:
        figure.savefig(temporary, dpi=100, format="png")
    plt.close(figure)
    with Image.open(path) as image:
        _save(image.convert("RGB"), path)


def draw_solid(mesh: trimesh.Trimesh, path: Path) -> None:
    """Draw a solid."""
    _save(render(mesh, _SOLID, elevation_deg=28.0), path)


def _drawn(web: Web) -> Image.Image:
    try:
        return draw_web(_thick(web, 0.008), _TILE)
    except BrokenWebError:  # no threads
        return Image.new("RGB", (_TILE, _TILE), (225, 225, 225))


def _thick(web: Web, share: float) -> Web:
    """Return a web whose threads are as thick as a share of its longest side."""
    return with_radii(web, 2.0 * share * float(np.ptp(web.nodes, axis=0).max()))


def _web(plain: Row) -> Web:
    return Web(np.array(plain["nodes"], np.float64), np.array(plain["edges"], np.int64))


def _save(image: Image.Image, path: Path) -> None:
    with atomic_path(path) as temporary:
        image.quantize(_COLOURS).save(temporary, format="PNG", optimize=True)
