"""The page docs/gridpull.md from the measured rows."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from statistics import median
from typing import Any

import numpy as np

Row = dict[str, Any]

_KINDS = {
    "clean": "Clean",
    "thin": "Thin objects, clean",
    "noisy": "Noisy: Gaussian, 0.5 % of the longest side in each coordinate",
    "broken": "Broken: a third of the surface missing, in round holes",
    "outliers": "5 % strays, uniform in the box",
}
_HEAD = """# GridPull

Signed distances on a grid straight from raw points (`geometry/gridpull`), beside Open3D's
screened Poisson of depth 8 with normals that it estimates and orients itself, beside the same
with the true normals, and beside the paper's own procedure re-implemented. Made by
`python -m benchmarks.gridpull --data FOLDER --scaling` on {machine}.

30,000 points without normals of each mesh. CD is the mean distance of 50,000 points on each
surface to the other's triangles, exact, both ways, in thousandths of the longest side; F is the
F-score at .003; NC the mean |cosine| of the normals; HD the largest of those distances, in
thousandths. Medians over the meshes that every method of the table was run on; failures count
as infinite. "Of" is the CD over that of Poisson with true normals, mesh by mesh, as a median.
cpu-s are processor seconds from points to mesh.
"""


def page(rows: Sequence[Row]) -> str:
    cores = f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()})"
    lines = [_HEAD.format(machine=f"{cores}, Python {platform.python_version()}")]
    for kind, title in _KINDS.items():
        lines += _comparison(title, [row for row in rows if row.get("kind") == kind])
    lines += _paper(rows)
    lines += _scaling([row for row in rows if "points" in row])
    return "\n".join(lines) + "\n"


def _comparison(title: str, rows: Sequence[Row]) -> list[str]:
    table: dict[str, dict[str, Row]] = {}
    for row in rows:
        if "paper" not in row["method"]:
            table.setdefault(row["method"], {})[row["mesh"]] = row
    if not table:
        return []
    shared = sorted(set.intersection(*(set(of) for of in table.values())))
    if not shared:
        return []
    lines = [f"## {title} ({len(shared)} meshes)", ""]
    lines += ["| method | CD | of | F | NC | HD | closed manifold | pieces | cpu-s |"]
    lines += ["|---|---|---|---|---|---|---|---|---|"]
    reference = table.get("Open3D Poisson, true normals", {})
    for method, of in table.items():
        chosen = [of[name] for name in shared]
        ratios = [_cd(of[name]) / _cd(reference[name]) for name in shared if name in reference]
        ratio = f"{median(ratios):.2f}" if ratios else ""
        numbers = [_median(chosen, key) for key in ("f", "nc", "hausdorff")]
        manifold = sum(row.get("manifold", 0.0) == 1.0 for row in chosen)
        lines.append(
            f"| {method} | {median(map(_cd, chosen)):.3f} | {ratio} | {numbers[0]:.4f} | "
            f"{numbers[1]:.4f} | {numbers[2]:.1f} | {manifold} of {len(chosen)} | "
            f"{_median(chosen, 'pieces'):.0f} | {_median(chosen, 'cpu'):.1f} |"
        )
    return [*lines, ""]


def _cd(row: Row) -> float:
    return float(row.get("cd", np.inf))


def _median(rows: Sequence[Row], key: str) -> float:
    return median(row[key] for row in rows if key in row)


def _paper(rows: Sequence[Row]) -> list[str]:
    papers = [row for row in rows if "paper" in row.get("method", "") and "cd" in row]
    if not papers:
        return []
    lines = ["## The paper's procedure", ""]
    lines += ["| mesh | method | CD | NC | cpu-s |", "|---|---|---|---|---|"]
    for row in papers:
        ours = [
            other
            for other in rows
            if other.get("mesh") == row["mesh"]
            and other.get("kind") == "clean"
            and other["method"].startswith("GridPull")
        ]
        lines += [
            f"| {one['mesh']} | {one['method']} | {one['cd']:.3f} | {one['nc']:.4f} | "
            f"{one['cpu']:.1f} |"
            for one in [row, *ours]
        ]
    return [*lines, ""]


def _scaling(rows: Sequence[Row]) -> list[str]:
    if not rows:
        return []
    lines = ["## Cost", "", "A sphere with bumps; wall seconds and peak memory of the process.", ""]
    lines += ["| points | cells | wall s | cpu-s | peak GB | faces |", "|---|---|---|---|---|---|"]
    for row in sorted(rows, key=lambda row: (row["resolution"], row["points"])):
        lines.append(
            f"| {row['points']:,} | {row['resolution']} | {row['wall']:.1f} | {row['cpu']:.1f} | "
            f"{row['peak_gb']:.2f} | {row['faces']:,} |"
        )
    for what, fixed in (("points", "resolution"), ("resolution", "points")):
        exponent = _exponent(rows, what, fixed)
        if exponent is not None:
            lines += ["", f"cpu-s grow with {what} to the power of {exponent:.2f}."]
    return [*lines, ""]


def _exponent(rows: Sequence[Row], what: str, fixed: str) -> float | None:
    """Slope of log cpu-s over log `what`, among rows with the commonest `fixed`."""
    values = [row[fixed] for row in rows]
    common = max(set(values), key=values.count)
    chosen = [row for row in rows if row[fixed] == common]
    if len(chosen) < 3:
        return None
    x, y = (np.log([row[name] for row in chosen]) for name in (what, "cpu"))
    return float(np.polyfit(x, y, 1)[0])
