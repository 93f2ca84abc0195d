"""How long `caddis --help` takes: `python -m benchmarks.startup`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

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
    slow = False
    print(f"| command | median of {RUNS} / s | worst / s |\n|---|---|---|")
    for name, arguments in {
        "caddis --help": ["-m", "caddis", "--help"],
        "caddis generate --help": ["-m", "caddis", "generate", "--help"],
        "import caddis": ["-c", "import caddis"],
    }.items():
        taken = seconds(arguments)
        median = statistics.median(taken)
        slow |= median > LIMIT
        print(f"| {name} | {median:.2f} | {max(taken):.2f} |")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
