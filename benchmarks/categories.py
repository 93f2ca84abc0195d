"""One object of every category, to be looked at: what the model can make, and what it cannot.

    python -m benchmarks.categories [--weights FOLDER] [--seed 0]

Draws each category once with the product's own settings and writes docs/categories.jpg, then
docs/categories.md with the tally. The verdicts come from looking at it, and are kept in
benchmarks/category_verdicts.csv with the weights that they belong to; objects without a verdict
are listed as not looked at. Finished objects are kept in runs/categories.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import tyro
from PIL import Image

from benchmarks.common.markdown import page, table
from benchmarks.common.pictures import save_jpeg, save_png
from benchmarks.common.rows import kept
from caddis.data.training_set import TrainingSet
from caddis.generation.models import load_folder
from caddis.generation.pipeline import Request, generate
from caddis.generation.weights import MODELS
from caddis.geometry.errors import CaddisError
from caddis.geometry.files.atomic import write_text
from caddis.geometry.pictures.contact_sheet import contact_sheet
from caddis.geometry.pictures.render import render

VERDICTS = Path(__file__).with_name("category_verdicts.csv")
MEANING = {
    "good": "a stranger would name it at first sight",
    "recognisable": "right once one knows what was asked for",
    "wrong": "a clean shape of something else",
    "mush": "no shape of anything",
    "none": "no solid came out",
}
PIXELS, COLUMNS = 128, 12


@dataclass(frozen=True)
class Options:
    """What to draw.

    Attributes:
        weights: Folder of the weights.
        cache: Prepared data, for the number of training objects of each category.
        seed: Of every object.
        runs: Where finished pictures are kept.
        out: Folder of the page and its picture.
    """

    weights: Path = MODELS / "nano"
    cache: Path = Path("cache/openmix")
    seed: int = 0
    runs: Path = Path("runs/categories")
    out: Path = Path("docs")


@dataclass(frozen=True)
class Drawn:
    """One category's object: its picture and the print gate's verdict."""

    category: str
    picture: Path
    gate: str


def main(options: Options) -> None:
    """Draw what is missing, then write sheet and page."""
    models = load_folder(options.weights, "auto")
    count = _training_counts(options.cache)
    names = sorted(models.categories, key=lambda name: (-count[name], name))
    folder = options.runs / f"{models.sha256[:12]}-{options.seed}"
    drawn = [_draw(name, options, folder) for name in names]
    tiles = [
        (Image.open(one.picture), f"{one.category} {count[one.category]}\n{one.gate}")
        for one in drawn
    ]
    sheet = contact_sheet(tiles, COLUMNS, font_size=11)
    save_jpeg(sheet, options.out / "categories.jpg", quality=72)
    verdicts = _verdicts(models.sha256)
    write_text(options.out / "categories.md", _page(options, models.sha256, drawn, verdicts))
    print((options.out / "categories.md").read_text("utf-8"))


def _training_counts(cache: Path) -> Counter[str]:
    objects = TrainingSet(cache)
    return Counter(str(objects.objects[row]["category"]) for row in objects.rows("train"))


def _draw(category: str, options: Options, folder: Path) -> Drawn:
    picture, notes = folder / f"{category}.png", folder / f"{category}.json"

    def make() -> dict[str, str]:
        gate, image = _made(category, options)
        save_png(image, picture)
        print(category, gate, flush=True)
        return {"gate": gate}

    return Drawn(category, picture, kept(notes, make, fresh=not picture.exists())["gate"])


def _made(category: str, options: Options) -> tuple[str, Image.Image]:
    request = Request(category=category, seed=options.seed, weights=options.weights)
    try:
        made = next(iter(generate(request)))
    except CaddisError as error:
        print(f"{category}: {error}")
        return "none", Image.new("RGB", (PIXELS, PIXELS), (250, 250, 250))
    return str(made.report.status), render(made.mesh, PIXELS)


def _verdicts(sha256: str) -> dict[str, tuple[str, str]]:
    """Return verdict and note of each category for these weights."""
    if not VERDICTS.exists():
        return {}
    with VERDICTS.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if sha256.startswith(row["weights"])]
    return {row["category"]: (row["verdict"], row["note"]) for row in rows}


def _page(
    options: Options, sha256: str, drawn: list[Drawn], verdicts: dict[str, tuple[str, str]]
) -> str:
    tally = Counter(verdicts.get(one.category, ("not looked at", ""))[0] for one in drawn)
    gates = Counter(one.gate for one in drawn)
    rows: list[tuple[str, int, str | None]] = [
        (name, tally[name], text) for name, text in MEANING.items()
    ]
    if tally["not looked at"]:
        rows.append(("not looked at", tally["not looked at"], None))
    lines = [
        "# One object of every category",
        "",
        f"Made by `python -m benchmarks.categories --seed {options.seed}`: weights "
        f"`{sha256[:12]}`, the settings of `caddis generate --category NAME --seed {options.seed}`"
        ", not selected by hand. The number of training objects is given for each category; the "
        "most frequent is first. A person judged each picture.",
        "",
        "![One object of each category](categories.jpg)",
        "",
        *table(("verdict", "categories", "meaning"), rows),
        "Print gate: " + ", ".join(f"{name} {n}" for name, n in sorted(gates.items())) + ".",
        "",
    ]  # fmt: skip
    for name in MEANING:
        these = [one.category for one in drawn if verdicts.get(one.category, ("",))[0] == name]
        if these:
            lines += [f"**{name}:** " + ", ".join(_noted(one, verdicts) for one in these) + ".", ""]
    return page(lines)


def _noted(category: str, verdicts: dict[str, tuple[str, str]]) -> str:
    note = verdicts[category][1]
    words = category.replace("_", " ")
    return f"{words} ({note})" if note else words


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
