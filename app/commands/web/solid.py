"""`caddis web solid`: turn a web into one printable solid."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import tyro

from caddis.app.commands.base import Command
from caddis.app.commands.web.printing import write_solid
from caddis.app.outputs import check_writable
from caddis.geometry.options.webs import SolidOptions


@dataclass(frozen=True, kw_only=True)
class Solid(Command):
    """Turn a web into one printable solid; exit code 1 if the print gate fails."""

    file: tyro.conf.Positional[Path]
    """A web in millimetres: JSON, GraphML or CSV."""
    out: Path
    """The file to write (.3mf .stl .glb .obj .ply)."""
    force: bool = False
    """Replace an existing file."""
    keep_largest: bool = False
    """Drop all but the largest connected part."""
    printed: SolidOptions = field(default_factory=SolidOptions)
    """Options of the solid."""

    def run(self) -> int:
        """Mesh, check, write, and print the gate's report."""
        from caddis.geometry.files.export import writable_ending

        writable_ending(self.out)
        check_writable(self.out, force=self.force)
        from caddis.geometry.webs.editing import largest_part
        from caddis.geometry.webs.files import read_web

        web = read_web(self.file)
        web = largest_part(web) if self.keep_largest else web
        return write_solid(web, self.out, self.printed, {"source": self.file.name}, "unknown")
