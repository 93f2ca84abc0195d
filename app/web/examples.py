"""Examples that answer at once because they were made beforehand.

`python -m app.web.examples` makes them anew with the shipped weights into
`assets/examples`. The page shows only those that the present weights made.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from app.outputs import slug
from app.web.results import RECORD, Result

FOLDER = Path(__file__).parent.parent.parent / "assets" / "examples"
SHOWN: tuple[tuple[str, int], ...] = (
    ("a round coffee table", 2),
    ("a wooden chair with a tall back", 1),
    ("a comfy sofa for two", 5),
    ("a desk lamp with a wide shade", 3),
    ("a bookcase with four shelves", 6),
    ("a small family car", 4),
)
"""Words and seeds."""
FACES = 8000


@dataclass(frozen=True)
class Example:
    """One example in a folder of its own."""

    folder: Path
    title: str

    @property
    def picture(self) -> Path:
        """Its picture."""
        return self.folder / "picture.png"

    def copy_to(self, folder: Path) -> None:
        """Make it a result in `folder`, with files of every format."""
        from geometry.export import export_mesh
        from geometry.mesh_io import load_mesh

        result = Result.load(self.folder)
        source = next(self.folder.glob("*.3mf"))
        mesh = load_mesh(source)
        for name in result.files:
            if name != source.name:
                export_mesh(mesh, folder / name, title=result.title, licence="CC0-1.0")
        for name in (source.name, result.picture, result.view, RECORD):
            shutil.copyfile(self.folder / name, folder / name)


def load_examples(target: Path, folder: Path = FOLDER) -> list[Example]:
    """Copy the examples that the shipped weights made to `target`; return them in order.

    The server shows files of its own folder only, so it has to have them there.
    """
    from generation.weights import model_folder, weights_sha256

    now = weights_sha256(model_folder("nano"))
    found = []
    for words, _ in SHOWN:
        place = folder / slug(words)
        if (place / RECORD).is_file():
            result = Result.load(place)
            if result.origin.get("weights_sha256") == now:
                shutil.copytree(place, target / place.name)
                found.append(Example(target / place.name, result.title))
    return found


def make_examples(folder: Path = FOLDER) -> None:
    """Make all examples with the shipped weights."""
    from app.web.making import create

    for words, seed in SHOWN:
        with tempfile.TemporaryDirectory() as scratch:
            options = {"text": words, "seed": seed, "count": 1, "faces": FACES}
            create(options, Path(scratch), lambda *_, **__: None)
            made, place = Path(scratch) / "0", folder / slug(words)
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True)
            source = next(made.glob("*.3mf"))
            for name in (source.name, "picture.png", "view.glb", RECORD):
                shutil.copyfile(made / name, place / name)
        sys.stdout.write(f"{words}: {Result.load(place).gate['status']}\n")


if __name__ == "__main__":
    make_examples()
