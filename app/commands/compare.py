"""`caddis compare`: how near a mesh or a scan is to another one."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import tyro

from caddis.app.commands.base import PASSED, Command


@dataclass(frozen=True, kw_only=True)
class Compare(Command):
    """Measure how near two shapes in the same place are: distances, normals and overlap."""

    a: tyro.conf.Positional[Path]
    """The shape to judge: a mesh, or points as `caddis reconstruct` reads them."""
    b: tyro.conf.Positional[Path]
    """What it should be: a mesh or points; percentages are of its longest side."""
    json: bool = False
    """Print the numbers as JSON."""

    def run(self) -> int:
        """Print the numbers as a table or as JSON."""
        from caddis.geometry.metrics import compare
        from caddis.geometry.scans.files import load_scan

        found = compare(load_scan(self.a), load_scan(self.b))
        if self.json:
            sys.stdout.write(json.dumps(found.to_json(), indent=2) + "\n")
        else:
            from caddis.app.console import output
            from caddis.app.reports import comparison_table

            output().print(comparison_table(f"{self.a.name} (A), {self.b.name} (B)", found))
        return PASSED
