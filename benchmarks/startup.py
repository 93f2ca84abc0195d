"""How long `caddis --help` takes: `python -m benchmarks.startup`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from benchmarks.common.markdown import table

RUNS = 7
LIMIT = 0.5


def seconds(arguments: list[str]) -> list[float]:
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)  # noqa: S603
        taken.append(time.perf_counter() - began)
    return taken


def main() -> int:
    rows, slow = [], False
    for name, arguments in {
        "caddis --help": ["-m", "caddis", "--help"],
        "caddis generate --help": ["-m", "caddis", "generate", "--help"],
        "import caddis": ["-c", "import caddis"],
    }.items():
        taken = seconds(arguments)
        median = statistics.median(taken)
        slow |= median > LIMIT
        rows.append((name, f"{median:.2f}", f"{max(taken):.2f}"))
    print("\n".join(table(("command", f"median of {RUNS} / s", "worst / s"), rows)[:-1]))
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
