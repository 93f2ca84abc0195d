"""PrusaSlicer's command line."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

SLICER = "prusa-slicer"


def installed() -> bool:
    """Tell whether the slicer is on the PATH."""
    return shutil.which(SLICER) is not None


def run(*arguments: object, seconds: float) -> subprocess.CompletedProcess[str]:
    """Run the slicer and return its exit code and what it said.

    Raises:
        subprocess.TimeoutExpired: It took longer than so many seconds.
    """
    command = [SLICER, *map(str, arguments)]
    return subprocess.run(  # noqa: S603
        command, capture_output=True, encoding="utf-8", timeout=seconds, check=False
    )


def layers(gcode: Path) -> int:
    """Return how many layers a file of G-code has; 0 if it is not there."""
    if not gcode.exists():
        return 0
    text = gcode.read_text("utf-8", errors="replace")
    return len(re.findall(r"^;LAYER_CHANGE", text, flags=re.MULTILINE))
