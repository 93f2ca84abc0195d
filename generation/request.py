"""The request for a generation: what to make, and how."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from annotated_types import Interval

from caddis.geometry.options.checked import Checked
from caddis.geometry.options.kinds import (
    Device,
    Faces,
    Height,
    Name,
    OptionalLength,
    Process,
    Seed,
    Size,
    Words,
)

MAX_COUNT = 1000
DEFAULT_HEIGHT_MM = 60.0

FieldSurface = Literal["marching-cubes", "voromesh"]
SymmetryName = Literal["none", "x", "y", "xy", "revolved"]
Temperature = Annotated[float, Interval(gt=0, le=5)]


@dataclass(frozen=True, kw_only=True)
class Sampling(Checked):
    """How tokens are drawn."""

    guidance: Annotated[float, Interval(ge=0, le=20)] = 2.0
    """How strongly text and category count; 0 switches guidance off. It falls linearly to 0 over
    the tokens (as in Roblox's Cube 3D): conditions decide the coarse shape, and strong guidance on
    details makes all shapes alike."""
    temperature: Temperature = 0.9
    """Of the first token: higher is more varied. It falls linearly to the final temperature."""
    final_temperature: Temperature = 0.6
    """Of the last token: details are better drawn with care."""
    top_p: Annotated[float, Interval(gt=0, le=1)] = 0.92
    """Share of probability of the likeliest codes to draw from."""


@dataclass(frozen=True, kw_only=True)
class Request(Checked):
    """What to make, and how."""

    text: Words = None
    """What to make, in English."""
    category: Name = None
    """What to make, as one of the model's categories; may be combined with a text."""
    seed: Seed = 0
    """Same seed, same options, same machine: same bytes."""
    count: Annotated[int, Interval(ge=1, le=MAX_COUNT)] = 1
    """How many different objects."""
    height_mm: Height = None
    """Height of each object in millimetres; left out: 60, or less where the bed is too small."""
    anyway: bool = False
    """Make something for a text whose object the model has never seen."""
    wide_mm: OptionalLength = None
    """Width, from left to right."""
    deep_mm: OptionalLength = None
    """Depth, from front to back."""
    longest_mm: OptionalLength = None
    """The longest side, whichever it is."""
    size_mm: Size = None
    """Width x depth x height, such as 200x80x60."""
    symmetry: SymmetryName | None = None
    """none, x (left and right alike), y (front and back alike), xy (both) or revolved (turned
    around the vertical); as it comes when left out."""
    faces: Faces = None
    """Wanted number of triangles; as many as the surface needs when left out."""
    process: Process = "fdm"
    """Print process whose limits apply: fdm, sla or sls."""
    surface: FieldSurface = "marching-cubes"
    """How the surface is made from the field."""
    resolution: Annotated[int, Interval(ge=16, le=512)] = 96
    """Cells along a side of the box that is meshed."""
    candidates: Annotated[int, Interval(ge=1, le=64)] = 4
    """Drafts per object, of which the likeliest printable one is kept."""
    sampling: Sampling = field(default_factory=Sampling)
    """How tokens are drawn."""
    preset: str = "nano"
    """Which shipped model."""
    weights: Path | None = None
    """Folder of a training run, in place of a shipped model."""
    device: Device = "auto"
    """cpu, cuda, or auto for CUDA where there is a card."""

    @property
    def words(self) -> str:
        """The requested text and category in a few words."""
        parts = [self.category.replace("_", " ") if self.category else "", self.text or ""]
        return ", ".join(part for part in parts if part) or "anything"
