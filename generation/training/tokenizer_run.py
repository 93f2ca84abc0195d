"""Training the tokenizer: `train_tokenizer(TokenizerTraining())`."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from caddis.data.training_set import TrainingSet
from caddis.generation.config import (
    COARSE_TOKENS,
    FRAME_TOKENS,
    TokenizerConfig,
    TokenizerTraining,
    preset,
)
from caddis.generation.tokenizer.frames import Frames
from caddis.generation.tokenizer.tokenizer import SEQUENCE, Reconstruction, Tokenizer
from caddis.generation.training.batches import Batch, augmented_batch, plain_batch
from caddis.generation.training.device import pick_device
from caddis.generation.training.device_batches import batch_maker
from caddis.generation.training.loop import Run, Step, fit
from caddis.generation.weights import save_model

logger = logging.getLogger(__name__)

SIGN_WEIGHT = 0.3  # weight of the cross-entropy of inside against outside
SIGN_WIDTH = 0.01  # width of the transition from inside to outside, as a share of the longest side
NEAR_WEIGHT, NEAR_WIDTH = 3.0, 0.02  # extra weight of errors near the surface, and its range
IN_BOX = 0.01  # queries farther outside the box are ignored: the box decides there
LEVELS = (0.0, 0.001, 0.002, 0.003)  # candidates for the offset that is added to distances
SEED_BATCHES = 16  # number of batches of latents that initialise the code books
EVALUATED = 128  # number of held-out objects in an evaluation during training


def train_tokenizer(
    config: TokenizerTraining,
    progress: Callable[[int, float], None] = lambda step, loss: None,
) -> Tokenizer:
    """Train a tokenizer; write its weights, log and curves to `config.out`.

    Args:
        config: Settings of the run.
        progress: Called with the number and the loss of a step.

    Raises:
        DataError: The prepared data or a checkpoint is missing or damaged.
        ConfigError: The settings are invalid.
    """
    objects = TrainingSet(config.cache)
    run = Run(
        "tokenizer",
        config,
        Tokenizer(tokenizer_shape(config), seed=config.seed),
        loss=_Losses(objects, config),
        evaluate=lambda model, device: evaluate(model, objects, "val", device, limit=EVALUATED),
        before_step=_CodeSeeding(objects, config),
        progress=progress,
    )
    model, figures = calibrated(fit(run), objects)
    save_model(config.out, "tokenizer", model, steps=config.steps, batch=config.batch,
               seed=config.seed, objects=len(objects.rows("train")), held_out=figures)  # fmt: skip
    return model


def tokenizer_shape(config: TokenizerTraining) -> TokenizerConfig:
    """Return the preset's shape with the overrides of the settings."""
    shape = preset(config.preset).tokenizer
    return dataclasses.replace(
        shape,
        quantizer=config.quantizer or shape.quantizer,
        folded=config.folded,
        framed=config.framed,
        paths=config.paths,
    )


def soft_steps(config: TokenizerTraining) -> int:
    """Return the number of steps without rounding, at the start of the run."""
    return round(config.soft_share * config.steps)


class _Losses:
    """The loss of one step."""

    def __init__(self, objects: TrainingSet, config: TokenizerTraining) -> None:
        self.config, self.rows = config, objects.rows("train")
        self.batch = batch_maker(objects, tokenizer_shape(config), pick_device(config.device))

    def __call__(self, model: Tokenizer, step: Step) -> dict[str, Tensor]:
        config, rng = self.config, step.numpy
        batch = self.batch(rng.choice(self.rows, config.batch), config.queries, rng)
        keep = None
        if model.config.paths == "both":
            keep = kept_tokens(config, rng).to(step.device)
        soft = step.number < soft_steps(config)
        result = model(batch.points, batch.frames, batch.queries, keep_B=keep, soft=soft)
        return losses(result, batch, config.truncation)


def kept_tokens(config: TokenizerTraining, rng: np.random.Generator) -> Tensor:
    """Return how many leading tokens of each shape to decode (B,): all, the coarse ones, or fewer.

    This is nested dropout (Rippel et al. 2014). Fewer than the coarse ones are rare, because such
    shapes are only shown as drafts while the generator writes.
    """
    coarse = FRAME_TOKENS + COARSE_TOKENS
    chance = rng.random(config.batch)
    keep = np.full(config.batch, SEQUENCE)
    keep[chance < config.fine_drop] = coarse
    few = chance < config.coarse_drop
    keep[few] = rng.integers(FRAME_TOKENS, coarse, config.batch)[few]
    return torch.from_numpy(keep)


def losses(result: Reconstruction, batch: Batch, truncation: float) -> dict[str, Tensor]:
    """Return truncated distance error, sign error and quantizer loss, and their weighted sum.

    Distance errors are divided by the truncation. Queries outside a shape's box are ignored,
    because the box decides there.
    """
    predicted, distance = result.distance.float(), batch.distance
    counted = (batch.frames.box_distance(batch.queries) < IN_BOX).float()
    clamped = predicted.clamp(-truncation, truncation)
    # a small slope keeps the gradient alive where the prediction is beyond the truncation
    clamped = clamped + 0.01 * (predicted - clamped)
    near = counted * (1.0 + NEAR_WEIGHT * torch.exp(-((distance / NEAR_WIDTH) ** 2)))
    each = (clamped - distance.clamp(-truncation, truncation)).abs() / truncation
    error = (near * each).sum() / near.sum()
    # in thin walls few queries are inside: they count double, or thin walls would vanish
    each = functional.binary_cross_entropy_with_logits(
        -predicted / SIGN_WIDTH, (distance < 0).float(), reduction="none",
        pos_weight=predicted.new_tensor(2.0),
    )  # fmt: skip
    sign = (counted * each).sum() / counted.sum()
    total = error + SIGN_WEIGHT * sign + result.code_loss
    return {
        "loss": total, "distance_loss": error, "sign_loss": sign, "code_loss": result.code_loss
    }  # fmt: skip


