"""From a mesh in memory to the files a user keeps, each with its record beside it."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caddis.version import VERSION

if TYPE_CHECKING:
    import trimesh

    from caddis.generation.pipeline import Generated

GENERATED_LICENCE = "CC0-1.0"
"""What a model makes is the user's: we claim nothing on it."""
REMEMBERED = ("manifold3d", "numpy", "torch")
"""Packages whose versions the bytes of a file depend on."""
UNKNOWN_LICENCE = "unknown"
"""For meshes that came from a user's file."""


def versions() -> dict[str, str]:
    """Return the versions that the bytes of a file depend on, by package."""
    return {"caddis": VERSION, **{name: version(name) for name in REMEMBERED}}


def describe(mesh: trimesh.Trimesh | Generated, name: str) -> dict[str, Any]:
    """Return title, licence and record for `caddis.geometry.files.export.export_mesh`.

    Args:
        mesh: A generated object, or any mesh.
        name: The title of a mesh that is not a generated object.
    """
    import trimesh

    if isinstance(mesh, trimesh.Trimesh):
        return {"title": name, "licence": UNKNOWN_LICENCE, "record": None}
    title = ", ".join(mesh.condition.values()) or name
    record = {**mesh.record(), "versions": versions()}
    return {"title": title, "licence": GENERATED_LICENCE, "record": record}


def deliver(made: Generated, paths: Iterable[Path]) -> None:
    """Write a generated object to each of `paths`, with its record.

    Raises:
        OutputError: A path cannot be written.
        UnsupportedFormatError: An ending that is no format we write.
    """
    from caddis.geometry.files.export import export_mesh

    for path in paths:
        export_mesh(made.mesh, path, **describe(made, path.stem))
