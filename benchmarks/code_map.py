"""A map of the code: one line a module, from the first line of its docstring.

    python -m benchmarks.code_map

Writes docs/map.md; a test fails while the page is not what this would write.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from caddis.geometry.files.atomic import write_text

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "map.md"
_FOLDERS = ("caddis", "geometry", "data", "generation", "app", "benchmarks")
_FAMILIES = Path("data/families")
_HEAD = """# Map of the code

Made by

    python -m benchmarks.code_map

One line a module, from its docstring. [ARCHITECTURE.md](../ARCHITECTURE.md) says how the parts work
together. Each folder of `data/families` holds one short module a family and is named once.
"""


def first_line(path: Path) -> str:
    """Return the first line of a module's docstring."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]


def _lines(folder: Path) -> Iterator[str]:
    """Yield the heading of a folder, its modules, and the folders in it."""
    shown = folder.relative_to(ROOT)
    package = folder / "__init__.py"
    yield f"\n## {shown}\n"
    if package.is_file():
        yield f"{first_line(package)}\n"
    for path in sorted(folder.glob("*.py")):
        if path != package:
            yield f"- `{path.name}`: {first_line(path)}"
    for inner in sorted(one for one in folder.iterdir() if (one / "__init__.py").is_file()):
        if shown == _FAMILIES:
            count = sum(1 for _ in inner.glob("*.py")) - 1
            yield f"- `{inner.name}/` ({count} modules): {first_line(inner / '__init__.py')}"
        else:
            yield from _lines(inner)


def code_map() -> str:
    """Return the page."""
    lines = [line for folder in _FOLDERS for line in _lines(ROOT / folder)]
    return _HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    write_text(PAGE, code_map())
