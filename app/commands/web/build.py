"""`caddis web build`: build a whole web, thread by thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import tyro

from caddis.app.commands.base import PASSED, Command
from caddis.app.making.web_options import Kind
from caddis.app.outputs import check_writable
from caddis.geometry.options.kinds import Seed


@dataclass(frozen=True, kw_only=True)
class Build(Command):
    """Build a whole web thread by thread, as a spider does, and write it as a graph."""

    kind: tyro.conf.Positional[Kind]
    """Kind of web."""
    out: Path
    """The file to write (.json .graphml .csv)."""
    force: bool = False
    """Replace an existing file."""
    seed: Seed = 0
    """Seed of the web."""

    def run(self) -> int:
        """Build, write, and print the numbers of nodes and threads."""
        from caddis.app.console import output
        from caddis.data.webs.kinds import build_web
        from caddis.geometry.webs.files import web_format, write_web

        web_format(self.out)
        check_writable(self.out, force=self.force)
        web = build_web(self.kind, self.seed)
        write_web(web, self.out)
        output().print(f"{len(web.nodes)} nodes, {len(web.edges)} threads in {self.out}")
        return PASSED
