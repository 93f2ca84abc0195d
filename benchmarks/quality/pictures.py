"""The pictures of the page. What they show is chosen by rank or by seed, never by hand."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import torch
import trimesh
from PIL import Image

from benchmarks.quality.bench import Bench
from benchmarks.quality.progress import say, spread
from benchmarks.quality.rebuilding import LENGTHS
from benchmarks.quality.reconstruction import test_tokens
from benchmarks.quality.scores import ranks_between
from benchmarks.quality.sets import Kind, tokens
from benchmarks.quality.shapes import body, surface, write
from caddis.generation.request import Sampling
from caddis.geometry.files.atomic import atomic_path, write_bytes
from caddis.geometry.pictures.contact_sheet import contact_sheet
from caddis.geometry.pictures.render import render

RESOLUTION = 128
SAMPLES, SAMPLE_SIZE = 24, 176
PAIRS, PAIR_SIZE = 12, 160
REBUILT, REBUILT_SIZE = 24, 120
SHOWN = ("all", "coarse")  # variants beside the original
LARGEST_FILE = 400_000  # bytes of a picture
COLOURS = (96, 64, 48, 32, 24, 16)  # clay on a light ground needs few; the first that fits

Tile = tuple[Image.Image, str]


def samples(bench: Bench) -> Path:
    """Draw one object of each of some categories: the first seed, no choice among drafts."""
    names = bench.models.categories
    names = tuple(names[rank] for rank in ranks_between(len(names), SAMPLES))
    made = write(bench.models, [(name, None) for name in names], bench.options.seed, Sampling())

    def tile(index: int) -> Tile:
        mesh = body(bench.tokenizer, torch.from_numpy(made[index]), RESOLUTION)
        return picture(mesh, SAMPLE_SIZE), names[index].replace("_", " ")

    return _sheet(bench, "quality-samples.png", tile, len(names), columns=6)


def nearest(bench: Bench, found: dict[str, Any]) -> Path:
    """Draw generated objects beside their nearest training objects, by rank of the distance."""
    matches = found["matches"][Kind.GENERATED]
    order = np.argsort(matches["distance"], kind="stable")
    ranks = ranks_between(len(order), PAIRS)
    shapes = [int(order[rank]) for rank in ranks]
    made = tokens(bench, Kind.GENERATED)
    truth = bench.meshes({matches["row"][shape] for shape in shapes})

    def tile(index: int) -> Tile:
        shape = shapes[index // 2]
        if index % 2 == 0:
            mesh = body(bench.tokenizer, torch.from_numpy(made[shape]), RESOLUTION)
            rank = f"{100 * ranks[index // 2] / max(len(order) - 1, 1):.0f} %"
            label = f"{rank}: {bench.wanted[shape].replace('_', ' ')}"
            return picture(mesh, PAIR_SIZE), label
        row = matches["row"][shape]
        mesh = truth[row]
        if matches["mirrored"][shape]:
            mesh = trimesh.Trimesh(mesh.vertices * [-1, 1, 1], mesh.faces[:, ::-1], process=False)
        name = bench.category(row).replace("_", " ") or "no category"
        return picture(mesh, PAIR_SIZE), f"{name}, {100 * matches['distance'][shape]:.2f}"

    return _sheet(bench, "quality-nearest.png", tile, 2 * len(shapes), columns=6)


def reconstructions(bench: Bench, found: dict[str, Any]) -> Path:
    """Draw test objects beside what their tokens give, by rank of the IoU, worst first."""
    overlap = {name: found["scores"][name]["iou"] for name in SHOWN}
    order = np.argsort(overlap[SHOWN[0]], kind="stable")
    chosen = [int(order[rank]) for rank in ranks_between(len(order), REBUILT)]
    rows, made = found["rows"], test_tokens(bench)
    truth = bench.meshes(rows[shape] for shape in chosen)
    width = 1 + len(SHOWN)

    def tile(index: int) -> Tile:
        shape, column = chosen[index // width], index % width
        if column == 0:
            row = rows[shape]
            name = bench.category(row) or "no category"
            return picture(truth[row], REBUILT_SIZE), name.replace("_", " ")
        variant = SHOWN[column - 1]
        tokens_k = torch.from_numpy(made[shape, : LENGTHS[variant]])
        mesh = surface(bench.tokenizer, tokens_k, RESOLUTION)
        return picture(mesh, REBUILT_SIZE), f"{variant} {overlap[variant][shape]:.2f}"

    return _sheet(bench, "quality-reconstructions.png", tile, width * len(chosen),
                  columns=3 * width)  # fmt: skip


def histogram(bench: Bench, found: dict[str, Any]) -> Path:
    """Draw how far generated and test objects are from their nearest training objects."""
    mpl.use("agg")
    from matplotlib import pyplot as plt

    labels = {
        Kind.GENERATED: "generated",
        Kind.TEST: "test objects",
        Kind.AUTOENCODED: "test objects, auto-encoded",
        Kind.COPIES: "training objects themselves",
    }
    values = {name: 100 * np.array(found["matches"][name]["distance"]) for name in labels}
    edges = np.linspace(0, max(float(np.quantile(v, 0.99)) for v in values.values()), 32)
    figure, axes = plt.subplots(figsize=(7, 3.5), layout="constrained")
    for name, label in labels.items():
        axes.hist(
            values[name].clip(max=edges[-1]), edges.tolist(), histtype="step", label=label, lw=1.5
        )
    axes.axvline(100 * found["threshold"], color="grey", ls=":", lw=1,
                 label="1st percentile, training to other training")  # fmt: skip
    axes.set_xlabel("CD-L1 to the nearest training object, % of the longest side")
    axes.set_ylabel("objects")
    axes.legend(frameon=False, fontsize=8)
    path = bench.options.out / "quality-memorisation.png"
    with atomic_path(path) as temporary:
        figure.savefig(temporary, dpi=110)
    plt.close(figure)
    return path


def picture(mesh: trimesh.Trimesh | None, size: int) -> Image.Image:
    """Draw a mesh; an empty grey square for a shape without a surface."""
    if mesh is None or len(mesh.faces) == 0:
        return Image.new("RGB", (size, size), (225, 225, 225))
    return render(mesh, size)


def _sheet(
    bench: Bench, name: str, tile: Callable[[int], Tile], count: int, *, columns: int
) -> Path:
    tiles = spread(tile, range(count), f"pictures for {name}", bench.options.workers)
    path = bench.options.out / name
    write_bytes(path, small_png(contact_sheet(tiles, columns)))
    say(f"wrote {path}")
    return path


def small_png(image: Image.Image) -> bytes:
    """Return a PNG with as many colours as fit into 400 kB, or with the fewest."""
    for colours in COLOURS:
        stream = io.BytesIO()
        image.quantize(colours).save(stream, format="PNG", optimize=True)
        if stream.tell() <= LARGEST_FILE:
            break
    return stream.getvalue()
