"""Writes a web as a printable mesh; shared by several commands."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from caddis.geometry.options.webs import SolidOptions
    from caddis.geometry.webs.graph import Web


def write_solid(
    web: Web, out: Path, printed: SolidOptions, record: Mapping[str, Any], licence: str
) -> int:
    """Mesh, check and write a web, print the gate's report, and return the exit code."""
    from caddis.app.making.web import solid_web
    from caddis.app.reports import print_made

    made = solid_web(web, printed, title=out.stem, licence=licence, record=record)
    made.write(out)
    return print_made(made, out)
