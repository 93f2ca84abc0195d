"""The frame of a shape: its symmetry and the sides of its box."""

from __future__ import annotations

from dataclasses import dataclass

from caddis.geometry.symmetry import Symmetry


@dataclass(frozen=True)
class ShapeFrame:
    """What is known of a shape before its surface.

    Attributes:
        symmetry: About the middle of the box.
        sides: Lengths of the box along x, y and z, canonical units; its centre is the origin.
    """

    symmetry: Symmetry
    sides: tuple[float, float, float]
