"""The pool gives up after a while if no process becomes ready."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from caddis.app.batch.journal import Outcome
from caddis.app.batch.pool import Message, Pool
from caddis.app.batch.work import Task
from caddis.geometry.errors import ConfigError
from tests.app.batch.fakes import task


class Slow:
    """A process that is ready at once, or never."""

    def __init__(self, *, ready: bool) -> None:
        self.messages: list[Message] = ["ready"] if ready else []
        self.killed = False

    def send(self, task: Task) -> None:
        time.sleep(0.02)
        self.messages.append(Outcome(task.item.name, task.digest, "good"))

    def receive(self) -> Message:
        return self.messages.pop() if self.messages else None

    def kill(self) -> None:
        self.killed = True

    def cause(self) -> str:
        return ""


def pool(processes: list[Slow]) -> Pool[Slow]:
    def pause(_: Sequence[Slow]) -> None:
        time.sleep(0.001)

    waiting = iter(processes)
    return Pool(lambda: next(waiting), pause, len(processes), timeout_s=60.0, start_s=0.05)


def test_a_pool_gives_up_and_ends_its_processes_if_none_becomes_ready(tmp_path: Path) -> None:
    processes = [Slow(ready=False), Slow(ready=False)]
    tasks = [task(f"t{n}", tmp_path) for n in range(2)]
    with pytest.raises(ConfigError, match=r"ready within 0\.05 s.*cluster"):
        list(pool(processes).run(tasks))
    assert all(one.killed for one in processes)


def test_one_ready_process_does_all_the_work_while_the_other_waits(
    tmp_path: Path,
) -> None:
    tasks = [task(f"t{n}", tmp_path) for n in range(8)]
    done = list(pool([Slow(ready=False), Slow(ready=True)]).run(tasks))
    assert [one.item for one in done] == [each.item.name for each in tasks]
