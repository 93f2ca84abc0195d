"""Work for the engines' tests: an item's options decide what happens. Workers can import it."""

import os
import signal
import time
from pathlib import Path

from caddis.app.batch.items import Item
from caddis.app.batch.journal import Outcome
from caddis.app.batch.work import Task


def task(name: str, folder: Path, **options: object) -> Task:
    item = Item(name, "generate", 0, ("3mf",), dict(options))
    return Task(item, item.digest("test"), folder)


def work(task: Task) -> Outcome:
    options, mark = task.item.options, task.out / task.item.name
    time.sleep(options.get("sleep", 0.0))
    begun = mark.exists()
    mark.touch()
    if options.get("die") or (options.get("die_once") and not begun):
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(
        task.item.name,
        task.digest,
        "good",
        report={"pid": os.getpid(), "threads": os.environ.get("OMP_NUM_THREADS")},
    )
