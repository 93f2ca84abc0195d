"""The training log: one JSON object per line, and its curves as a picture."""

from __future__ import annotations

import json
from pathlib import Path

from caddis.geometry.errors import DataError
from caddis.geometry.files.atomic import atomic_path, write_text

Entry = dict[str, float]


class Log:
    """A JSON-lines file with a `step` in every entry."""

    def __init__(self, path: Path, *, resume_at: int = 0) -> None:
        """Open the log; drop entries from step `resume_at` on, since these are run again."""
        self.path = path
        kept = [entry for entry in read_log(path) if entry["step"] < resume_at]
        write_text(path, "".join(json.dumps(entry) + "\n" for entry in kept))

    def add(self, entry: Entry) -> None:
        """Append one entry."""
        with self.path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps({key: round(value, 6) for key, value in entry.items()}) + "\n")


def read_log(path: Path) -> list[Entry]:
    """Return all entries; [] if there is no file. A last line cut off by a kill is ignored."""
    if not path.exists():
        return []
    lines = path.read_text("utf-8").splitlines()
    entries = []
    for number, line in enumerate(lines):
        try:
            entries.append(json.loads(line))
        except ValueError as error:
            if number + 1 < len(lines):
                raise DataError(
                    f"line {number + 1} is not JSON", str(path), "Delete the log."
                ) from error
    return entries


def draw_curves(log: Path, picture: Path) -> None:
    """Draw every quantity of the log against the step, one panel each, as a PNG."""
    from matplotlib.figure import Figure

    entries = read_log(log)
    names = sorted({name for entry in entries for name in entry} - {"step", "seconds"})
    if not names:
        return
    columns = min(3, len(names))
    rows = -(-len(names) // columns)
    figure = Figure(figsize=(4 * columns, 2.6 * rows), layout="constrained")
    for panel, name in enumerate(names):
        axes = figure.add_subplot(rows, columns, panel + 1)
        drawn = [(entry["step"], entry[name]) for entry in entries if name in entry]
        axes.plot(*zip(*drawn, strict=True), linewidth=1)
        axes.set_title(name, fontsize=9)
        axes.grid(alpha=0.3)
        if min(value for _, value in drawn) > 0 and "loss" in name:
            axes.set_yscale("log")
    with atomic_path(picture) as temporary:
        figure.savefig(temporary, dpi=110)
