"""`caddis showcase`: six objects from words, one table and one picture; `make run` runs it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from caddis.app.commands.base import PASSED, Command
from caddis.app.outputs import check_writable, plan_meshes, slug
from caddis.generation.request import Request
from caddis.geometry.options.kinds import Height

SHOWN = (
    ("a wooden chair with a tall back", 2),
    ("a round wooden stool", 1),
    ("a floor lamp", 1),
    ("a small family car", 1),
    ("a sofa for two", 1),
    ("a bottle", 2),
)
"""Words and seeds, one for each of six categories."""

NEXT_STEPS = """
Next:
  caddis generate --text "a round wooden stool" --seed 7 --height-mm 60 --out stool.3mf
  caddis generate --category lamp --count 4 --out lamps/
  caddis generate --list-categories
  caddis check stool.3mf
The command is .venv/bin/caddis; `source .venv/bin/activate` makes it `caddis`."""


@dataclass(frozen=True, kw_only=True)
class Showcase(Command):
    """Generate six different objects, to see what the shipped model can do."""

    out: Path = Path("out")
    """Folder for the files and the contact sheet."""
    height_mm: Height = None
    """Height of each object in millimetres; if left out, 60, or less to fit the bed."""
    preset: str = Request.preset
    """Which shipped model."""
    force: bool = False
    """Replace files that are there already."""

    def run(self) -> int:
        """Generate, write 3MF and STL files and the sheet, and print one table."""
        sheet = self.out / "showcase.png"
        check_writable(sheet, force=self.force)
        plan = [
            plan_meshes(self.out, [slug(words)], ("3mf", "stl"), force=self.force)[0]
            for words, _ in SHOWN
        ]
        from caddis.app.console import output
        from caddis.app.pictures import write_sheet
        from caddis.app.progress import generated_with_progress
        from caddis.app.reports import results_table

        results = []
        for (words, seed), paths in zip(SHOWN, plan, strict=True):
            request = Request(text=words, seed=seed, height_mm=self.height_mm, preset=self.preset)
            for made in generated_with_progress(request):
                for path in paths:
                    made.write(path)
                results.append((words, made))
        write_sheet([(made.mesh, words) for words, made in results], sheet, columns=3)
        output().print(results_table(results))
        output().print(f"Pictures: {sheet}; every object as 3MF and STL in {self.out}/", NEXT_STEPS)
        return PASSED
