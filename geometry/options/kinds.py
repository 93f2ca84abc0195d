"""Types, with their limits, that several options share."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Interval, MaxLen

Process = Literal["fdm", "sla", "sls"]
"""Print process, by the name of its profile in `caddis.geometry.gate.profiles`."""
Device = Literal["auto", "cpu", "cuda"]
Axis = Literal["x", "y", "z"]
Unit = Literal["auto", "mm", "cm", "m", "inch"]
Upward = Literal["z", "-z", "y", "-y", "x", "-x"]

Seed = Annotated[int, Interval(ge=0, le=2**63 - 1)]
Height = Annotated[float | None, Interval(ge=1, le=2000)]
Faces = Annotated[int | None, Interval(ge=100, le=1_000_000)]
Positive = Annotated[float, Interval(gt=0)]
Length = Annotated[float, Interval(gt=0, le=2000)]
OptionalLength = Annotated[float | None, Interval(gt=0, le=2000)]
Size = Annotated[str | None, MaxLen(60)]
"""Three lengths in mm, such as 200x80x60."""
Words = Annotated[str | None, MaxLen(300)]
"""Text that a person enters."""
Name = Annotated[str | None, MaxLen(60)]
