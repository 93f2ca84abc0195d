"""What three printing processes ask of a part.

The numbers are the usual ones of print services and machine makers, which disagree among
themselves: they are defaults to be replaced (`dataclasses.replace`), not constants of nature.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from annotated_types import Interval
from numpy.typing import NDArray

from caddis.geometry.errors import ConfigError
from caddis.geometry.options.checked import Checked
from caddis.geometry.options.kinds import Positive


@dataclass(frozen=True)
class Profile(Checked):
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

    Raises:
        ConfigError: A field has the wrong type or is outside its range.

    Example:
        >>> import caddis, trimesh
        >>> mini = caddis.Profile(
        ...     name="mini", title="my small printer", min_wall_mm=0.9, bed_mm=(120, 120, 120),
        ...     max_overhang_deg=45, min_contact_share=0.02, self_supporting=False,
        ... )
        >>> caddis.check(trimesh.creation.box((130, 20, 10)), process=mini)["fits_bed"].status
        'fail'
    """

    name: str
    title: str
    min_wall_mm: Annotated[float, Interval(ge=0)]
    bed_mm: tuple[Positive, Positive, Positive]
    max_overhang_deg: Annotated[float, Interval(ge=0, le=90)]
    min_contact_share: Annotated[float, Interval(ge=0, le=1)]
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
    if not isinstance(profile, str) or profile not in PROFILES:
        raise ConfigError(
            f"no print process is called {profile!r}", "process", f"Use {', '.join(PROFILES)}."
        )
    return PROFILES[profile]
