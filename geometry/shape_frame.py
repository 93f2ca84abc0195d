"""The frame of a shape: its symmetry and the sides of its box."""

from __future__ import annotations

from dataclasses import dataclass

from caddis.geometry.symmetry import Symmetry


@dataclass(frozen=True)
class ShapeFrame:
    """The symmetry and the size of a shape, known before its surface is made.

    Attributes:
        symmetry: Its planes and axes go through the centre of the box.
        sides: Lengths of the box along x, y and z in canonical units; its centre is the origin.
    """

    symmetry: Symmetry
    sides: tuple[float, float, float]
