"""Training a web generator: `train_web_model(WebTraining(model=..., out=...))`."""

from __future__ import annotations

from collections.abc import Callable

from generation.webs.training.config import WebTraining


def train_web_model(
    config: WebTraining, progress: Callable[[int, float], None] = lambda step, loss: None
) -> None:
    """Train a web generator and leave its weights, log, curves and model card in `config.out`.

    A run that was stopped goes on from its last checkpoint to the same losses.

    Args:
        config: Settings of the run.
        progress: Called with a step's number and loss.

    Raises:
        ConfigError: Settings that make no sense.
        DataError: A file of samples or a checkpoint is damaged, or of other settings.
    """
    raise NotImplementedError(config)
