"""Training the tokenizer: `train_tokenizer(TokenizerTraining())`."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from data.training_set import TrainingSet
from generation.config import TokenizerConfig, TokenizerTraining, preset
from generation.tokenizer import Reconstruction, Tokenizer
from generation.training.batches import augmented_batch, plain_batch
from generation.training.loop import Run, Step, fit
from generation.weights import save_model
from geometry.errors import ConfigError

logger = logging.getLogger(__name__)

SIGN_WEIGHT = 0.3  # of the cross-entropy of inside against outside
SIGN_WIDTH = 0.01  # distance over which inside turns into outside, of the longest side
VECTOR_DIM = 16  # code length when a vector quantizer takes the place of the preset's FSQ
SEED_BATCHES = 16  # batches of latents from which the code book starts
EVALUATED = 128  # held-out objects in each evaluation during training


def train_tokenizer(
    config: TokenizerTraining,
    progress: Callable[[int, float], None] = lambda step, loss: None,
    *,
    start: Tokenizer | None = None,
) -> Tokenizer:
    """Train a tokenizer; write its weights, log and curves to `config.out`.

    Args:
        config: Settings of the run.
        progress: Called with a step's number and loss.
        start: A model whose layers the run begins with where they fit; the quantizer and the
            layers beside it are fresh. None begins from nothing.

    Raises:
        DataError: The prepared data or a checkpoint is missing or damaged.
        ConfigError: Settings that make no sense.
    """
    objects = TrainingSet(config.cache)
    shape = _shape(config)
    run = Run(
        "tokenizer",
        config,
        _begun(shape, config.seed, start),
        loss=_Losses(objects, config),
        evaluate=lambda model, device: evaluate(model, objects, "val", device, limit=EVALUATED),
        before_step=_CodeSeeding(objects, config),
        progress=progress,
    )
    model = fit(run)
    figures = evaluate(model, objects, "val", torch.device("cpu"))
    save_model(config.out, "tokenizer", model, steps=config.steps, batch=config.batch,
               seed=config.seed, objects=len(objects.rows("train")), held_out=figures)  # fmt: skip
    return model


def _shape(config: TokenizerTraining) -> TokenizerConfig:
    shape = preset(config.preset).tokenizer
    if not config.quantizer:
        return shape
    dim = len(shape.fsq_levels) if "fsq" in config.quantizer else VECTOR_DIM
    return dataclasses.replace(shape, quantizer=config.quantizer, code_dim=dim)


def _begun(shape: TokenizerConfig, seed: int, start: Tokenizer | None) -> Tokenizer:
    """Return a fresh model, with all layers of `start` but those that make or read codes."""
    model = Tokenizer(shape, seed=seed)
    if start is not None:
        kept = {
            name: value
            for name, value in start.state_dict().items()
            if not name.startswith(("quantizer.", "encoder.to_code.", "decoder.from_code."))
        }
        missing, unknown = model.load_state_dict(kept, strict=False)
        if unknown:
            raise ConfigError("the model to begin with has other layers", ", ".join(unknown))
        logger.info("fresh layers: %s", ", ".join(missing))
    return model


def _warmup_steps(config: TokenizerTraining) -> int:
    """Return the steps without quantizer; FSQ has no book that could collapse, so none."""
    if "fsq" in _shape(config).quantizer:
        return 0
    return round(config.warmup_share * config.steps)


class _Losses:
    """The loss of one step."""

    def __init__(self, objects: TrainingSet, config: TokenizerTraining) -> None:
        self.objects, self.config, self.rows = objects, config, objects.rows("train")

    def __call__(self, model: Tokenizer, step: Step) -> dict[str, Tensor]:
        config = self.config
        rows = step.numpy.choice(self.rows, config.batch)
        batch = augmented_batch(
            self.objects, rows, model.config.points, config.queries, step.numpy
        ).to(step.device)
        keep = None
        if step.number >= config.nested_from * config.steps:
            keep = kept_tokens(config.batch, model.config.tokens, step.numpy).to(step.device)
        bypass = step.number < _warmup_steps(config)
        result = model(batch.points, batch.queries, keep_B=keep, bypass=bypass)
        return losses(result, batch.distance, config.truncation)


def losses(result: Reconstruction, distance: Tensor, truncation: float) -> dict[str, Tensor]:
    """Return truncated distance error, sign error and quantizer loss, and their weighted sum.

    The distance is compared in units of the truncation, so that 1 is a complete miss.
    """
    predicted = result.distance.float()
    clamped = predicted.clamp(-truncation, truncation)
    # a leak keeps the gradient alive where the prediction is outside the truncation
    clamped = clamped + 0.01 * (predicted - clamped)
    error = (clamped - distance.clamp(-truncation, truncation)).abs().mean() / truncation
    # inside is the rare side of a thin wall: it counts double, or thin walls vanish
    sign = functional.binary_cross_entropy_with_logits(
        -predicted / SIGN_WIDTH, (distance < 0).float(), pos_weight=predicted.new_tensor(2.0)
    )
    total = error + SIGN_WEIGHT * sign
    parts = {"distance_loss": error, "sign_loss": sign}
    if result.quantized is not None:
        total = total + result.quantized.loss
        parts["code_loss"] = result.quantized.loss
    return {"loss": total, **parts}


def kept_tokens(batch: int, tokens: int, rng: np.random.Generator) -> Tensor:
    """Return how many leading tokens each shape keeps: half all, half 1, 2, 4, ... K.

    Nested dropout (Rippel et al. 2014) as in FlexTok; only half of the shapes, since
    truncating all piles the information into the first tokens (arXiv 2601.01535).
    """
    powers = [1 << bit for bit in range(tokens.bit_length()) if 1 << bit <= tokens]
    keep = np.where(rng.random(batch) < 0.5, tokens, rng.choice(powers, batch))
    return torch.from_numpy(keep)


class _CodeSeeding:
    """Starts the code book from encoder outputs when the warm-up ends."""

    def __init__(self, objects: TrainingSet, config: TokenizerTraining) -> None:
        self.objects, self.config, self.rows = objects, config, objects.rows("train")

    @torch.no_grad()
    def __call__(self, model: Tokenizer, average: Tokenizer, step: Step) -> None:
        if step.number != _warmup_steps(self.config):
            return
        latents = []
        for _ in range(SEED_BATCHES):
            rows = step.numpy.choice(self.rows, self.config.batch)
            batch = augmented_batch(self.objects, rows, model.config.points, 1, step.numpy)
            latents.append(model.encoder(batch.points.to(step.device)).flatten(0, 1).cpu())
        samples = torch.cat(latents)
        for owner in (model, average):
            owner.quantizer.seed_codes(samples, torch.Generator().manual_seed(self.config.seed))


@torch.no_grad()
def evaluate(
    model: Tokenizer, objects: TrainingSet, split: str, device: torch.device,
    *, limit: int | None = None, prefix: int | None = None,
) -> dict[str, float]:  # fmt: skip
    """Return mean IoU, distance error and code use over the objects of a split.

    Args:
        model: The tokenizer.
        objects: The prepared data.
        split: "train", "val" or "test".
        device: Where the model is.
        limit: At most this many objects, the first ones.
        prefix: Decode this many leading tokens; None decodes all.

    Returns:
        iou: mean over objects of |A and B| / |A or B| on the stored uniform queries.
        distance_error: mean |predicted - true|, both clamped to +-0.1.
        codes_used: share of the code book that the split uses, in percent.
        perplexity: exp of the entropy of code use.
    """
    rows = objects.rows(split)[:limit]
    overlaps, errors, counts = [], [], torch.zeros(model.quantizer.codes)
    for part in np.array_split(rows, max(1, len(rows) // 32)):
        rng = np.random.default_rng((0, int(part[0])))
        batch = plain_batch(objects, part, model.config.points, rng).to(device)
        tokens = model.encode(batch.points)
        counts += torch.bincount(tokens.flatten().cpu(), minlength=len(counts))
        distance = model.field(model.planes(tokens[:, :prefix]), batch.queries)
        inside, truth = distance < 0, batch.distance < 0
        union = (inside | truth).sum(1).clamp_min(1)
        overlaps.append((inside & truth).sum(1) / union)
        errors.append((distance.clamp(-0.1, 0.1) - batch.distance.clamp(-0.1, 0.1)).abs().mean(1))
    share = counts[counts > 0] / counts.sum()
    return {
        "iou": float(torch.cat(overlaps).mean()),
        "distance_error": float(torch.cat(errors).mean()),
        "codes_used": float(100 * (counts > 0).float().mean()),
        "perplexity": float((-(share * share.log()).sum()).exp()),
    }
