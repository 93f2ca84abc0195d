"""Materials and round cross-sections."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from caddis.geometry.errors import ConfigError
from caddis.geometry.webs.graph import Floats


@dataclass(frozen=True)
class Material:
    """A linear elastic, isotropic material.

    Attributes:
        young_mpa: Young's modulus, MPa = N/mm2.
        poisson: Poisson's ratio, -1 to 0.5.
        density: g/cm3.
    """

    young_mpa: float
    poisson: float
    density: float

    def __post_init__(self) -> None:
        """Refuse values that no material has."""
        if not (self.young_mpa > 0.0 and self.density > 0.0 and -1.0 < self.poisson <= 0.5):
            raise ConfigError("a material needs a stiffness, a density and -1 < poisson <= 0.5")

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
