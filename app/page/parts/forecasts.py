"""The expected time and memory of a reconstruction, in words."""

from __future__ import annotations

from typing import Any

from caddis.app.page.parts import texts
from caddis.geometry.options.points import ReconstructOptions
from caddis.geometry.scans.reconstruct import forecast_count

AUTOMATIC = "auto"
"""Option that chooses the surface method by the kind of scan."""
Scan = dict[str, Any]
"""Description of a scan: the event "points" of `app.page.jobs.file_jobs`; empty before it comes."""


def expected(known: Scan, surface: str, cells: float) -> str:
    """Return the estimate in words; empty while there is no scan."""
    if not known:
        return ""
    size = " × ".join(f"{side:.1f}" for side in known["size_mm"])
    if known["mesh"] and surface == AUTOMATIC:
        return texts.note(f"A mesh of {size} mm: it is repaired, not made again from points.")
    options = ReconstructOptions(
        surface=None if surface == AUTOMATIC else surface,  # type: ignore[arg-type]
        resolution=int(cells),
    )
    forecast = forecast_count(None if known["mesh"] else known["count"], options)
    described = f"{known['count']:,} points, {size} mm"
    if forecast is None:
        return texts.note(f"{described}.")
    return texts.note(
        f"{described}: about {_rounded(forecast.seconds)} on a free core "
        f"and {forecast.size / 1e9:.1f} GB."
    )


def _rounded(seconds: float) -> str:
    if seconds < 90.0:
        return f"{max(5, 5 * round(seconds / 5)):g} s"
    return f"{seconds / 60.0:.0f} min"
