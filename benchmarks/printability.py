"""Do generated objects print? `python -m benchmarks.printability` writes docs/printability.md.

Objects of all categories as `caddis generate` makes them, each judged by the print gate; some
are sliced with PrusaSlicer when it is on the PATH. Finished objects are kept in
runs/printability, and a second run goes on with the rest.
"""

from __future__ import annotations

import multiprocessing
import re
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import torch
import trimesh
import tyro

from benchmarks.common import slicer
from benchmarks.common.markdown import header, table
from benchmarks.common.progress import say
from benchmarks.common.rows import kept
from caddis.generation.models import load_folder
from caddis.generation.pipeline import Request, generate
from caddis.generation.request import DEFAULT_HEIGHT_MM
from caddis.generation.seeds import derived_seed
from caddis.generation.weights import MODELS, weights_sha256
from caddis.geometry.errors import CaddisError
from caddis.geometry.files.atomic import write_text
from caddis.geometry.files.export import export_mesh
from caddis.geometry.gate.profiles import Profile, named_profile
from caddis.geometry.gate.report import SOLID_CHECKS

SLICER_SECONDS = 120

Figures = dict[str, Any]


@dataclass(frozen=True)
class Options:
    """What to generate and judge.

    Attributes:
        weights: Folder of the weights.
        runs: Where finished objects are kept.
        out: The page to write.
        seed: Of the requests.
        count: Objects over all categories.
        sliced: How many of them to slice.
        height_mm: Height of each object; None leaves it to `caddis generate`.
        process: Print process of the gate.
        resolution: Cells along a side of the box that is meshed.
        workers: Processes.
    """

    weights: Path = MODELS / "nano"
    runs: Path = Path("runs/printability")
    out: Path = Path("docs/printability.md")
    seed: int = 0
    count: int = 200
    sliced: int = 20
    height_mm: float | None = None
    process: str = Request.process
    resolution: int = Request.resolution
    workers: int = 2


@dataclass(frozen=True)
class Task:
    """One object to make.

    Attributes:
        options: Of the whole run.
        category: What it is.
        number: Which of its category.
        sliced: Write it as STL too.
        folder: Where its figures and its file go.
    """

    options: Options
    category: str
    number: int
    sliced: bool
    folder: Path

    @property
    def path(self) -> Path:
        """Its figures; the STL has the same name."""
        return self.folder / f"{self.category}-{self.number}.json"


def tasks(options: Options) -> list[Task]:
    """Return `count` tasks that go round all categories."""
    categories = load_folder(options.weights, "cpu").categories
    sha256 = weights_sha256(options.weights)[:12]
    height = options.height_mm or "usual"
    name = f"{sha256}-{options.seed}-{options.process}-{height}-{options.resolution}"
    return [
        Task(
            options,
            categories[i % len(categories)],
            i // len(categories),
            False,
            options.runs / name,
        )
        for i in range(options.count)
    ]


def judge(task: Task) -> Figures:
    """Generate one object and return its figures, from its file if it was made before."""
    mesh_path = task.path.with_suffix(".stl")
    fresh = task.sliced and not mesh_path.exists()
    figures: Figures = kept(task.path, lambda: _judged(task, mesh_path), fresh=fresh)
    return figures


def _judged(task: Task, mesh_path: Path) -> Figures:
    options = task.options
    request = Request(
        category=task.category, seed=derived_seed(options.seed, task.category, task.number),
        weights=options.weights, height_mm=options.height_mm, process=options.process,
        resolution=options.resolution, device="cpu",
    )  # fmt: skip
    began = time.perf_counter()
    figures: Figures = {"category": task.category, "number": task.number, "seed": request.seed}
    try:
        made = next(generate(request))
    except CaddisError as error:
        figures |= {"error": f"{type(error).__name__}: {error.what}"}
    else:
        figures |= {
            "gate": made.report.to_json(),
            "changes": list(made.changes),
            "faces": len(made.mesh.faces),
            "stage_seconds": made.stage_seconds,
        }
        if task.sliced:
            export_mesh(made.mesh, mesh_path, title=task.category, licence="CC0-1.0", record=None)
    figures["seconds"] = time.perf_counter() - began
    return figures


