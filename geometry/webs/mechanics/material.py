"""Materials and round cross-sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from annotated_types import Interval

from caddis.geometry.options.checked import Checked
from caddis.geometry.options.kinds import Positive
from caddis.geometry.webs.graph import Floats


@dataclass(frozen=True)
class Material(Checked):
    """A linear elastic, isotropic material.

    Attributes:
        young_mpa: Young's modulus, MPa = N/mm2.
        poisson: Poisson's ratio, -1 to 0.5.
        density: g/cm3.

    Raises:
        ConfigError: A field has the wrong type or is outside its range.
    """

    young_mpa: Positive
    poisson: Annotated[float, Interval(gt=-1, le=0.5)]
    density: Positive

    @property
    def shear_mpa(self) -> float:
        """Shear modulus E / (2 (1 + nu)), MPa."""
        return self.young_mpa / (2.0 * (1.0 + self.poisson))


PLA = Material(3500.0, 0.35, 1.24)
"""Typical values of printed polylactide. Parts of resin or powder need values of their own."""


def area(radii: Floats) -> Floats:
    """Return the cross-section in mm2 of round struts (E,) of radii in mm."""
    return np.asarray(np.pi * radii**2)


def second_moment(radii: Floats) -> Floats:
    """Return the second moment of area pi r^4 / 4 in mm4; the polar one is twice that."""
    return np.asarray(np.pi * radii**4 / 4.0)
