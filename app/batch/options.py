"""How a batch runs, and what its jobs are given that they do not state themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from annotated_types import Interval, MaxLen

from caddis.app.outputs import Format
from caddis.geometry.options.checked import Checked
from caddis.geometry.options.kinds import Height, Process, Seed


@dataclass(frozen=True, kw_only=True)
class BatchOptions(Checked):
    """How a batch runs."""

    workers: Annotated[int, Interval(ge=0, le=256)] = 0
    """Processes that work at once; as many as there are processors, up to 8, when 0."""
    seed: Seed = 0
    """Seed of the jobs that have none of their own."""
    timeout_s: Annotated[float, Interval(gt=0)] = 600.0
    """Seconds after which an item is given up."""
    retry: bool = False
    """Try again what could not be made before."""
    plate: Annotated[str | None, MaxLen(60)] = None
    """Pack what passes on a printer's bed, one 3MF a bed: 220x220, mini, mk4, ender3 or x1."""
    formats: tuple[Format, ...] = ()
    """Formats of the jobs that state none; 3mf when none is named."""
    height_mm: Height = None
    """Height of the jobs that state none."""
    process: Process = "fdm"
    """Print process of the jobs that state none: fdm, sla or sls."""

    def defaults(self) -> dict[str, object]:
        """Return by name what jobs are given that do not state it."""
        given = {
            "formats": list(self.formats),
            "height_mm": self.height_mm,
            "process": self.process,
        }
        return {name: value for name, value in given.items() if value}