def judged(options: Options, work: list[Task]) -> Iterator[Figures]:
    """Yield the figures of all tasks, in order, computed in processes of their own."""
    if options.workers <= 1:
        torch.set_num_threads(1)
        yield from map(judge, work)
        return
    with multiprocessing.get_context("spawn").Pool(
        options.workers, torch.set_num_threads, (1,)
    ) as pool:
        yield from pool.imap(judge, work)


def to_slice(options: Options, work: list[Task], results: list[Figures]) -> list[Task]:
    """Write and return `sliced` objects, evenly spaced among those that fit the printer's bed."""
    fitting = [
        task
        for task, one in zip(work, results, strict=True)
        if any(
            check["name"] == "fits_bed" and check["status"] == "pass"
            for check in one.get("gate", {}).get("checks", [])
        )
    ]
    count = min(options.sliced, len(fitting))
    chosen = [replace(fitting[i * len(fitting) // count], sliced=True) for i in range(count)]
    for task in chosen:
        judge(task)
    return chosen


def slice_one(path: Path, process: Profile) -> Figures:
    """Slice an STL with PrusaSlicer's default filament profile on the bed of the process.

    The part is turned by 90 degrees where only then it fits, as the gate allows.

    Returns:
        ok: it ended without an error and wrote G-code with layers; layers; message: the
        last line of what it said if it failed; seconds.
    """
    target = path.with_suffix(".gcode")
    began = time.perf_counter()
    wide, deep, high = process.bed_mm
    bed = f"0x0,{wide:g}x0,{wide:g}x{deep:g},0x{deep:g}"
    sides = trimesh.load_mesh(path).extents
    turn = 90 if sides[0] > wide or sides[1] > deep else 0
    arguments = (
        "--export-gcode", "--bed-shape", bed, "--max-print-height", f"{high:g}",
        "--rotate", turn, "--output", target, path,
    )  # fmt: skip
    try:
        ended = slicer.run(*arguments, seconds=SLICER_SECONDS)
        said = (ended.stderr.strip() or ended.stdout.strip()).splitlines()
        code = ended.returncode
    except subprocess.TimeoutExpired:
        said, code = [f"no end after {SLICER_SECONDS} s"], -1
    layers = slicer.layers(target)
    target.unlink(missing_ok=True)
    ok = code == 0 and layers > 0
    return {
        "ok": ok, "layers": layers, "message": "" if ok else (said or [f"exit {code}"])[-1],
        "seconds": time.perf_counter() - began,
    }  # fmt: skip


def sliced(options: Options, work: list[Task]) -> list[Figures] | None:
    """Slice what is to be sliced; None without a slicer."""
    if not slicer.installed():
        return None
    paths = [task.path.with_suffix(".stl") for task in work]
    slice_there = partial(_slice_if_there, process=named_profile(options.process))
    with ThreadPoolExecutor(options.workers) as pool:
        return [
            {"name": path.stem, **result}
            for path, result in zip(paths, pool.map(slice_there, paths), strict=True)
        ]


def _slice_if_there(path: Path, process: Profile) -> Figures:
    if path.exists():
        return slice_one(path, process)
    return {"ok": False, "layers": 0, "message": "no object was made", "seconds": 0.0}


def page(options: Options, results: list[Figures], slices: list[Figures] | None) -> str:
    """Return docs/printability.md."""
    made = [one for one in results if "gate" in one]
    count = len(results)
    solid = sum(one["gate"]["is_solid"] for one in made)
    passed = sum(one["gate"]["passed"] for one in made)
    clean = sum(one["gate"]["status"] == "pass" for one in made)
    seconds = sorted(one["seconds"] for one in results)
    command = f"python -m benchmarks.printability --count {count} --seed {options.seed}"
    command += "" if options.height_mm is None else f" --height-mm {options.height_mm:g}"
    tally = (
        ("no object at all (an error was raised)", count - len(made)),
        ("closed, manifold, one solid without crossings", solid),
        ("passes the whole gate (no check fails)", passed),
        ("passes it without a warning", clean),
    )
    lines = [
        *header("Do generated objects print?", command),
        f"Weights: preset {options.weights.name}, sha256 `{weights_sha256(options.weights)}`. "
        f"{count} objects over all {len({one['category'] for one in results})} categories, "
        f"{_height_words(options)}, process {options.process}, made as `caddis generate "
        f"--category NAME` makes them ({Request.candidates} candidates, "
        f"{options.resolution} cells a side).",
        "",
        *table(
            ("result", "objects", "share"),
            [(name, number, f"{100 * number / count:.1f} %") for name, number in tally],
        ),
        f"Seconds an object, in one of {options.workers} processes at once: median "
        f"{seconds[len(seconds) // 2]:.1f}, longest {seconds[-1]:.1f}.",
        "",
        *_checks(made),
        *_changes(made),
        *_slices(slices),
        *_failures(results),
    ]
    return "\n".join(lines) + "\n"


def _height_words(options: Options) -> str:
    if options.height_mm is None:
        return f"{DEFAULT_HEIGHT_MM:g} mm high, or less to fit the bed"
    return f"{options.height_mm:g} mm high"


def _checks(made: list[Figures]) -> list[str]:
    count: dict[str, Counter[str]] = {}
    for one in made:
        for check in one["gate"]["checks"]:
            count.setdefault(check["name"], Counter())[check["status"]] += 1
    rows = [
        (f"{name.replace('_', ' ')}{' *' if name in SOLID_CHECKS else ''}",
         found["pass"], found["warn"], found["fail"])
        for name, found in count.items()
    ]  # fmt: skip
    head = ("check (* makes a solid)", "pass", "warn", "fail")
    return ["## Each check", "", *table(head, rows)]


def _changes(made: list[Figures]) -> list[str]:
    """Return how often each kind of repair was needed, numbers left out of its words."""
    kinds = Counter(
        re.sub(r"\d[\d,.]*", "N", change).split(":")[0] for one in made for change in one["changes"]
    )
    if not kinds:
        return []
    title = "## What was changed to make them printable"
    return [title, "", *table(("change", "objects"), kinds.most_common())]


def _slices(slices: list[Figures] | None) -> list[str]:
    head = ["## Sliced", ""]
    if slices is None:
        return [*head, f"Not done: no `{slicer.SLICER}` on the PATH.", ""]
    if not slices:
        return []
    good = sum(one["ok"] for one in slices)
    bad = [f"- {one['name']}: {one['message']}" for one in slices if not one["ok"]]
    layers = sorted(one["layers"] for one in slices)
    return [
        *head,
        f"{len(slices)} of the objects that fit the bed, evenly spaced, were sliced by "
        "PrusaSlicer's command line with its default profile on the bed of the process, turned by "
        "90 degrees if they fit only then, whether they pass the rest of the gate or not: "
        f"{good} sliced without error, "
        f"{layers[0]} to {layers[-1]} layers.",
        "", *bad, *([""] if bad else []),
    ]  # fmt: skip


def _failures(results: list[Figures]) -> list[str]:
    rows = []
    for one in results:
        name = f"{one['category']} {one['number']}"
        if "error" in one:
            rows.append((name, one["error"]))
        elif not one["gate"]["passed"]:
            failed = [
                f"{check['name'].replace('_', ' ')} {check['value']} {check['unit']}".strip()
                for check in one["gate"]["checks"]
                if check["status"] == "fail"
            ]
            rows.append((name, ", ".join(failed)))
    if not rows:
        return []
    return ["## Those that fail", "", *table(("object", "failed checks"), rows)]


def main(options: Options) -> None:
    """Generate, judge, slice, write the page."""
    work = tasks(options)
    results = []
    for done, figures in enumerate(judged(options, work), 1):
        results.append(figures)
        if done % 10 == 0 or done == len(work):
            passed = sum(one.get("gate", {}).get("passed", False) for one in results)
            say(f"{done} of {len(work)}, {passed} pass")
    slices = sliced(options, to_slice(options, work, results))
    say(f"sliced {len(slices or [])}")
    write_text(options.out, page(options, results, slices))
    print(options.out.read_text("utf-8"))


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
