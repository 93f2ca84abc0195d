"""`caddis web assemble`: join many samples into a large structure."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from caddis.app.commands.base import PASSED, Command
from caddis.app.commands.web.printing import write_solid
from caddis.app.making.web_options import Structure
from caddis.app.outputs import FORMATS, check_writable
from caddis.geometry.options.webs import SolidOptions


@dataclass(frozen=True, kw_only=True)
class Assemble(Structure, Command):
    """Lay samples of webs along a curve, over a surface or through a solid, as one web or body."""

    out: Path
    """A mesh to print (.3mf .stl .glb .obj .ply) or a web (.json .graphml .csv)."""
    force: bool = False
    """Replace existing files."""
    picture: Path | None = None
    """A PNG to draw: threads coloured by their tension at rest, redder for more."""
    size: int = 768
    """Side of the picture in pixels."""
    printed: SolidOptions = field(default_factory=SolidOptions)
    """Options of the solid, if a mesh is written."""

    def run(self) -> int:
        """Assemble, report, and write."""
        mesh = self.out.suffix.lower().removeprefix(".") in FORMATS
        if not mesh:
            from caddis.geometry.webs.files import web_format

            web_format(self.out)
        for path in (self.out, self.picture):
            if path is not None:
                check_writable(path, force=self.force)
        from caddis.app.console import output, table
        from caddis.geometry.webs.files import write_web

        web, report = self.assembled()
        rows = [(name.replace("_", " "), value) for name, value in report.to_json().items()]
        output().print(table(self.out.name, ("assembly", "value"), rows))
        if self.picture:
            from caddis.app.commands.web.pictures import write_picture

            write_picture(web, self.picture, web.tensions, self.size)
        if not mesh:
            write_web(web, self.out)
            return PASSED
        record: dict[str, object] = {**self.asked(), "assembly": report.to_json()}
        return write_solid(web, self.out, self.printed, record, self.licence())
