"""Train a baseline, with the settings and the samples of `caddis web train`.

python -m benchmarks.webs.released --model released-analog
"""

from __future__ import annotations

from dataclasses import replace

import tyro

from benchmarks.webs.released.training import BaselineTraining, train_baseline

if __name__ == "__main__":
    training = tyro.cli(BaselineTraining, description=__doc__)
    train_baseline(replace(training, out=training.out / training.model))
