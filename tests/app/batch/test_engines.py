"""Engines give each task one outcome, whatever it does to its process."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from caddis.app.batch.engines import Engine, LocalEngine
from caddis.app.batch.ray_engine import RayEngine
from tests.app.batch.fakes import task, work

RAY = pytest.param(
    "ray",
    marks=[
        pytest.mark.slow,
        pytest.mark.timeout(600),
        # Ray drops its handles of processes that it has ended without waiting for them.
        pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    ],
)
pytestmark = pytest.mark.parametrize("name", ["local", RAY])


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    yield
    gc.collect()  # so that warnings about an engine's leftovers appear in its own test


def engine(name: str, workers: int, timeout_s: float) -> Engine:
    if name == "local":
        return LocalEngine(work, workers, timeout_s)
    if find_spec("ray") is None:  # not imported: the engine first sets variables
        pytest.skip("needs the extra 'ray'")
    return RayEngine(work, workers, timeout_s)


def test_every_task_is_done_once_by_processes_of_their_own(name: str, tmp_path: Path) -> None:
    tasks = [task(f"t{number}", tmp_path) for number in range(9)]
    outcomes = list(engine(name, workers=2, timeout_s=60).run(tasks))
    assert sorted(one.item for one in outcomes) == [each.item.name for each in tasks]
    assert {one.verdict for one in outcomes} == {"good"}
    assert os.getpid() not in {one.report["pid"] for one in outcomes}
    assert {one.report["threads"] for one in outcomes} == {"1"}


def test_hanging_and_dying_tasks_are_given_up_and_the_others_are_done(
    name: str, tmp_path: Path
) -> None:
    tasks = [
        task("hang", tmp_path, sleep=600.0),
        task("die", tmp_path, die=True),
        task("once", tmp_path, die_once=True),
        task("good", tmp_path),
    ]
    outcomes = {one.item: one for one in engine(name, workers=2, timeout_s=1.5).run(tasks)}
    assert {name: one.verdict for name, one in outcomes.items()} == {
        "hang": "bad", "die": "bad", "once": "good", "good": "good",
    }  # fmt: skip
    assert "took longer than 1.5 s" in outcomes["hang"].reason
    assert "died 2 times" in outcomes["die"].reason
    assert ("SIGKILL" in outcomes["die"].reason) == (name == "local")


def test_closing_the_engine_stops_its_processes(name: str, tmp_path: Path) -> None:
    tasks = [task("first", tmp_path), *(task(f"t{n}", tmp_path, sleep=60.0) for n in range(2))]
    run = engine(name, workers=1, timeout_s=600).run(tasks)
    pid = next(run).report["pid"]
    run.close()
    for _ in range(100 if name == "ray" else 1):
        time.sleep(0.05)
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
    pytest.fail("the process goes on")


def test_without_tasks_there_are_no_outcomes(name: str, tmp_path: Path) -> None:
    assert list(engine(name, workers=2, timeout_s=1).run([])) == []
