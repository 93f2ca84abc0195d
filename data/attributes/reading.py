"""The result of reading one attribute: a value and the number that decided it."""

from __future__ import annotations

from dataclasses import dataclass

Value = str | int | bool


@dataclass(frozen=True)
class Reading:
    """One attribute of one solid.

    Attributes:
        value: "round", 3, True ...
        number: The measured ratio, count or share; the module that reads it says which.
    """

    value: Value
    number: float


Readings = dict[str, Reading]
"""Attributes by name; those that do not apply or cannot be determined are missing."""
