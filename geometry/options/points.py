"""How a scan becomes a solid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval

from caddis.geometry.options.checked import Checked
from caddis.geometry.options.kinds import Faces, Height, Process, Seed, Unit, Upward

PointSurface = Literal["gridpull", "voromesh", "poisson"]


@dataclass(frozen=True, kw_only=True)
class ReconstructOptions(Checked):
    """How a scan becomes a solid; lengths in millimetres."""

    surface: PointSurface | None = None
    """How the surface is made from points: gridpull, voromesh or poisson. When left out, points
    use gridpull and a mesh is repaired instead."""
    resolution: Annotated[int | None, Interval(ge=16, le=2048)] = None
    """Cells along the longest side; the smallest detail is about two cells wide. 256 when left
    out, or 64 for voromesh."""
    faces: Faces = None
    """Wanted number of triangles; as many as the surface needs when left out."""
    height_mm: Height = None
    """Height of the solid; the scan's own size when left out."""
    unit: Unit = "auto"
    """Unit of the scan's file; auto takes LAS, LAZ and E57 as metres, and other files without a
    unit as mm."""
    up: Upward = "z"
    """The scan's axis that points up."""
    voxel_mm: Annotated[float | None, Interval(gt=0)] = None
    """Thin the points first: keep one for each cubic cell of this side."""
    keep_outliers: bool = False
    """Keep points that lie on no surface; by default they are dropped."""
    noise_mm: Annotated[float | None, Interval(ge=0)] = None
    """Standard deviation of the points across the surface, which sets the smoothness; estimated
    from the scan when left out. Only gridpull and voromesh use it."""
    process: Process = "fdm"
    """Print process whose limits apply: fdm, sla or sls."""
    thicken_walls: bool = False
    """Thicken walls below the process's minimum, too."""
    base: bool = False
    """Cut a flat base where there is too little contact with the bed, too."""
    seed: Seed = 0
    """Seed of the random points that are taken from a mesh."""
