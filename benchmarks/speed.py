"""How long a generation takes, cold and warm: `python -m benchmarks.speed` writes docs/speed.md.

Cold is a whole `caddis generate` process, start to file. Warm is the same request in a process
that has generated before, without writing files. Options: `--runs N`, `--preset NAME`.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import caddis
from geometry.files import write_text

PAGE = Path(__file__).resolve().parent.parent / "docs" / "speed.md"
WORDS = ("a wooden chair", "a table lamp", "a small car", "a round table", "a sofa", "a bookcase")


def cold_seconds(runs: int, preset: str) -> list[float]:
    taken = []
    for seed in range(runs):
        words = WORDS[seed % len(WORDS)]
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "caddis", "generate", "--text", words]
            command += ["--seed", str(seed), "--preset", preset, "--out", f"{folder}/object.3mf"]
            began = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603
            taken.append(time.perf_counter() - began)
    return taken


def warm_seconds(runs: int, preset: str) -> tuple[list[float], dict[str, float]]:
    """Return the seconds of each run, and the summed seconds by stage."""
    caddis.generate(WORDS[0], preset=preset)
    taken: list[float] = []
    stages: dict[str, float] = {}
    for seed in range(runs):
        began = time.perf_counter()
        made = caddis.generate(WORDS[seed % len(WORDS)], seed=seed, preset=preset)[0]
        taken.append(time.perf_counter() - began)
        for stage, seconds in made.stage_seconds.items():
            stages[stage] = stages.get(stage, 0.0) + seconds
    return taken, stages


def page(runs: int, preset: str) -> str:
    import torch

    cold = cold_seconds(runs, preset)
    warm, stages = warm_seconds(runs, preset)
    total = sum(stages.values())
    lines = [
        "# Speed",
        "",
        f"Made by `python -m benchmarks.speed --runs {runs} --preset {preset}` on "
        f"{os.cpu_count()} cores ({platform.machine()}, {platform.system()}), "
        f"Python {platform.python_version()}, torch {torch.__version__}.",
        "One object of 60 mm from words, default options.",
        "",
        f"| {runs} runs | median / s | fastest / s | slowest / s |",
        "|---|---|---|---|",
    ]
    for name, taken in (("cold: `caddis generate`, start to file", cold), ("warm", warm)):
        lines.append(
            f"| {name} | {statistics.median(taken):.1f} | {min(taken):.1f} | {max(taken):.1f} |"
        )
    lines += ["", "| stage of a warm run | mean / s | share |", "|---|---|---|"]
    for stage, seconds in stages.items():
        lines.append(f"| {stage} | {seconds / runs:.2f} | {100 * seconds / total:.0f} % |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=12)
    parser.add_argument("--preset", default="nano")
    options = parser.parse_args()
    text = page(options.runs, options.preset)
    write_text(PAGE, text)
    print(text)


if __name__ == "__main__":
    main()
