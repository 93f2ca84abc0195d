"""Turns webs into printable solids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caddis.app.making.made import Made, versions
from caddis.generation.stopwatch import Stopwatch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from caddis.geometry.options.webs import SolidOptions
    from caddis.geometry.webs.graph import Web


def solid_web(
    web: Web,
    printed: SolidOptions,
    *,
    title: str,
    licence: str,
    record: Mapping[str, Any],
    watch: Stopwatch | None = None,
) -> Made:
    """Mesh a web as one body, and check it.

    Args:
        web: A web that is connected, by itself or through its base.
        printed: Options of the solid.
        title: What it is, in a few words.
        licence: Under what terms it may be used.
        record: Entries of the record, put before those of the solid.
        watch: Records the time of each stage.

    Raises:
        CaddisError: As `caddis.geometry.webs.solid.web_solid` does.
    """
    from caddis.geometry.gate import check
    from caddis.geometry.webs.solid import web_solid

    watch = watch or Stopwatch()
    with watch.stage("solid"):
        solid = web_solid(web, printed)
    with watch.stage("gate"):
        report = check(solid.mesh, profile=printed.process)
    about: dict[str, Any] = {
        **record,
        "print": vars(printed),
        "changes": list(solid.changes),
        "gate": report.to_json(),
        "versions": versions(),
    }
    return Made(
        solid.mesh, report, title, licence, about, solid.changes, watch.seconds, web=solid.web
    )  # fmt: skip
