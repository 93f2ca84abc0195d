"""How a web becomes a solid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from annotated_types import Interval

from caddis.geometry.options.checked import Checked
from caddis.geometry.options.kinds import OptionalLength, Process

Base = Literal["none", "cut", "plate", "frame"]


@dataclass(frozen=True, kw_only=True)
class SolidOptions(Checked):
    """How a web becomes a solid; lengths in millimetres.

    Raises:
        ConfigError: A field has the wrong type or is outside its range.

    Example:
        >>> import caddis
        >>> caddis.SolidOptions(diameter_mm=2, base="plate").process
        'fdm'
    """

    diameter_mm: Annotated[float, Interval(gt=0, le=1000)] = 1.2
    """Diameter of the struts if the web has no radii."""
    process: Process = "fdm"
    """Print process whose thinnest wall the struts must have: fdm, sla or sls."""
    base: Base = "cut"
    """none, cut (lowest struts cut flat), plate (slab with legs) or frame (bars around)."""
    bar_mm: OptionalLength = None
    """Thickness of plate or bars; three strut diameters, at least 3 mm, when left out."""
    size_mm: Annotated[float | None, Interval(gt=0, le=100_000)] = None
    """Longest side of the web, without its base; not scaled when left out."""
    lie_flat: bool = False
    """Turn the web so that its thinnest direction points up."""
    fillet: Annotated[float, Interval(ge=0.02, le=1)] = 0.125
    """Rounding of joints as a share of the thinnest radius, .02 to 1."""
    fineness: Annotated[float, Interval(ge=2.5, le=12)] = 3.0
    """Grid cells across the thinnest strut, 2.5 to 12: more cells make rounder struts but take
    longer. Struts are flat-sided and never thinner than asked, so they have more volume than
    round ones: about 30 % at 3 and 8 % at 6. The number of faces grows with the square."""
