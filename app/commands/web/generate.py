"""`caddis web generate`: generate samples of webs, as graphs or as printable solids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import tyro

from caddis.app.commands.base import FAILED, PASSED, Command
from caddis.app.commands.web.printing import write_solid
from caddis.app.making.web_options import SingleSamples
from caddis.app.outputs import FORMATS, Format, check_writable, plan_files
from caddis.geometry.options.webs import SolidOptions

if TYPE_CHECKING:
    from caddis.generation.webs.conditions import WebCondition
    from caddis.geometry.webs.graph import Web

WebFormat = Literal["json", "graphml", "csv"]
_WEB_FORMATS = ("json", "graphml", "csv")


@dataclass(frozen=True, kw_only=True)
class Generate(SingleSamples, Command):
    """Generate samples of webs with wanted properties; exit code 1 if a mesh fails the gate."""

    out: Path = Path("webs")
    """A web (.json .graphml .csv), a mesh to print (.3mf .stl .glb .obj .ply), or a folder;
    the files of several samples are numbered."""
    formats: Annotated[tuple[WebFormat | Format, ...], tyro.conf.arg(aliases=["--format"])] = ()
    """Formats to write in a folder; json if left out."""
    force: bool = False
    """Replace existing files."""
    picture: Path | None = None
    """A PNG of all samples side by side, pulled along x: threads in tension are red, those in
    compression blue."""
    size: int = 320
    """Side of each sample in the picture in pixels."""
    printed: SolidOptions = field(default_factory=SolidOptions)
    """Options of the solids, if meshes are written."""

    def run(self) -> int:
        """Generate, write, and print a table of wanted and actual properties."""
        names = [f"{self.model}-{self.seed}-{number + 1}" for number in range(self.count)]
        plan = plan_files(
            self.out, names, self.formats, (*_WEB_FORMATS, *FORMATS), "json", force=self.force
        )
        if self.picture:
            check_writable(self.picture, force=self.force)
        from caddis.app.commands.web.pictures import write_sheet
        from caddis.app.console import output, table

        webs = self.samples()
        if self.picture:
            write_sheet(webs, names, self.picture, self.size)
        written = [self._write(*each) for each in zip(webs, plan, range(len(webs)), strict=True)]
        output().print(table("", _COLUMNS, compared(self.wish(), webs)))
        output().print(*(path for paths in plan for path in paths), sep="\n")
        return PASSED if all(written) else FAILED

    def _write(self, web: Web, paths: Sequence[Path], number: int) -> bool:
        """Write the files of a sample; tell whether its meshes pass the gate."""
        from caddis.geometry.webs.files import write_web

        passed = True
        for path in paths:
            if path.suffix.lower().removeprefix(".") in _WEB_FORMATS:
                write_web(web, path)
                continue
            record = {**self.asked(), "sample": number + 1}
            passed &= write_solid(web, path, self.printed, record, self.licence()) == PASSED
        return passed


_COLUMNS = ("sample", "nodes", "threads", "mean degree", "thread, mm", "x", "y", "z", "parts")


def compared(wish: WebCondition, webs: Sequence[Web]) -> list[tuple[object, ...]]:
    """Return the rows of `_COLUMNS`: the wanted values, those of each sample, and their mean."""
    from caddis.geometry.webs.parameters import web_parameters

    asked = (wish.nodes, wish.edges, wish.mean_degree, wish.edge_length_mm,
             *(wish.orientation or (None,) * 3), 1)  # fmt: skip
    actual = []
    for web in webs:
        found = web_parameters(web)
        actual.append((found.nodes, found.edges, found.mean_degree, found.mean_length_mm,
                     *found.orientation, found.parts))  # fmt: skip
    means = tuple(sum(column) / len(actual) for column in zip(*actual, strict=True))
    rows: list[tuple[object, ...]] = [("asked", *(_shown(value) for value in asked))]
    rows += [(str(number), *map(_shown, each)) for number, each in enumerate(actual, start=1)]
    return [*rows, ("mean", *map(_shown, means))] if len(actual) > 1 else rows


def _shown(value: float | None) -> str:
    return "any" if value is None else f"{value:.4g}"
