"""The result of every operation: a mesh in millimetres, the gate's report, and a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caddis.version import VERSION

if TYPE_CHECKING:
    import trimesh

    from caddis.generation.pipeline import Generated
    from caddis.geometry.gate import GateReport
    from caddis.geometry.webs.graph import Web

GENERATED_LICENCE = "CC0-1.0"
"""Licence of generated objects: they belong to the user."""
UNKNOWN_LICENCE = "unknown"
"""Licence of objects that were made from a user's file."""
RECORDED_PACKAGES = ("manifold3d", "numpy", "torch")
"""Packages whose versions the bytes of a file depend on."""


def versions() -> dict[str, str]:
    """Return the versions that the bytes of a file depend on, by package."""
    return {"caddis": VERSION, **{name: version(name) for name in RECORDED_PACKAGES}}


@dataclass(frozen=True)
class Made:
    """One object.

    Attributes:
        mesh: In mm, on the bed.
        report: The print gate's report.
        title: What it is, in a few words.
        licence: Under what terms it may be used.
        record: Content of the JSON file next to its file: options, changes, report, versions.
        changes: Changes that were needed to make it print, in words.
        seconds: Time of each stage.
        generated: Details of a generated object; None for others.
        web: The graph of a web.
        figures: Further figures by name, such as those of a web's assembly.
    """

    mesh: trimesh.Trimesh
    report: GateReport
    title: str
    licence: str
    record: dict[str, Any]
    changes: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    generated: Generated | None = None
    web: Web | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write the mesh in the format of the path's ending, and the record next to it.

        Raises:
            OutputError: The path cannot be written.
            UnsupportedFormatError: Caddis cannot write files with this ending.
        """
        from caddis.geometry.files.export import export_mesh

        export_mesh(self.mesh, path, title=self.title, licence=self.licence, record=self.record)
