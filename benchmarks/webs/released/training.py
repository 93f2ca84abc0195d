"""Training of a baseline: the loop, the data and the settings of our own web generators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from benchmarks.webs.released.registry import BASELINES
from caddis.generation.webs.learned.generator import LearnedWebs
from caddis.generation.webs.training.config import WebTraining
from caddis.generation.webs.training.run import train_web_model


@dataclass(frozen=True)
class BaselineTraining(WebTraining):
    """One training run of one baseline.

    Attributes:
        trainable: Names of the baselines.
        model: Which to train, one of `BASELINES`.
        out: Folder of the run; from the command line, a folder with a run of each baseline.
    """

    trainable: ClassVar[tuple[str, ...]] = tuple(BASELINES.models)

    model: str = "released-analog"


def train_baseline(
    config: BaselineTraining, progress: Callable[[int, float], None] = lambda step, loss: None
) -> LearnedWebs:
    """Train a baseline into `config.out`; see `train_web_model`."""
    return train_web_model(config, progress, BASELINES)
