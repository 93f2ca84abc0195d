"""`caddis generate`: generate printable files from words or a category."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import tyro

from caddis.app.commands.base import FAILED, PASSED, Command
from caddis.app.outputs import Format, check_writable, plan_meshes, slug
from caddis.generation.request import Request

if TYPE_CHECKING:
    from caddis.app.making.generate import Refused
    from caddis.app.making.made import Made


@dataclass(frozen=True, kw_only=True)
class Generate(Command, Request):
    """Generate solids from words or a category."""

    list_categories: bool = False
    """Print the categories that the model knows, and exit."""
    out: Path = Path("out")
    """A file (.3mf .stl .glb .obj .ply) or a folder; the files of several objects are
    numbered."""
    formats: Annotated[tuple[Format, ...], tyro.conf.arg(aliases=["--format"])] = ()
    """Formats to write in a folder; 3mf if left out."""
    force: bool = False
    """Replace existing files."""
    picture: bool = False
    """Also draw each object as a PNG next to its file."""
    timings: bool = False
    """Print how long each stage took."""

    def run(self) -> int:
        """Generate, write each object as it is done, and print one table."""
        if self.list_categories:
            return self._print_categories()
        from caddis.app.pictures import write_sheet
        from caddis.app.progress import generated_with_progress

        stem = f"{slug(self.words)}-{self.seed}"
        numbers = range(1, self.count + 1)
        names = [stem] if self.count == 1 else [f"{stem}-{number}" for number in numbers]
        plan = plan_meshes(self.out, names, self.formats, force=self.force)
        if self.picture:
            for paths in plan:
                check_writable(paths[0].with_suffix(".png"), force=self.force)
        results: list[Made] = []
        refused: list[Refused] = []
        for made in generated_with_progress(self, refused.append):
            paths = plan[made.record["item"]]
            for path in paths:
                made.write(path)
            if self.picture:
                write_sheet([(made.mesh, "")], paths[0].with_suffix(".png"), columns=1, size=512)
            results.append(made)
        if not results:
            raise refused[0].reason
        written = [path for made in results for path in plan[made.record["item"]]]
        return self._print_results(results, refused, written)

    def _print_results(
        self, results: list[Made], refused: list[Refused], written: list[Path]
    ) -> int:
        """Print what came of it and where it is; return the exit code."""
        from caddis.app.console import notes, output
        from caddis.app.reports import results_table, shortcomings, stages_table

        output().print(results_table([(self.words, made) for made in results]))
        for made in results:
            which = f"object {made.record['item'] + 1}: " if self.count > 1 else ""
            output().print(*(f"- {which}{line}\n" for line in shortcomings(made)), sep="", end="")
        if self.timings:
            output().print(stages_table(results))
        output().print(*written, sep="\n")
        failed = sum(not made.report.passed for made in results)
        if failed:
            notes().print(f"{failed} of {len(results)} failed the print gate: caddis check FILE")
        for one in refused:
            notes().print(f"object {one.item + 1} could not be made: {one.reason}")
        return FAILED if failed or refused else PASSED

    def _print_categories(self) -> int:
        from caddis.generation.models import load_folder, load_models

        if self.weights is None:
            models = load_models(self.preset, self.device)
        else:
            models = load_folder(self.weights, self.device)
        groups = [f"{word} (any of {', '.join(kinds)})" for word, kinds in models.groups.items()]
        sys.stdout.write("".join(f"{name}\n" for name in sorted([*models.categories, *groups])))
        return PASSED
