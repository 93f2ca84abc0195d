"""What every operation returns: a mesh in millimetres, the gate's report, and how it was made."""

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
"""What a model makes is the user's: we claim nothing on it."""
UNKNOWN_LICENCE = "unknown"
"""For meshes that came from a user's file."""
REMEMBERED = ("manifold3d", "numpy", "torch")
"""Packages whose versions the bytes of a file depend on."""


def versions() -> dict[str, str]:
    """Return the versions that the bytes of a file depend on, by package."""
    return {"caddis": VERSION, **{name: version(name) for name in REMEMBERED}}


@dataclass(frozen=True)
class Made:
    """One object.

    Attributes:
        mesh: In mm, on the bed.
        report: The print gate's.
        title: What it is, in a few words.
        licence: Under what terms it may be used.
        record: What belongs in the JSON file beside it: options, changes, report, versions.
        changes: What was done to it to make it print, in words.
        seconds: Time by stage.
        generated: What the generator said of it, if it comes from there.
        web: The graph of a web.
        figures: Further figures by name, such as how a structure of webs hangs together.
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
        """Write the mesh in the format of the path's ending, and the record beside it.

        Raises:
            OutputError: The path cannot be written.
            UnsupportedFormatError: An ending that is no format we write.
        """
        from caddis.geometry.files.export import export_mesh

        export_mesh(self.mesh, path, title=self.title, licence=self.licence, record=self.record)
