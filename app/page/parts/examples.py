"""Examples that the page shows at once, because they were made beforehand.

`make examples` makes them again with the shipped weights, in `assets/examples`. The page shows
only examples that were made with the weights that it generates with.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from caddis.app.making.made import GENERATED_LICENCE
from caddis.app.outputs import slug
from caddis.app.page.jobs.results import RECORD, Result
from caddis.geometry.assets import asset

FOLDER = asset("examples")
SHOWN = (
    "a wooden chair with a tall back",
    "a dining table",
    "a floor lamp",
    "a sofa for two",
    "a round wooden stool",
    "a small family car",
    "a wineglass",
    "an office chair",
    "a bathtub",
)
"""Words that the model knows well."""
SEED, FACES = 1, 5000
"""The same for all examples: their words were chosen, not their seeds."""


@dataclass(frozen=True)
class Example:
    """One example: NAME.json, NAME.3mf, NAME.png and NAME.glb in a folder.

    Attributes:
        folder: Folder of the files.
        name: Name of the files, without ending.
    """

    folder: Path
    name: str

    def file(self, ending: str) -> Path:
        """Return one of its files."""
        return self.folder / f"{self.name}.{ending}"

    @property
    def result(self) -> Result:
        """The stored result."""
        return Result.parse(self.file("json").read_text(encoding="utf-8"))

    def copy_to(self, folder: Path) -> None:
        """Write it as a result to `folder`, with files of every format."""
        from caddis.geometry.files.export import export_mesh
        from caddis.geometry.files.mesh_io import load_mesh

        result = self.result
        mesh = load_mesh(self.file("3mf"))
        for name in result.files:
            if name.endswith(".3mf"):
                shutil.copyfile(self.file("3mf"), folder / name)
            else:
                export_mesh(mesh, folder / name, title=result.title, licence=GENERATED_LICENCE)
        shutil.copyfile(self.file("png"), folder / result.picture)
        shutil.copyfile(self.file("glb"), folder / result.view)
        shutil.copyfile(self.file("json"), folder / RECORD)

    @classmethod
    def keep(cls, made: Path, folder: Path, name: str) -> Example:
        """Store a result as an example."""
        kept, result = cls(folder, name), Result.load(made)
        source = next(file for file in result.files if file.endswith(".3mf"))
        sources = {"3mf": source, "png": result.picture, "glb": result.view, "json": RECORD}
        for ending, source in sources.items():
            shutil.copyfile(made / source, kept.file(ending))
        return kept


def load_examples(target: Path, weights: str, folder: Path = FOLDER) -> list[Example]:
    """Copy the examples that were made with these weights to `target`; return them in order.

    They are copied because the server shows only files of its own folder.

    Args:
        target: The folder to copy to; created.
        weights: SHA-256 of the weights that the page generates with.
        folder: Folder of the examples.
    """
    target.mkdir()
    found = []
    for words in SHOWN:
        example = Example(folder, slug(words))
        if example.file("json").is_file() and example.result.origin["weights_sha256"] == weights:
            for ending in ("json", "3mf", "png", "glb"):
                shutil.copyfile(example.file(ending), target / example.file(ending).name)
            found.append(Example(target, example.name))
    return found


def make_examples(folder: Path = FOLDER) -> None:
    """Make all examples with the shipped weights."""
    from caddis.app.page.jobs.create_job import create

    folder.mkdir(exist_ok=True)
    for words in SHOWN:
        with tempfile.TemporaryDirectory() as scratch:
            options = {"text": words, "seed": SEED, "count": 1, "faces": FACES}
            create(options, Path(scratch), lambda *_, **__: None)
            made = Example.keep(Path(scratch) / "0", folder, slug(words))
        sys.stdout.write(f"{words}: {made.result.gate['status']}\n")


if __name__ == "__main__":
    make_examples()
