"""Slices files with PrusaSlicer, and reads its messages rather than its exit code.

It exits with 0 for inside-out boxes, nested shells and floating parts, and may crash on bad
files. So its messages are read, in a separate process with a time limit.
"""

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

SLICER = shutil.which("prusa-slicer")
LAYER_MM = 0.2


@dataclass(frozen=True)
class Slicing:
    """The result of slicing: figures of the G-code, and all complaints."""

    layers: int
    filament_mm: float
    complaints: tuple[str, ...]


def info(path: Path, timeout: float = 120.0) -> dict[str, str]:
    """The `key = value` lines of `prusa-slicer --info`."""
    said = _run("--info", str(path), timeout=timeout)
    return dict(re.findall(r"^(\w+) = *(.+?) *$", said, flags=re.MULTILINE))


def slice_file(path: Path, timeout: float = 300.0) -> Slicing:
    """Slice with 0.2 mm layers and the default profile."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "out.gcode"
        said = _run(
            "--export-gcode", "--layer-height", str(LAYER_MM), "--first-layer-height",
            str(LAYER_MM), "-o", str(target), str(path), timeout=timeout,
        )  # fmt: skip
        gcode = target.read_text(errors="replace") if target.exists() else ""
    filament = re.search(r"filament used \[mm\] = ([\d.]+)", gcode)
    return Slicing(
        layers=gcode.count(";LAYER_CHANGE"),
        filament_mm=float(filament.group(1)) if filament else 0.0,
        complaints=tuple(_complaints(said)),
    )


def _complaints(said: str) -> list[str]:
    words = re.compile(r"warning|error|empty|could not|no layers|unprintable", re.IGNORECASE)
    return [line.strip() for line in said.splitlines() if words.search(line)]


def _run(*arguments: str, timeout: float) -> str:
    assert SLICER is not None
    with tempfile.TemporaryDirectory() as settings:
        command = [SLICER, "--datadir", settings, "--loglevel", "2", *arguments]
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", timeout=timeout, check=False
        )
    return done.stdout + done.stderr
