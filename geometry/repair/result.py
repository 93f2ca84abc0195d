"""The result of a repair."""

from __future__ import annotations

from typing import NamedTuple

import trimesh


class Repaired(NamedTuple):
    """A repaired mesh and the changes made to it, in order.

    Attributes:
        mesh: The mesh in millimetres.
        changes: One sentence with figures for every step that changed the shape; empty if
            nothing was changed.
    """

    mesh: trimesh.Trimesh
    changes: tuple[str, ...] = ()
