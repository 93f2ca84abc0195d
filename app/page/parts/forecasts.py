"""What a reconstruction will take, in words, before it is begun."""

from __future__ import annotations

from typing import Any

from caddis.app.page.parts import texts
from caddis.geometry.options.points import ReconstructOptions
from caddis.geometry.scans.reconstruct import forecast_count

AUTOMATIC = "auto"
"""The surface that suits the scan."""
Scan = dict[str, Any]
"""What is known of a scan: the event "points" of `app.page.jobs.file_jobs`, or nothing yet."""


def expected(known: Scan, surface: str, cells: float) -> str:
    """Return the estimate in words; empty while no scan is known."""
    if not known:
        return ""
    size = " × ".join(f"{side:.1f}" for side in known["size_mm"])
    if known["mesh"] and surface == AUTOMATIC:
        return texts.note(f"A mesh of {size} mm: it is mended, not made anew.")
    options = ReconstructOptions(
        surface=None if surface == AUTOMATIC else surface,  # type: ignore[arg-type]
        resolution=int(cells),
    )
    will = forecast_count(None if known["mesh"] else known["count"], options)
    told = f"{known['count']:,} points, {size} mm"
    if will is None:
        return texts.note(f"{told}.")
    return texts.note(
        f"{told}: about {_rounded(will.seconds)} on a free core and {will.size / 1e9:.1f} GB."
    )


def _rounded(seconds: float) -> str:
    if seconds < 90.0:
        return f"{max(5, 5 * round(seconds / 5)):g} s"
    return f"{seconds / 60.0:.0f} min"
