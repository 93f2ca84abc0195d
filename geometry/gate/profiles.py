"""Limits that three printing processes set to a part.

The numbers are typical of print services and machine makers, which disagree among themselves.
They are defaults: replace them for your machine with `dataclasses.replace`.
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
    """One process on one typical machine; lengths in mm.

    Attributes:
        name: Short name, as given on the command line.
        title: Name in words.
        min_wall_mm: Thinnest wall that prints reliably.
        bed_mm: Build volume (x, y, z).
        max_overhang_deg: Steepest overhang that holds without support, measured from the
            vertical: 0 is an upright wall, 90 a ceiling. 90 means that supports are never needed.
        min_contact_share: Smallest share of the footprint that must lie flat on the bed; 0 if
            the bed does not hold the part.
        self_supporting: True if the unused powder supports the part, so that bodies may float.

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
        """Return the largest ratio of a side of the part to the same side of the build volume.

        The part may be turned by 90 degrees about Z. It fits if the ratio is at most 1.

        Args:
            size_mm: (3,) sides of the part's bounding box.
        """
        bed = np.array(self.bed_mm)
        return float(min((size_mm / bed).max(), (size_mm[[1, 0, 2]] / bed).max()))


# Filament: walls of two 0.4 mm lines side by side; the bed of the Prusa MK3.
FDM = Profile("fdm", "filament (FDM)", 0.8, (250.0, 210.0, 210.0), 45.0, 0.02, False)
# Resin: 0.6 mm for unsupported walls; overhangs hold down to 19 degrees from horizontal; the part
# hangs from its supports and needs no contact with the bed.
SLA = Profile("sla", "resin (SLA)", 0.6, (145.0, 145.0, 175.0), 71.0, 0.0, False)
# Powder: the part needs neither supports nor contact with a bed.
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
