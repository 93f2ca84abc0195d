"""`caddis web generate`: samples of webs to order, as graphs or as bodies that print."""

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
    """Generate samples of webs to order; exit code 1 when a mesh fails the print gate."""

    out: Path = Path("webs")
    """A web (.json .graphml .csv), a mesh to print (.3mf .stl .glb .obj .ply), or a folder;
    several samples in a file's name are numbered."""
    formats: Annotated[tuple[WebFormat | Format, ...], tyro.conf.arg(aliases=["--format"])] = ()
    """Formats to write in a folder; json when none is named."""
    force: bool = False
    """Replace files that are there already."""
    picture: Path | None = None
    """A PNG of all samples side by side: threads red where pulled and blue where pushed, when
    the web is pulled along x."""
    size: int = 320
    """Side of each sample in the picture in pixels."""
    printed: SolidOptions = field(default_factory=SolidOptions)
    """How, when meshes are written."""

    def run(self) -> int:
        """Generate, write, and print what was asked and what came."""
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
    """Return rows under `_COLUMNS`: what was asked, what came, and its mean."""
    from caddis.geometry.webs.parameters import web_parameters

    asked = (wish.nodes, wish.edges, wish.mean_degree, wish.edge_length_mm,
             *(wish.orientation or (None,) * 3), 1)  # fmt: skip
    came = []
    for web in webs:
        found = web_parameters(web)
        came.append((found.nodes, found.edges, found.mean_degree, found.mean_length_mm,
                     *found.orientation, found.parts))  # fmt: skip
    means = tuple(sum(column) / len(came) for column in zip(*came, strict=True))
    rows: list[tuple[object, ...]] = [("asked", *(_shown(value) for value in asked))]
    rows += [(str(number), *map(_shown, each)) for number, each in enumerate(came, start=1)]
    return [*rows, ("mean", *map(_shown, means))] if len(came) > 1 else rows


def _shown(value: float | None) -> str:
    return "any" if value is None else f"{value:.4g}"
