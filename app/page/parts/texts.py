"""The page's description of a result, as HTML in which all input is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from caddis.app.page.jobs.results import Result

_VERDICTS = {
    "pass": "Ready to print",
    "warn": "Prints, but look at the notes",
    "fail": "Does not print yet",
}
_CHECK_TEXTS = {
    "closed": ("The surface is closed", "The surface has holes"),
    "oriented": ("All faces agree on inside and outside", "Some faces point the wrong way"),
    "edge_manifold": ("Every edge joins two faces", "Some edges join more than two faces"),
    "vertex_manifold": ("No parts touch in single points", "Parts touch in single points"),
    "degenerate_faces": ("No faces without area", "Some faces have no area"),
    "bodies": ("One solid body", "Not one solid body"),
    "self_intersections": ("The surface does not cross itself", "The surface crosses itself"),
    "overlaps": ("No parts overlap", "Parts overlap"),
    "height": ("The height is as asked", "The height is not as asked"),
    "smallest_side": ("Large enough to print", "Very small"),
    "fits_bed": ("Fits the printer", "Larger than the printer"),
    "face_count": ("The number of triangles is usual", "Very many triangles"),
    "wall": ("Walls are thick enough", "Walls are too thin"),
    "on_bed": ("Stands on the bed", "Not on the bed"),
    "contact": ("Touches the bed enough", "Touches the bed too little"),
    "floating": ("Nothing floats in the air", "Parts float in the air"),
    "overhang": ("Few overhangs", "Overhangs need support"),
}
_SYMBOLS = {"pass": "✓", "warn": "!", "fail": "✕"}


def describe_result(result: Result) -> str:
    """Return title, verdict, size, every check in plain words, changes and times."""
    status = str(result.gate["status"])
    size = " × ".join(f"{side:.1f}" for side in result.size_mm)
    checks = sorted(result.gate["checks"], key=lambda one: _ORDER[one["status"]])
    passed = [one for one in checks if one["status"] == "pass"]
    open_points = [one for one in checks if one["status"] != "pass"]
    seconds = ", ".join(f"{name} {spent:.1f} s" for name, spent in result.stage_seconds.items())
    parts = [
        f'<div class="result"><h3>{escape(result.title)}</h3>',
        f'<p class="verdict {status}">{_VERDICTS[status]}</p>',
        f"<p><b>{size} mm</b> · {result.faces:,} triangles · "
        f"{escape(str(result.gate['profile']).upper())}</p>",
        _checks(open_points),
        _changes(result),
        *(_table(heading, rows) for heading, rows in result.figures.items()),
        f"<details><summary>{len(passed)} checks passed</summary>{_checks(passed)}</details>",
        f"<details><summary>{sum(result.stage_seconds.values()):.1f} seconds of work</summary>"
        f"<p>{escape(seconds)}</p></details></div>",
    ]
    return "".join(parts)


_ORDER = {"fail": 0, "warn": 1, "pass": 2}


def _checks(checks: list[Mapping[str, Any]]) -> str:
    rows = []
    for one in checks:
        good, bad = _CHECK_TEXTS.get(one["name"], (one["name"].replace("_", " "),) * 2)
        words = good if one["status"] == "pass" else bad
        if one["value"] is None:
            words = f"Not known yet: {words.lower()}?"
        value = "unknown" if one["value"] is None else _number(one["value"])
        measured = f"{value} {one['unit']}, wanted {one['bound']} {_number(one['threshold'])}"
        hint = f"<br>{escape(one['hint'])}" if one["hint"] else ""
        rows.append(
            f'<li class="{one["status"]}"><span>{_SYMBOLS[one["status"]]}</span><div>{words} '
            f"<small>{escape(measured)}</small>{hint}</div></li>"
        )
    return f'<ul class="checks">{"".join(rows)}</ul>' if rows else ""


def _changes(result: Result) -> str:
    if not result.changes:
        return ""
    heading = "Found" if result.kind == "check" else "Changed to make it print"
    rows = "".join(f"<li>{escape(change)}</li>" for change in result.changes)
    return f"<p>{heading}:</p><ul>{rows}</ul>"


_LINE = "border:0;border-bottom:1px solid var(--border-color-primary);padding:.2rem .8rem .2rem 0"
"""Style of each element, since Gradio's table borders take precedence over a style sheet."""


def _table(heading: str, rows: Mapping[str, Any]) -> str:
    cells = "".join(
        f'<tr style="border:0"><th style="{_LINE}">{escape(name)}</th>'
        f'<td style="{_LINE}">{escape(_number(value))}</td></tr>'
        for name, value in rows.items()
    )
    return (
        f"<details open><summary>{escape(heading)}</summary>"
        f'<table style="border:0">{cells}</table></details>'
    )


def _number(value: object) -> str:
    """Return a number as text: whole numbers in full, others with three digits."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if float(value).is_integer() or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def progress(text: str, seconds: float, done: int = 0, of: int = 0) -> str:
    """Return a status line with a progress bar; the bar moves to and fro if `of` is 0."""
    share = f'<i style="width:{100 * done / of:.0f}%"></i>' if of else '<i class="unknown"></i>'
    return (
        f'<div class="progress" role="status">{escape(text)} <small>{seconds:.0f} s</small>'
        f"<div>{share}</div></div>"
    )


def note(text: str) -> str:
    """Return a line of plain text."""
    return f'<div class="progress" role="status">{escape(text)}</div>'
