"""How long a generation takes, cold and warm: `python -m benchmarks.speed` writes docs/speed.md.

Cold is a whole `caddis generate` process, start to file. Warm is the same request in a process
that has generated before, without writing files. Processor seconds count the work of all
threads; they hardly depend on what else the machine does, which seconds on the clock do.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import tyro

import caddis
from benchmarks.common.machine import cores, python
from benchmarks.common.markdown import header, table
from caddis.app.commands.showcase import SHOWN
from caddis.geometry.files.atomic import write_text

WORDS = ("a wooden chair", "a table lamp", "a small car", "a round table", "a sofa", "a bookcase")
QUIET = 0.5
"""Other running processes on average, up to which a machine counts as quiet."""


@dataclass(frozen=True)
class Options:
    """What to measure.

    Attributes:
        runs: Cold and warm runs, each of other words.
        preset: Which shipped model.
        showcase: Also time `caddis showcase`, which is what `make run` does after set-up.
        out: The page to write.
    """

    runs: int = 12
    preset: str = "nano"
    showcase: bool = True
    out: Path = Path("docs/speed.md")


@dataclass(frozen=True)
class Taken:
    """Seconds of one run: on the clock, and of the processor."""

    clock: float
    processor: float


def timed(work: Callable[[], object], who: int) -> Taken:
    """Time `work`, with the processor seconds of this process or of its children."""
    before, began = resource.getrusage(who), time.perf_counter()
    work()
    clock, after = time.perf_counter() - began, resource.getrusage(who)
    return Taken(clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def command_seconds(*arguments: str) -> Taken:
    """Time one `caddis` process, start to end."""
    command = [sys.executable, "-m", "caddis", *arguments]
    return timed(
        lambda: subprocess.run(command, check=True, capture_output=True),  # noqa: S603
        resource.RUSAGE_CHILDREN,
    )


def cold(runs: int, preset: str) -> list[Taken]:
    """Time `caddis generate` for each of the words in turn."""
    taken = []
    for seed in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            taken.append(
                command_seconds(
                    "generate", "--text", WORDS[seed % len(WORDS)], "--seed", str(seed),
                    "--preset", preset, "--out", f"{folder}/object.3mf",
                )
            )  # fmt: skip
    return taken


def warm(runs: int, preset: str) -> tuple[list[Taken], dict[str, float]]:
    """Return the seconds of each run, and the summed seconds on the clock by stage."""
    caddis.generate(WORDS[0], preset=preset)
    taken: list[Taken] = []
    stages: dict[str, float] = {}
    for seed in range(runs):
        made: list[caddis.Generated] = []

        def work(seed: int = seed, made: list[caddis.Generated] = made) -> None:
            made += caddis.generate(WORDS[seed % len(WORDS)], seed=seed, preset=preset)

        taken.append(timed(work, resource.RUSAGE_SELF))
        for stage, seconds in made[0].stage_seconds.items():
            stages[stage] = stages.get(stage, 0.0) + seconds
    return taken, stages


def showcase() -> list[Taken]:
    """Time one `caddis showcase`."""
    with tempfile.TemporaryDirectory() as folder:
        return [command_seconds("showcase", "--out", folder)]


def page(options: Options) -> str:
    """Measure, and return docs/speed.md."""
    load_before = os.getloadavg()[0]
    rows = [(f"cold: `caddis generate`, start to file ({options.runs} runs)",
             cold(options.runs, options.preset))]  # fmt: skip
    taken, stages = warm(options.runs, options.preset)
    rows.append((f"warm ({options.runs} runs)", taken))
    if options.showcase:
        rows.append((f"`caddis showcase`: {len(SHOWN)} objects, as `make run` (1 run)", showcase()))
    return "\n".join(_lines(rows, stages, load_before, options))


def _lines(
    rows: list[tuple[str, list[Taken]]], stages: dict[str, float], load: float, options: Options
) -> list[str]:
    import torch

    total = sum(stages.values())
    shares = [
        (stage, f"{seconds / options.runs:.2f}", f"{100 * seconds / total:.0f} %")
        for stage, seconds in stages.items()
    ]
    command = f"python -m benchmarks.speed --runs {options.runs}"
    command += "" if options.showcase else " --no-showcase"
    head = ("what", "seconds: median", "fastest", "slowest", "processor seconds: median", "least")
    return [
        *header("Speed", command),
        f"on {cores()}, {python()}, torch {torch.__version__}, preset {options.preset}. "
        f"One object from words, default options. {_company(load)}",
        "",
        *table(head, [(name, *_cells(taken)) for name, taken in rows]),
        "Goals on 2 cores: cold under 12 s, warm under 4 s, `make run` after set-up under 2 "
        "minutes. `caddis generate --timings` prints the stages of any run.",
        "",
        *table(("stage of a warm run", "mean / s", "share"), shares),
    ]


def _company(load: float) -> str:
    if load <= QUIET:
        return "No other program ran."
    return (
        f"**Other work ran at the same time** ({load:.0f} processes wanted a core when this "
        "began), so the elapsed seconds are upper bounds. On an idle machine they are at most the "
        "processor seconds."
    )


def _cells(taken: list[Taken]) -> list[str]:
    clock, processor = [one.clock for one in taken], [one.processor for one in taken]
    numbers = (
        statistics.median(clock), min(clock), max(clock),
        statistics.median(processor), min(processor),
    )  # fmt: skip
    return [f"{number:.1f}" for number in numbers]


def main(options: Options) -> None:
    """Measure and write the page."""
    write_text(options.out, page(options))
    print(options.out.read_text("utf-8"))


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
