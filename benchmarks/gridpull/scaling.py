"""Time and peak memory of one reconstruction, each in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

import numpy as np

from geometry.gridpull import Settings, reconstruct

BUMPS = 0.08


def bumpy(count: int, seed: int = 0) -> np.ndarray:
    """Points on a sphere with bumps: no mesh of its own to load, so that memory is ours."""
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(count, 3))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return points * (1.0 + BUMPS * np.sin(9.0 * points).sum(axis=1, keepdims=True))


def measure(count: int, resolution: int) -> dict[str, float]:
    """Run in a new process; wall and processor seconds without the imports, peak memory with."""
    command = [sys.executable, "-m", "benchmarks.gridpull.scaling", str(count), str(resolution)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def main() -> None:
    count, resolution = int(sys.argv[1]), int(sys.argv[2])
    points = bumpy(count)
    wall, processor = time.perf_counter(), time.process_time()
    made = reconstruct(points, settings=Settings(resolution=resolution))
    print(
        json.dumps(
            {
                "wall": time.perf_counter() - wall,
                "cpu": time.process_time() - processor,
                "peak_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9,
                "faces": len(made.faces),
            }
        )
    )


if __name__ == "__main__":
    main()
