"""From a web to a file that prints; shared by the commands that write one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from caddis.app.commands.base import FAILED, PASSED
from caddis.app.structures import Fabrication

if TYPE_CHECKING:
    from caddis.geometry.webs.graph import Web


def write_solid(
    web: Web, out: Path, how: Fabrication, record: dict[str, object], licence: str
) -> int:
    """Mesh, check, write a web, and print the gate's report."""
    from caddis.app.console import output
    from caddis.app.reports import gate_table
    from caddis.geometry.files.export import export_mesh
    from caddis.geometry.gate import check
    from caddis.geometry.webs.solid import web_solid

    made = web_solid(web, how.options())
    report = check(made.mesh, profile=how.process)
    about = {**record, "print": vars(how), "changes": list(made.changes), "gate": report.to_json()}
    export_mesh(made.mesh, out, title=out.stem, licence=licence, record=about)
    for change in made.changes:
        output().print(f"- {change}")
    output().print(gate_table(out.name, report))
    return PASSED if report.passed else FAILED
