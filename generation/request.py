"""The request for a generation: what to make, and how."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from caddis.generation.sampling import Sampling
from caddis.geometry.errors import ConfigError

MAX_COUNT = 1000
DEFAULT_HEIGHT_MM = 60.0


@dataclass(frozen=True)
class Request:
    """A request: what to make, and how.

    Attributes:
        text: Description in words, or None.
        category: One of the model's categories, or None.
        seed: Determines everything random; the same request gives the same bytes.
        count: Number of different objects.
        height_mm: Height of each object; None takes `DEFAULT_HEIGHT_MM`, reduced if the object is
            so flat or long that it would not fit the bed.
        preset: Name of a shipped model.
        weights: Folder of weights to use instead of a shipped preset.
        surface: Name of the surface back-end.
        resolution: Cells along a side of the meshed box.
        faces: Wanted number of triangles, or None for as many as the surface needs.
        process: Print process whose limits the print gate applies.
        candidates: Token sequences drawn per object; the likeliest printable one is kept.
        sampling: How tokens are drawn.
        device: "cpu", "cuda" or "auto".
    """

    text: str | None = None
    category: str | None = None
    seed: int = 0
    count: int = 1
    height_mm: float | None = None
    preset: str = "nano"
    weights: Path | None = None
    surface: str = "marching-cubes"
    resolution: int = 96
    faces: int | None = None
    process: str = "fdm"
    candidates: int = 4
    sampling: Sampling = field(default_factory=Sampling)
    device: str = "auto"

    def __post_init__(self) -> None:
        """Reject values outside their ranges."""
        if not 1 <= self.count <= MAX_COUNT:
            raise ConfigError(f"count must be 1 to {MAX_COUNT}, not {self.count}", "count")
        if not 1 <= self.candidates <= 64:
            raise ConfigError(f"candidates must be 1 to 64, not {self.candidates}", "candidates")
        if self.height_mm is not None and not 1.0 <= self.height_mm <= 2000.0:
            raise ConfigError(f"height must be 1 to 2000 mm, not {self.height_mm}", "height_mm")
        if self.faces is not None and self.faces < 20:
            raise ConfigError(f"faces must be at least 20, not {self.faces}", "faces")

    @property
    def words(self) -> str:
        """The requested text and category in a few words."""
        parts = [self.category.replace("_", " ") if self.category else "", self.text or ""]
        return ", ".join(part for part in parts if part) or "anything"
