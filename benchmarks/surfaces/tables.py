"""Tables of medians from rows of results."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from benchmarks.common.markdown import LEFT, RIGHT, table
from benchmarks.common.rows import Row

INFINITE = float("inf")
_HEAD = (
    "method", "CD-L1", "ratio", "CD-L2", "F .003", "F .005", "F .01", "NC", "HD", "closed",
    "manifold", "no crossings", "pieces", "faces", "cpu-s", "wall s", "MB", "given up",
)  # fmt: skip


def by_mesh(rows: Sequence[Row], kind: str, methods: Sequence[str]) -> dict[str, dict[str, Row]]:
    """Return the rows of a kind as method -> mesh -> row, for the methods that have any."""
    table: dict[str, dict[str, Row]] = {method: {} for method in methods}
    for row in rows:
        if row["kind"] == kind and row["method"] in table:
            table[row["method"]][row["name"]] = row
    return {method: of for method, of in table.items() if of}


def shared(table: dict[str, dict[str, Row]], among: Sequence[str] | None = None) -> list[str]:
    """Return the meshes that every method of the table was run on, at most those `among`."""
    if not table:
        return []
    common = set.intersection(*(set(of) for of in table.values()))
    return sorted(common if among is None else common & set(among))


def comparison(found: dict[str, dict[str, Row]], names: Sequence[str], reference: str) -> list[str]:
    """Return the lines of a table of medians; "ratio" is that of CD-L1 over the reference's."""
    lines = []
    for method, of in found.items():
        rows = [of[name] for name in names]
        base = found.get(reference, {})
        ratios = [cd(of[name]) / cd(base[name]) for name in names if name in base]
        done = [row for row in rows if "cd1" in row]
        lines.append(_cells(method, rows, done, f"{median(ratios):.2f}" if ratios else ""))
    return table(_HEAD, lines, (LEFT, *[RIGHT] * (len(_HEAD) - 1)))


def _cells(method: str, rows: Sequence[Row], done: Sequence[Row], ratio: str) -> list[str | None]:
    if not done:
        return [method, *[None] * (len(_HEAD) - 2), f"{len(rows)} of {len(rows)}"]
    return [
        method,
        f"{median(map(cd, rows)):.3f}",
        ratio,
        f"{median(row.get('cd2', INFINITE) for row in rows):.2f}",
        *(f"{median(row.get(key, 0.0) for row in rows):.4f}" for key in ("f003", "f005", "f01")),
        f"{median(row.get('nc', 0.0) for row in rows):.4f}",
        f"{median(row.get('hd', INFINITE) for row in rows):.1f}",
        *shares(rows, done),
        f"{median(row['pieces'] for row in done):.0f}",
        f"{median(row['faces'] for row in done):,.0f}",
        f"{median(row.get('cpu', INFINITE) for row in rows):.1f}",
        f"{median(row['wall'] for row in rows if 'wall' in row):.1f}",
        f"{median(row['peak_mb'] for row in done):.0f}",
        f"{len(rows) - len(done)} of {len(rows)}",
    ]


def shares(rows: Sequence[Row], done: Sequence[Row]) -> list[str]:
    """Return how many are closed, manifold, and free of crossings and collapsed faces."""
    counts = (
        sum(row["closed"] for row in done),
        sum(row["manifold"] for row in done),
        sum(not row["crossings"] and not row["collapsed"] for row in done),
    )
    return [f"{count}/{len(rows)}" for count in counts]


def cd(row: Row) -> float:
    """Return the mean distance; failures count as infinite."""
    return float(row.get("cd1", INFINITE))


def ratio(ours: Sequence[Row], theirs: Sequence[Row], key: str) -> float:
    """Return the median of our value over theirs; where theirs failed, it is 0."""
    pairs = zip(ours, theirs, strict=True)
    return median(
        one.get(key, INFINITE) / other[key] if key in other else 0.0 for one, other in pairs
    )
