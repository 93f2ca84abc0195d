"""The work on one item, the same for every engine: make it, check it, write its files."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.batch.items import Item
from app.batch.journal import Outcome, file_sha256
from geometry.errors import CaddisError, ConfigError

if TYPE_CHECKING:
    import trimesh

    from geometry.gate import GateReport

PICTURE_PIXELS = 240


@dataclass(frozen=True)
class Task:
    """An item, its digest, and the batch's folder."""

    item: Item
    digest: str
    out: Path


def made_with(items: list[Item]) -> str:
    """Return the versions and weights that the files of `items` depend on, in words.

    Raises:
        WeightsError: The weights of a shipped model are missing or damaged.
    """
    from app.delivery import versions

    presets = sorted({_preset(item) for item in items if item.kind == "generate"})
    weights = {name: _weights(name) for name in presets}
    return f"{versions()} {weights}"


def _preset(item: Item) -> str:
    return str(item.options.get("preset", "nano"))


@cache
def _weights(preset_name: str) -> str:
    from generation.config import preset
    from generation.weights import model_folder, weights_sha256

    try:
        return weights_sha256(model_folder(preset(preset_name).name))
    except ConfigError:
        return "unknown"  # the item will say so


def load_libraries() -> None:
    """Import what the first generated item would wait for."""
    import torch

    import generation.pipeline  # noqa: F401

    torch.set_num_threads(1)


def do(task: Task) -> Outcome:
    """Make one item and write its files; an item that cannot be made is "bad", with a reason."""
    start = time.perf_counter()
    item = task.item

    def bad(reason: str) -> Outcome:
        return Outcome(
            item.name, task.digest, "bad", reason, seconds=round(time.perf_counter() - start, 3)
        )

    if item.problem:
        return bad(item.problem)
    try:
        mesh, report, described = _MAKERS[item.kind](item)
        files = _write(task, mesh, described)
    except CaddisError as error:
        return bad(" ".join(str(error).split()))
    except MemoryError:
        return bad("out of memory")
    except Exception as error:  # an item must not stop a batch, whatever a library raises
        return bad(f"{type(error).__name__}: {' '.join(str(error).split())}"[:300])
    failed = [check.name.replace("_", " ") for check in report.checks if check.status == "fail"]
    return Outcome(
        item.name,
        task.digest,
        "good" if report.passed else "failed",
        f"fails the gate: {', '.join(failed)}" if failed else "",
        {name: file_sha256(task.out / name) for name in files},
        {"title": described["title"], "licence": described["licence"], **described["record"]},
        round(time.perf_counter() - start, 3),
    )


def _generate(item: Item) -> tuple[trimesh.Trimesh, GateReport, dict[str, Any]]:
    from app.delivery import describe
    from app.generating import sampling
    from generation.pipeline import Request, generate

    options = dict(item.options)
    drawn = {name: options.pop(name, None) for name in ("guidance", "temperature", "top_p")}
    request = Request(**options, seed=item.seed, sampling=sampling(**drawn), device="cpu")
    (made,) = generate(request)
    described = describe(made, item.name)
    del described["record"]["stage_seconds"]  # so that the same item has the same bytes
    return made.mesh, made.report, described


def _reconstruct(item: Item) -> tuple[trimesh.Trimesh, GateReport, dict[str, Any]]:
    from app.delivery import UNKNOWN_LICENCE, versions
    from geometry.gate import check
    from geometry.reconstruct import load_scan, reconstruct

    scan = Path(item.options["scan"])
    height = item.options.get("height_mm")
    solid = reconstruct(load_scan(scan), height_mm=height)
    process = str(item.options.get("process", "fdm"))
    report = check(solid.mesh, profile=process, height_mm=height)
    record = {
        "source": scan.name,
        "changes": list(solid.changes),
        "gate": report.to_json(),
        "versions": versions(),
    }
    described = {"title": scan.stem, "licence": UNKNOWN_LICENCE, "record": record}
    return solid.mesh, report, described


_MAKERS = {"generate": _generate, "reconstruct": _reconstruct}


def _write(task: Task, mesh: trimesh.Trimesh, described: dict[str, Any]) -> list[str]:
    """Write the files of an item; return their paths below the batch's folder."""
    from geometry.export import export_mesh
    from geometry.files import atomic_path
    from geometry.render import render

    names = []
    for ending in task.item.formats:
        name = f"meshes/{task.item.name}.{ending}"
        export_mesh(mesh, task.out / name, **described)
        names += [name, f"{name}.json"]
    picture = f"pictures/{task.item.name}.png"
    with atomic_path(task.out / picture) as beside:
        render(mesh, PICTURE_PIXELS).save(beside, format="PNG")
    return [*names, picture]
