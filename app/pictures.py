"""Contact sheets of meshes, written as PNG."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from caddis.geometry.files.atomic import atomic_path

if TYPE_CHECKING:
    import trimesh


def write_sheet(
    shown: Sequence[tuple[trimesh.Trimesh, str]], path: Path, *, columns: int, size: int = 320
) -> None:
    """Draw meshes with labels on one sheet.

    Args:
        shown: Meshes, Z up, and their labels.
        path: The PNG to write.
        columns: Pictures in a row.
        size: Side of one picture in pixels.

    Raises:
        OutputError: The path cannot be written.
    """
    from caddis.geometry.pictures.contact_sheet import contact_sheet
    from caddis.geometry.pictures.render import render

    sheet = contact_sheet([(render(mesh, size), label) for mesh, label in shown], columns)
    with atomic_path(path) as temporary:
        sheet.save(temporary, format="PNG")
