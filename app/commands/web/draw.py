"""`caddis web draw`: draw a picture of a web."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import tyro

from caddis.app.commands.base import PASSED, Command
from caddis.app.outputs import check_writable


@dataclass(frozen=True, kw_only=True)
class Draw(Command):
    """Draw a web, its threads coloured by the tension that the file gives."""

    file: tyro.conf.Positional[Path]
    """A web: JSON, GraphML or CSV."""
    out: Path
    """The PNG to write."""
    force: bool = False
    """Replace an existing file."""
    size: int = 768
    """Side of the picture in pixels."""

    def run(self) -> int:
        """Draw and write."""
        check_writable(self.out, force=self.force)
        from caddis.app.commands.web.pictures import write_picture
        from caddis.geometry.webs.files import read_web

        web = read_web(self.file)
        write_picture(web, self.out, web.tensions, self.size)
        return PASSED
