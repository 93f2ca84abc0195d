"""Rows of results, one JSON line each, kept as they come."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from benchmarks.surfaces.item import Item, Row


class Store:
    """A file of rows; items that are in it are not measured again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        self.rows: list[Row] = [json.loads(line) for line in lines]

    def has(self, item: Item) -> bool:
        """Tell whether the item is there."""
        key = asdict(item)
        return any(key.items() <= row.items() for row in self.rows)

    def add(self, row: Row) -> None:
        """Append a row and print it."""
        self.rows.append(row)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(row) + "\n")
        short = {k: round(v, 4) if isinstance(v, float) else v for k, v in row.items()}
        print(json.dumps(short), flush=True)
