"""Many visitors at once: how long they wait, and that nobody gets an error or another's file.

    python -m benchmarks.page_load --visitors 20 --requests 1
    python -m benchmarks.page_load --memory 500

Starts `caddis demo`. With --visitors, each has a box of an own size checked again and again, and
looks at the size that comes back. Prints one table: requests, "queue is full" answers, other
errors, wrong files, the median and the 95th percentile of the seconds.

With --memory, one visitor makes that many requests: most are refused before a worker is needed
(a file that was never sent), one in 25 is a box that is checked. Prints the memory of the server
and of its workers every 100 requests.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import numpy as np
import psutil
import trimesh

from benchmarks.common.markdown import table
from benchmarks.page_pictures import running_demo

_REAL = 25  # one request in so many needs a worker
_ROW = 100


@dataclass
class Tally:
    """What happened to all visitors together."""

    seconds: list[float] = field(default_factory=list)
    full: int = 0
    wrong: int = 0
    errors: list[str] = field(default_factory=list)


def visit(url: str, number: int, requests: int, folder: Path, tally: Tally) -> None:
    """Be one visitor, with a box of an own height; come back when the queue is full."""
    from gradio_client import Client, handle_file

    height = 20.0 + number
    mesh = folder / f"{number}.stl"
    trimesh.creation.box((20.0, 20.0, height)).export(mesh)
    client = Client(url, verbose=False)
    answered = 0
    while answered < requests:
        start = time.perf_counter()
        try:
            about = client.predict(handle_file(str(mesh)), "fdm", api_name="/check_mesh")
        except Exception as error:
            if "ueue is full" in str(error):
                tally.full += 1
                time.sleep(2.0)
                continue
            tally.errors.append(str(error)[:200])
        else:
            tally.seconds.append(time.perf_counter() - start)
            tally.wrong += abs(about["size_mm"][2] - height) > 1e-3
        answered += 1


def load(visitors: int, requests: int) -> None:
    """Let all visitors come at once, and print one table."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder, running_demo() as url:
        threads = [
            threading.Thread(target=visit, args=(url, number, requests, Path(folder), tally))
            for number in range(visitors)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    median, late = np.percentile(tally.seconds, [50, 95]) if tally.seconds else (np.nan, np.nan)
    head = ("visitors", "answered", "queue full", "other errors", "wrong files", "p50, s", "p95, s")
    row = (visitors, len(tally.seconds), tally.full, len(tally.errors), tally.wrong,
           f"{median:.1f}", f"{late:.1f}")  # fmt: skip
    print("\n".join(table(head, [row])[:-1]))
    for error in sorted(set(tally.errors)):
        print(error)


def memory(requests: int) -> None:
    """Make requests one after the other, and print the memory as they go."""
    print("| requests | server, MB | workers | workers, MB |\n|---|---|---|---|")
    box = trimesh.creation.box((20.0, 20.0, 20.0)).export(file_type="stl")
    with running_demo() as url, httpx.Client(base_url=url, timeout=120, trust_env=False) as http:
        server = next(one for one in psutil.Process().children() if "caddis" in one.cmdline())
        for number in range(requests + 1):
            if number % _ROW == 0:
                workers = [_megabytes(one) for one in server.children()]
                print(f"| {number} | {_megabytes(server):.0f} | {len(workers)} "
                      f"| {sum(workers):.0f} |", flush=True)  # fmt: skip
            file = "never-sent.stl"
            if number % _REAL == 0:
                (file,) = http.post("/gradio_api/upload", files={"files": ("a.stl", box)}).json()
            _whole_job(http, {"kind": "check", "file": file})


def _whole_job(http: httpx.Client, asked: dict[str, str]) -> None:
    answer = http.post("/jobs", json=asked)
    answer.raise_for_status()
    job = answer.json()["id"]
    while http.get(f"/jobs/{job}").json()["state"] in {"waiting", "working"}:
        time.sleep(0.02)


def _megabytes(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 1e6


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=0)
    parser.add_argument("--requests", type=int, default=1)
    parser.add_argument("--memory", type=int, default=0)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    if options.visitors:
        load(options.visitors, options.requests)
    if options.memory:
        memory(options.memory)


if __name__ == "__main__":
    main()
