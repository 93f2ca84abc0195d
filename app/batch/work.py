"""The work on one item, the same for every engine: make it, check it, write its files."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from caddis.app.batch.items import Item
from caddis.app.batch.journal import Outcome, file_sha256
from caddis.app.batch.makers import make
from caddis.app.making.made import Made, versions
from caddis.geometry.errors import CaddisError, ConfigError

PICTURE_PIXELS = 240


@dataclass(frozen=True)
class Task:
    """An item, its digest, and the batch's folder."""

    item: Item
    digest: str
    out: Path


def made_with(item: Item) -> str:
    """Return the versions and weights that the files of `item` depend on, as text.

    They do not depend on other items, so that adding a job does not remake finished items.

    Raises:
        WeightsError: The weights of a shipped model are missing or damaged.
    """
    if item.kind == "generate":
        return f"{_versions()} {_weights(str(item.options.get('preset', 'nano')))}"
    if _is_learned(item):
        return f"{_versions()} {_web_weights(item.options['model'])}"
    return _versions()


def _is_learned(item: Item) -> bool:
    """Tell whether an item is a web made by a trained model."""
    from caddis.app.making.web_options import DEFAULT_MODEL

    return item.kind == "web" and item.options.get("model", DEFAULT_MODEL) != "pieces"


@cache
def _versions() -> str:
    return str(versions())


@cache
def _weights(preset_name: str) -> str:
    from caddis.generation.config import preset
    from caddis.generation.weights import model_folder, weights_sha256

    try:
        return weights_sha256(model_folder(preset(preset_name).name))
    except ConfigError:
        return "unknown"  # making the item reports it


@cache
def _web_weights(model: str) -> str:
    from caddis.generation.webs.registry import SHIPPED

    try:  # the config counts too: it holds the sizes that webs are drawn from
        files = (SHIPPED / model / name for name in ("model.safetensors", "config.json"))
        return " ".join(file_sha256(path) for path in files)
    except OSError:
        return "unknown"  # making the item reports it


def needs_torch(items: Iterable[Item]) -> bool:
    """Tell whether any item is made by a trained model."""
    return any(item.kind == "generate" or _is_learned(item) for item in items)


def load_libraries() -> None:
    """Import the libraries of the models, so that the first item does not wait for them."""
    import torch

    import caddis.generation.pipeline  # noqa: F401

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
        made = make(item)
        files = _write(task, made)
    except CaddisError as error:
        return bad(" ".join(str(error).split()))
    except MemoryError:
        return bad("out of memory")
    except Exception as error:  # an item must not stop a batch, whatever a library raises
        return bad(f"{type(error).__name__}: {' '.join(str(error).split())}"[:300])
    report = made.report
    failed = [check.name.replace("_", " ") for check in report.checks if check.status == "fail"]
    return Outcome(
        item.name,
        task.digest,
        "good" if report.passed else "failed",
        f"fails the gate: {', '.join(failed)}" if failed else "",
        {name: file_sha256(task.out / name) for name in files},
        {"title": made.title, "licence": made.licence, **made.record},
        round(time.perf_counter() - start, 3),
    )


def _write(task: Task, made: Made) -> list[str]:
    """Write the files of an item; return their paths below the batch's folder."""
    from caddis.geometry.files.atomic import atomic_path
    from caddis.geometry.pictures.render import render
    from caddis.geometry.webs.files import write_web

    names = []
    for ending in task.item.formats:
        name = f"meshes/{task.item.name}.{ending}"
        made.write(task.out / name)
        names += [name, f"{name}.json"]
    if made.web is not None:
        names.append(f"webs/{task.item.name}.json")
        write_web(made.web, task.out / names[-1])
    picture = f"pictures/{task.item.name}.png"
    with atomic_path(task.out / picture) as temporary:
        render(made.mesh, PICTURE_PIXELS).save(temporary, format="PNG")
    return [*names, picture]
