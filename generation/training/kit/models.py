"""The models that the kit trains; to add one, add an entry to `MODELS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from caddis.generation.config import GeneratorTraining, TokenizerTraining, Training

Progress = Callable[[int, float], None]
Figures = dict[str, dict[str, float]]
"""Name of a split -> name of a figure -> value."""


@dataclass(frozen=True)
class TrainedModel:
    """How to train and measure a model.

    Attributes:
        settings: Dataclass of its settings.
        train: Trains and writes weights and their entry in config.json to `settings.out`.
        gpu_batch: Samples per step on a GPU.
        measure: Returns figures of the finished weights, given settings and device.
    """

    settings: type[Training]
    train: Callable[[Any, Progress], object]
    gpu_batch: int
    measure: Callable[[Training, torch.device], Figures]


def _train_tokenizer(settings: TokenizerTraining, progress: Progress) -> object:
    from caddis.generation.training.tokenizer_run import train_tokenizer

    return train_tokenizer(settings, progress)


def _train_generator(settings: GeneratorTraining, progress: Progress) -> object:
    from caddis.generation.training.generator_run import train_generator

    return train_generator(settings, progress)


def _measure_tokenizer(settings: Training, device: torch.device) -> Figures:
    from caddis.data.training_set import TrainingSet
    from caddis.generation.training.tokenizer_run import evaluate
    from caddis.generation.weights import load_tokenizer

    objects = TrainingSet(settings.cache)
    model = load_tokenizer(settings.out).to(device)
    splits = [split for split in ("val", "test") if len(objects.rows(split))]
    return {split: evaluate(model, objects, split, device) for split in splits}


def _recorded(name: str) -> Callable[[Training, torch.device], Figures]:
    """Return a function that returns the held-out figures recorded at the end of training."""

    def measure(settings: Training, device: torch.device) -> Figures:
        return {"val": dict(facts(settings.out, name).get("held_out", {}))}

    return measure


def facts(folder: Path, name: str) -> dict[str, Any]:
    """Return a model's entry in the config.json of a folder; empty if there is none."""
    import json

    path = folder / "config.json"
    config = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return dict(config.get(name, {}))


MODELS = {
    "tokenizer": TrainedModel(TokenizerTraining, _train_tokenizer, 64, _measure_tokenizer),
    "generator": TrainedModel(GeneratorTraining, _train_generator, 256, _recorded("generator")),
}
"""Models in the order in which they must be trained."""
