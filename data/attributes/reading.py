"""What the reader says of one attribute: a value and the number that decided it."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | int | bool


@dataclass(frozen=True)
class Reading:
    """One attribute of one solid.

    Attributes:
        value: "round", 3, True ...
        number: What was measured: a ratio, a count, a share; the module that reads says which.
    """

    value: Value
    number: float


Readings = dict[str, Reading]
"""Attributes by name; what does not apply to a shape, or cannot be told, is left out."""
