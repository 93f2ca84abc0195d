"""What can be asked of a check, a repair, and the operations declared elsewhere.

`caddis.generation.request.Request`, `caddis.geometry.options.points.ReconstructOptions`,
`caddis.geometry.options.webs.SolidOptions` and `caddis.app.making.web_options` hold the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

from caddis.geometry.options.checked import Checked
from caddis.geometry.options.kinds import Height, Process


@dataclass(frozen=True, kw_only=True)
class CheckOptions(Checked):
    """What a mesh is held to."""

    process: Process = "fdm"
    """Print process whose limits apply: fdm, sla or sls."""
    height_mm: Height = None
    """Height that the object should have."""


@dataclass(frozen=True, kw_only=True)
class RepairOptions(Checked):
    """How a mesh becomes one clean solid."""

    process: Process = "fdm"
    """Print process whose limits apply: fdm, sla or sls."""
    thicken_walls: bool = False
    """Thicken walls below the process's minimum, too."""
    base: bool = False
    """Stand the object on the bed and cut a flat base where there is too little contact, too."""
