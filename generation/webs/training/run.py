"""Training a web generator: `train_web_model(WebTraining(model=..., out=...))`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from caddis.data.webs.dataset import WebSamples
from caddis.generation.training.loop import Run, Step, fit
from caddis.generation.webs.learned.backbone import BackboneConfig
from caddis.generation.webs.learned.generator import LearnedWebs
from caddis.generation.webs.learned.model import WebModel
from caddis.generation.webs.learned.shapes import LEARNED, ModelSet
from caddis.generation.webs.learned.weights import save_web_model
from caddis.generation.webs.learned.wishes import Sizes
from caddis.generation.webs.training.batches import drawn_rows, web_batch, web_samples
from caddis.generation.webs.training.card import write_web_card
from caddis.generation.webs.training.config import WebTraining

_MEASURED = 1024
_HELD_OUT = 256


def train_web_model(
    config: WebTraining,
    progress: Callable[[int, float], None] = lambda step, loss: None,
    known: ModelSet = LEARNED,
) -> LearnedWebs:
    """Train a web generator; write its weights, log, curves and model card to `config.out`.

    A run that was stopped continues from its last checkpoint with the same losses.

    Args:
        config: Settings of the run.
        progress: Called with the number and the loss of a step.
        known: Models to choose from; all that `config.model` can name.

    Returns:
        The generator that `load_web_generator(config.model, weights=config.out)` returns, except
        that its weights are not rounded to bfloat16.

    Raises:
        ConfigError: The settings are invalid, or the loss became NaN.
        DataError: A file of samples or a checkpoint is damaged or has other settings.
    """
    samples = web_samples(config.cache, config.webs, config.per_web, config.data_seed)
    train, held_out = samples.of("train"), samples.of("val")
    model = known.build(
        config.model, BackboneConfig(config.width, config.layers, config.heads), config.seed
    )
    rng = np.random.default_rng(config.seed)
    rows = rng.integers(0, len(train), _MEASURED)
    model.measure(web_batch(train, rows, torch.device("cpu"), rng))
    evaluate = _Evaluation(held_out if len(held_out) else train)
    run = Run(config.model, config, model, _Losses(train, config), evaluate, progress=progress)
    model = fit(run)
    sizes = Sizes.of(train, config.seed)
    facts = {
        "steps": config.steps, "batch": config.batch, "seed": config.seed,
        "webs": config.webs, "samples": len(train), "data_seed": config.data_seed,
        "held_out": evaluate(model, torch.device("cpu")),
    }  # fmt: skip
    save_web_model(config.out, config.model, model, sizes, facts)
    write_web_card(config.out, config.model, model.about, known.command)
    return LearnedWebs(config.model, model.requires_grad_(False), sizes)


@dataclass(frozen=True)
class _Losses:
    """The loss of one training step."""

    samples: WebSamples
    config: WebTraining

    def __call__(self, model: WebModel, step: Step) -> dict[str, Tensor]:
        rows = drawn_rows(self.samples.counts, self.config.batch, step.numpy)
        return model.losses(web_batch(self.samples, rows, step.device, step.numpy), step.torch)


class _Evaluation:
    """Losses on fixed held-out webs with fixed noise and all conditions shown."""

    def __init__(self, samples: WebSamples) -> None:
        rng = np.random.default_rng(0)
        rows = rng.permutation(len(samples))[:_HELD_OUT]
        rows = rows[np.argsort(samples.counts[rows], kind="stable")]
        self.samples, self.parts = samples, np.array_split(rows, max(1, len(rows) // 32))

    @torch.no_grad()
    def __call__(self, model: WebModel, device: torch.device) -> dict[str, float]:
        random = torch.Generator().manual_seed(0)
        total: dict[str, float] = {}
        for part in self.parts:
            found = model.losses(web_batch(self.samples, part, device, None), random)
            for name, value in found.items():
                total[name] = total.get(name, 0.0) + float(value) * len(part)
        count = sum(len(part) for part in self.parts)
        return {f"held_out_{name}": value / count for name, value in total.items()}
