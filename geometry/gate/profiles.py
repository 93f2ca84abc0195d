"""What three printing processes ask of a part.

The numbers are the usual ones of print services and machine makers, which disagree among
themselves: they are defaults to be replaced (`dataclasses.replace`), not constants of nature.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.errors import ConfigError


@dataclass(frozen=True)
class Profile:
    """One process on one usual machine; lengths in mm.

    Attributes:
        name: Short name, as given on the command line.
        title: Name in words.
        min_wall_mm: Thinnest wall that comes out whole.
        bed_mm: Build volume (x, y, z).
        max_overhang_deg: Steepest overhang that holds without support, measured from the
            vertical: 0 is an upright wall, 90 a ceiling. 90 means that supports are never needed.
        min_contact_share: Least share of the footprint that must lie flat on the bed; 0 where
            the bed does not hold the part.
        self_supporting: True where the unused powder carries parts that nothing else carries.
    """

    name: str
    title: str
    min_wall_mm: float
    bed_mm: tuple[float, float, float]
    max_overhang_deg: float
    min_contact_share: float
    self_supporting: bool

    def bed_use(self, size_mm: NDArray[np.float64]) -> float:
        """Return the share used of the bed's tightest direction, turned by 90 degrees if better.

        Args:
            size_mm: (3,) sides of the part's bounding box.
        """
        bed = np.array(self.bed_mm)
        return float(min((size_mm / bed).max(), (size_mm[[1, 0, 2]] / bed).max()))


# Filament: two 0.4 mm lines side by side; a bed as in the Prusa MK3.
FDM = Profile("fdm", "filament (FDM)", 0.8, (250.0, 210.0, 210.0), 45.0, 0.02, False)
# Resin: 0.6 mm unsupported; holds down to 19 degrees from level; hangs from its supports.
SLA = Profile("sla", "resin (SLA)", 0.6, (145.0, 145.0, 175.0), 71.0, 0.0, False)
# Powder: no supports, no bed to stick to.
SLS = Profile("sls", "powder (SLS)", 0.7, (300.0, 300.0, 300.0), 90.0, 0.0, True)

PROFILES = {profile.name: profile for profile in (FDM, SLA, SLS)}


def named_profile(profile: str | Profile) -> Profile:
    """Return the profile of that name, or the profile itself.

    Raises:
        ConfigError: There is no profile of that name.
    """
    if isinstance(profile, Profile):
        return profile
    if profile not in PROFILES:
        raise ConfigError(
            f"no print process is called {profile!r}", "process", f"Use {', '.join(PROFILES)}."
        )
    return PROFILES[profile]