class _CodeSeeding:
    """Initialises the code books from encoder outputs when the steps without rounding end."""

    def __init__(self, objects: TrainingSet, config: TokenizerTraining) -> None:
        self.objects, self.config, self.rows = objects, config, objects.rows("train")

    @torch.no_grad()
    def __call__(self, model: Tokenizer, average: Tokenizer, step: Step) -> None:
        if step.number != soft_steps(self.config) or "fsq" in model.config.quantizer:
            return
        coarse, fine = [], []
        for _ in range(SEED_BATCHES):
            rows = step.numpy.choice(self.rows, self.config.batch)
            batch = augmented_batch(self.objects, rows, model.config, 1, step.numpy)
            batch = batch.to(step.device)
            result = model(batch.points, batch.frames, batch.queries, soft=True)
            coarse.append(result.coarse_latents.flatten(0, 1).cpu())
            fine.append(result.fine_latents.flatten(0, 1).cpu())
        for owner in (model, average):
            random = torch.Generator().manual_seed(self.config.seed)
            owner.coarse_quantizer.seed_codes(torch.cat(coarse), random)
            owner.fine_quantizer.seed_codes(torch.cat(fine), random)


def calibrated(model: Tokenizer, objects: TrainingSet) -> tuple[Tokenizer, dict[str, float]]:
    """Choose the level out of `LEVELS` with the best overlap on validation objects.

    The loss counts inside queries double, so that thin walls do not vanish. This places surfaces
    slightly too far outside and makes thin shapes too heavy.

    Returns:
        The model with that level, and its figures from `evaluate`.
    """
    tried = []
    for level in LEVELS:
        moved = Tokenizer(dataclasses.replace(model.config, level=level))
        moved.load_state_dict(model.state_dict())
        moved.eval().requires_grad_(False)
        figures = evaluate(moved, objects, "val", torch.device("cpu"))
        logger.info("level %.4f: %s", level, figures)
        tried.append((moved, figures))
    return max(tried, key=lambda one: one[1]["iou"] + one[1]["coarse_iou"])


@torch.no_grad()
def evaluate(
    model: Tokenizer, objects: TrainingSet, split: str, device: torch.device,
    *, limit: int | None = None,
) -> dict[str, float]:  # fmt: skip
    """Measure the reconstruction of held-out objects from all tokens and from the coarse ones.

    Returns:
        iou and coarse_iou: overlap on 2,048 uniform points of the box, mean over objects;
        distance_error: mean error of distances clamped at 0.1;
        coarse_perplexity and fine_perplexity: exp of the entropy of code usage.
    """
    rows = objects.rows(split)[:limit]
    figures: dict[str, list[Tensor]] = {"iou": [], "coarse_iou": [], "distance_error": []}
    counts = [torch.zeros(q.codes) for q in (model.coarse_quantizer, model.fine_quantizer)]
    for part in np.array_split(rows, max(1, len(rows) // 32)):
        rng = np.random.default_rng((0, int(part[0])))
        batch = plain_batch(objects, part, model.config, rng).to(device)
        tokens = model.encode(batch.points, batch.frames)
        cut = FRAME_TOKENS + COARSE_TOKENS
        for which, codes in enumerate((tokens[:, FRAME_TOKENS:cut], tokens[:, cut:])):
            counts[which] += torch.bincount(codes.flatten().cpu(), minlength=len(counts[which]))
        for name, given in (("iou", tokens), ("coarse_iou", tokens[:, :cut])):
            distance = decoded_distance(model, given, batch.queries)
            inside, truth = distance < 0, batch.distance < 0
            union = (inside | truth).sum(1).clamp_min(1)
            figures[name].append((inside & truth).sum(1) / union)
            if name == "iou":
                error = distance.clamp(-0.1, 0.1) - batch.distance.clamp(-0.1, 0.1)
                figures["distance_error"].append(error.abs().mean(1))
    result = {name: float(torch.cat(values).mean()) for name, values in figures.items()}
    for name, count in zip(("coarse", "fine"), counts, strict=True):
        share = count[count > 0] / count.sum()
        result[f"{name}_perplexity"] = float((-(share * share.log()).sum()).exp())
    return result


def decoded_distance(model: Tokenizer, tokens_Bk: Tensor, queries_BQ3: Tensor) -> Tensor:
    """Return the distances (B, Q) of the shapes that tokens decode to, bounded by their boxes."""
    frames = Frames.from_tokens(tokens_Bk[:, :FRAME_TOKENS])
    distance = model.field(model.features(tokens_Bk), frames.fold(queries_BQ3))
    return frames.bounded(distance, queries_BQ3)
