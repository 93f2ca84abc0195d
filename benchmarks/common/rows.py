"""What was measured, kept in files: a stopped run goes on, and the page can be made again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from caddis.geometry.files.atomic import write_text

Row = dict[str, Any]


class Rows:
    """Rows in a file, a line of JSON each, found by the values that they were asked for.

    Args:
        path: The file; made when the first row is added. A last line that a stopped run did not
            end is left out.
        closed: Nothing is to be measured any more; whoever can does without missing rows.
    """

    def __init__(self, path: Path, *, closed: bool = False) -> None:
        self._path, self.closed = path, closed
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        whole = text[: text.rfind("\n") + 1]
        if whole != text:
            write_text(path, whole)
        self.rows: list[Row] = [json.loads(line) for line in whole.splitlines()]

    def once(self, key: Row, make: Callable[..., Row], *given: Any, again: bool = False) -> Row:
        """Return the row with these values; it is measured if it is not there.

        Args:
            key: Values that name the row; they are part of it.
            make: Measures the rest, which JSON can hold.
            given: What `make` is called with.
            again: Measure it in any case.
        """
        found = None if again else self.find(key)
        if found is not None:
            return found
        made = self.add({**key, **make(*given)})
        print(", ".join(f"{name} {value}" for name, value in key.items()), "measured", flush=True)
        return made

    def add(self, row: Row) -> Row:
        """Append a row to the file, and return it as JSON gives it back."""
        line = json.dumps(row)
        made: Row = json.loads(line)
        self.rows.append(made)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")
        return made

    def open_for(self, key: Row) -> bool:
        """Tell whether a row is there or may still be measured."""
        return not self.closed or self.find(key) is not None

    def find(self, key: Row) -> Row | None:
        """Return the latest row with these values, if there is one."""
        wanted = json.loads(json.dumps(key))
        for row in reversed(self.rows):
            if all(row.get(name) == value for name, value in wanted.items()):
                return row
        return None


def kept(path: Path, make: Callable[[], Any], *, fresh: bool = False) -> Any:
    """Return what `make` returns, as JSON gives it back, from its own file if there is one.

    Args:
        path: The file.
        make: Measures what JSON can hold.
        fresh: Measure it in any case.
    """
    if fresh or not path.exists():
        write_text(path, json.dumps(make()))
    return json.loads(path.read_text("utf-8"))
