"""Many visitors at once: how long they wait, and that nobody gets an error or another's file.

    python -m benchmarks.web_load --visitors 20 --requests 3

Starts `caddis demo`. Each visitor has a box of an own size checked and mended again and again,
and looks at the size that comes back. Prints one table: requests, "queue is full" answers,
other errors, wrong files, the median and the 95th percentile of the seconds, and the server's
memory before and after.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psutil
import trimesh
from gradio_client import Client, handle_file

from benchmarks.web_pictures import running_demo


@dataclass
class Tally:
    """What happened to all visitors together."""

    seconds: list[float] = field(default_factory=list)
    full: int = 0
    wrong: int = 0
    errors: list[str] = field(default_factory=list)


def visit(url: str, number: int, requests: int, folder: Path, tally: Tally) -> None:
    """Be one visitor, with a box of an own height."""
    height = 20.0 + number
    mesh = folder / f"{number}.stl"
    trimesh.creation.box((20.0, 20.0, height)).export(mesh)
    client = Client(url, verbose=False)
    for _ in range(requests):
        start = time.perf_counter()
        try:
            about = client.predict(handle_file(str(mesh)), "fdm", api_name="/check_mesh")
        except Exception as error:
            if "ueue is full" in str(error):
                tally.full += 1
                time.sleep(0.5)
            else:
                tally.errors.append(str(error)[:200])
            continue
        tally.seconds.append(time.perf_counter() - start)
        tally.wrong += abs(about["size_mm"][2] - height) > 1e-3


def memory_mb(process: psutil.Process) -> float:
    """Return the resident memory of a process, without its workers, in MB."""
    return float(process.memory_info().rss) / 1e6


def main() -> None:
    """Run the visitors and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visitors", type=int, default=20)
    parser.add_argument("--requests", type=int, default=3)
    options = parser.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder, running_demo() as url:
        server = psutil.Process().children()[0]
        before = memory_mb(server)
        threads = [
            threading.Thread(
                target=visit, args=(url, number, options.requests, Path(folder), tally)
            )
            for number in range(options.visitors)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        after = memory_mb(server)
    median, late = np.percentile(tally.seconds, [50, 95]) if tally.seconds else (np.nan, np.nan)
    print("| answered | queue full | errors | wrong | p50 s | p95 s | MB before | MB after |")
    print("|---|---|---|---|---|---|---|---|")
    print(
        f"| {len(tally.seconds)} | {tally.full} | {len(tally.errors)} | {tally.wrong} "
        f"| {median:.2f} | {late:.2f} | {before:.0f} | {after:.0f} |"
    )
    for error in sorted(set(tally.errors)):
        print(error)


if __name__ == "__main__":
    main()
