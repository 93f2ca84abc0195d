"""How a web becomes a file that prints; shared by the commands that write one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.commands.base import FAILED, PASSED

if TYPE_CHECKING:
    from geometry.webs.graph import Web
    from geometry.webs.solid import SolidOptions


@dataclass(frozen=True)
class Fabrication:
    """How struts become a solid."""

    diameter_mm: float = 1.0
    """Diameter of struts whose radius the web does not say."""
    process: str = "fdm"
    """Print process that the struts are held to: fdm, sla or sls."""
    base: Literal["none", "cut", "plate", "frame"] = "cut"
    """none, cut (lowest struts cut flat), plate (slab with legs) or frame (bars around)."""
    bar_mm: float | None = None
    """Thickness of plate or bars; three struts and at least 3 mm when left out."""
    size_mm: float | None = None
    """Longest side of the web; its own size when left out."""
    lie_flat: bool = False
    """Turn the web so that it is thinnest upwards."""
    fineness: float = 3.0
    """Grid cells across the thinnest strut, 2.5 to 12: rounder and slower."""

    def options(self) -> SolidOptions:
        """Return the options of `web_solid`."""
        from geometry.webs.solid import SolidOptions

        return SolidOptions(**vars(self))


def write_solid(
    web: Web, out: Path, how: Fabrication, record: dict[str, object], licence: str
) -> int:
    """Mesh, check, write a web, and print the gate's report."""
    from app.console import output
    from app.reports import gate_table
    from geometry.export import export_mesh
    from geometry.gate import check
    from geometry.webs.solid import web_solid

    made = web_solid(web, how.options())
    report = check(made.mesh, profile=how.process)
    about = {**record, "print": vars(how), "changes": list(made.changes), "gate": report.to_json()}
    export_mesh(made.mesh, out, title=out.stem, licence=licence, record=about)
    for change in made.changes:
        output().print(f"- {change}")
    output().print(gate_table(out.name, report))
    return PASSED if report.passed else FAILED
