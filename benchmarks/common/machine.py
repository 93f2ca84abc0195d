"""What a page says of the machine that it was measured on."""

from __future__ import annotations

import os
import platform


def cores() -> str:
    """Return cores, processor and system: "2 cores (x86_64, Linux)"."""
    return f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()})"


def python() -> str:
    """Return "Python" and its version."""
    return f"Python {platform.python_version()}"
