"""Options of checks and repairs.

The options of the other operations are in `caddis.generation.request`,
`caddis.geometry.options.points`, `caddis.geometry.options.webs` and
`caddis.app.making.web_options`.
"""

from __future__ import annotations

from dataclasses import dataclass

from caddis.geometry.options.checked import Checked
from caddis.geometry.options.kinds import Height, Process


@dataclass(frozen=True, kw_only=True)
class CheckOptions(Checked):
    """Options of a check."""

    process: Process = "fdm"
    """Print process whose limits apply: fdm, sla or sls."""
    height_mm: Height = None
    """Height that the object should have."""


@dataclass(frozen=True, kw_only=True)
class RepairOptions(Checked):
    """Options of a repair."""

    process: Process = "fdm"
    """Print process whose limits apply: fdm, sla or sls."""
    thicken_walls: bool = False
    """Also thicken walls below the process's minimum."""
    base: bool = False
    """Also stand the object on the bed, and cut a flat base if the contact is too small."""
