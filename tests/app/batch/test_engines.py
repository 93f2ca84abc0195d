"""The local engine: everything is answered once, whatever a task does to its process."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from app.batch.engines import LocalEngine
from tests.app.batch.fakes import task, work


def test_every_task_is_done_once_by_processes_of_their_own(tmp_path: Path) -> None:
    tasks = [task(f"t{number}", tmp_path) for number in range(9)]
    outcomes = list(LocalEngine(work, workers=2, timeout_s=60).run(tasks))
    assert sorted(one.item for one in outcomes) == [each.item.name for each in tasks]
    assert {one.verdict for one in outcomes} == {"good"}
    assert os.getpid() not in {one.report["pid"] for one in outcomes}


def test_hanging_and_dying_tasks_are_given_up_and_the_others_are_done(tmp_path: Path) -> None:
    tasks = [
        task("hang", tmp_path, sleep=600.0),
        task("die", tmp_path, die=True),
        task("once", tmp_path, die_once=True),
        task("good", tmp_path),
    ]
    engine = LocalEngine(work, workers=2, timeout_s=1.5)
    outcomes = {one.item: one for one in engine.run(tasks)}
    assert {name: one.verdict for name, one in outcomes.items()} == {
        "hang": "bad", "die": "bad", "once": "good", "good": "good",
    }  # fmt: skip
    assert "took longer than 1.5 s" in outcomes["hang"].reason
    assert "died 2 times (SIGKILL)" in outcomes["die"].reason


def test_closing_the_engine_stops_its_processes(tmp_path: Path) -> None:
    tasks = [task("first", tmp_path), *(task(f"t{n}", tmp_path, sleep=60.0) for n in range(2))]
    run = LocalEngine(work, workers=1, timeout_s=600).run(tasks)
    pid = next(run).report["pid"]
    run.close()
    time.sleep(0.05)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_no_task_is_no_work(tmp_path: Path) -> None:
    assert list(LocalEngine(work, workers=2, timeout_s=1).run([])) == []
