"""The tables that commands print."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from caddis.app.commands.base import FAILED, PASSED
from caddis.app.console import output, table
from caddis.app.making.made import Made

if TYPE_CHECKING:
    from caddis.geometry.gate import GateReport
    from caddis.geometry.metrics import Comparison


def print_made(made: Made, target: Path, *, nothing: str = "") -> int:
    """Print what was changed and the gate's report; return the exit code.

    Args:
        made: The object that was written.
        target: Its file.
        nothing: What to print when nothing was changed.
    """
    for change in made.changes or ([nothing] if nothing else []):
        output().print(f"- {change}")
    output().print(gate_table(target.name, made.report))
    return PASSED if made.report.passed else FAILED


def shortcomings(made: Made) -> list[str]:
    """Return what the gate found less than good, and what was changed, a line each."""
    found = [
        f"{check}: {status}, {measured} ({wanted}). {hint}"
        for check, status, measured, wanted, hint in made.report.table()
        if status != "pass"
    ]
    return [*found, *made.changes]


def gate_table(title: str, report: GateReport) -> Table:
    """Return a gate report as a table: one row per check, the verdict in the title."""
    heading = f"{title}: {report.status} ({report.profile})"
    return table(heading, ("check", "status", "measured", "wanted", "hint"), report.table())


def comparison_table(title: str, found: Comparison) -> Table:
    """Lay out a comparison: lengths from A to B and from B to A, and what counts for both."""
    mean, largest = found.mean, found.hausdorff
    rows = [
        ("mean distance, mm", *_ways(mean), ""),
        ("mean distance, % of the longest side", *_ways(found.percent(mean)), ""),
        ("Hausdorff distance, mm", *_ways(largest), ""),
        ("Hausdorff distance, % of the longest side", *_ways(found.percent(largest)), ""),
        ("F-score at 1 %", "", "", f"{found.f_score:.4f}"),
        ("normal consistency", "", "", _known(found.normal_consistency)),
        ("volume of A over that of B", "", "", _known(found.volume_ratio)),
        ("intersection over union", "", "", _known(found.iou)),
    ]
    return table(title, ("measure", "A to B", "B to A", "both"), rows)


def _ways(lengths: tuple[float, float]) -> tuple[str, str]:
    return f"{lengths[0]:.4g}", f"{lengths[1]:.4g}"


def _known(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.4f}"


def results_table(results: Sequence[tuple[str, Made]]) -> Table:
    """Return a table of generated objects, each with the words it was generated from."""
    columns = ("words", "seed", "tokens", "faces", "millimetres", "gate", "seconds")
    return table("", columns, [_result_row(*result) for result in results])


def _result_row(words: str, made: Made) -> tuple[object, ...]:
    size = " x ".join(f"{side:.1f}" for side in made.mesh.extents)
    return (
        words,
        made.record["seed"],
        len(made.record["tokens"]),
        len(made.mesh.faces),
        size,
        made.report.status,
        sum(made.seconds.values()),
    )


def stages_table(made: Sequence[Made]) -> Table:
    """Return a table of the time of each stage, summed over the objects, with its share."""
    seconds: dict[str, float] = {}
    for one in made:
        for stage, spent in one.seconds.items():
            seconds[stage] = seconds.get(stage, 0.0) + spent
    total = sum(seconds.values())
    rows = [
        (stage, f"{spent:.2f}", f"{100 * spent / total if total else 0:.0f} %")
        for stage, spent in seconds.items()
    ]
    rows.append(("all", f"{total:.2f}", "100 %"))
    return table("", ("stage", "seconds", "share"), rows)
