"""What a repair hands back."""

from __future__ import annotations

from typing import NamedTuple

import trimesh


class Repaired(NamedTuple):
    """A mesh and, in order, what was done to it.

    Attributes:
        mesh: The mesh in millimetres.
        changes: One sentence with figures for every step that changed the shape; empty if
            the mesh came through as it was.
    """

    mesh: trimesh.Trimesh
    changes: tuple[str, ...] = ()
