"""Oriented points of a surface, from which the field is solved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class OrientedSamples:
    """Oriented points of the surface, in canonical coordinates.

    Attributes:
        points: (N, 3) float64.
        normals: (N, 3) float64, unit, outward.
        areas: (N,) float64, area that each point stands for.
        trust: (N,) float64, 0 to 1, how far each normal counts.
        noise: Standard deviation of the points across the surface.
    """

    points: Floats
    normals: Floats
    areas: Floats
    trust: Floats
    noise: float
