"""Training the generator: `train_generator(GeneratorTraining())`."""

from __future__ import annotations

import dataclasses
import logging
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from caddis.data.fresh_captions import fresh_caption, seen_words
from caddis.data.training_set import TrainingSet
from caddis.generation.conditions import Given
from caddis.generation.config import FRAME_TOKENS, GeneratorConfig, GeneratorTraining, preset
from caddis.generation.generator import Generator
from caddis.generation.text_encoder import TextEncoder
from caddis.generation.tokenizer.tokenizer import Tokenizer
from caddis.generation.training.batches import augmented_points, frames_of, random_factors
from caddis.generation.training.device import bfloat16_is_faster, pick_device
from caddis.generation.training.loop import Run, Step, fit
from caddis.generation.training.model_card import write_model_card
from caddis.generation.weights import load_tokenizer, save_model

logger = logging.getLogger(__name__)

NO_CATEGORY = -1
UNKNOWN = "object"
"""Placeholder caption for an object without one; the condition is then marked as absent."""


@dataclass(frozen=True)
class TokenData:
    """The training data of the generator.

    Attributes:
        tokens: (V, N, K) int16 tokens of V views of N objects.
        category: (N,) int64 number of the category, or -1.
        objects: N entries of `objects.json`, from which each step draws captions.
        encoder: Maps captions to vectors.
    """

    tokens: NDArray[np.int16]
    category: NDArray[np.int64]
    objects: Sequence[Mapping[str, Any]]
    encoder: TextEncoder


def train_generator(
    config: GeneratorTraining, progress: Callable[[int, float], None] = lambda step, loss: None
) -> Generator:
    """Train a generator for the tokenizer in `config.out`; write its weights there, too.

    Args:
        config: Settings of the run.
        progress: Called with the number and the loss of a step.

    Raises:
        WeightsError: There is no usable tokenizer in `config.out`.
        DataError: The prepared data or a checkpoint is missing or damaged.
    """
    objects = TrainingSet(config.cache)
    tokenizer = load_tokenizer(config.out)
    encoder = TextEncoder.from_assets()
    shape = dataclasses.replace(
        preset(config.preset).generator,
        codes=tokenizer.config.coarse_codes,
        code_dim=tokenizer.coarse_quantizer.book().shape[1],
        categories=tuple(objects.categories), text_dim=encoder.dims,
    )  # fmt: skip
    data = token_data(objects, tokenizer, encoder, config)
    model = Generator(shape, seed=config.seed)
    model.start_from_book(tokenizer.coarse_quantizer.book().detach())
    run = Run(
        "generator",
        config,
        model,
        loss=GeneratorLoss(data, objects.rows("train"), config),
        evaluate=lambda model, device: evaluate(model, data, objects.rows("val"), device),
        progress=progress,
    )
    model = fit(run)
    figures = evaluate(model, data, objects.rows("val"), torch.device("cpu"))
    rows = objects.rows("train")
    seen = seen_words(objects.objects[int(row)] for row in rows)
    save_model(config.out, "generator", model, steps=config.steps, batch=config.batch,
               seed=config.seed, objects=len(rows), held_out=figures,
               seen=dataclasses.asdict(seen))  # fmt: skip
    write_model_card(config)
    return model


def token_data(
    objects: TrainingSet, tokenizer: Tokenizer, encoder: TextEncoder, config: GeneratorTraining
) -> TokenData:
    """Encode `config.views` augmented views of every object."""
    device = pick_device(config.device)
    tokenizer = tokenizer.to(device)
    views = [_encode_view(objects, tokenizer, config.seed, v, device) for v in range(config.views)]
    tokenizer.to("cpu")
    number = {name: i for i, name in enumerate(objects.categories)}
    return TokenData(
        np.stack(views),
        np.array([number.get(one["category"], NO_CATEGORY) for one in objects.objects]),
        objects.objects,
        encoder,
    )


def _encode_view(
    objects: TrainingSet, tokenizer: Tokenizer, seed: int, view: int, device: torch.device
) -> NDArray[np.int16]:
    """Return frame and coarse tokens (N, 68) of one view; view 0 has no stretch or mirror."""
    rng = np.random.default_rng((seed, view))
    parts = []
    for rows in np.array_split(np.arange(len(objects)), max(1, len(objects) // 64)):
        factors = random_factors(objects, rows, rng)
        if view == 0:
            factors = np.ones_like(factors)
        cloud = augmented_points(objects, rows, tokenizer.config.points, factors, rng)
        frames = frames_of(objects, rows, tokenizer.config, factors)
        with torch.autocast(device.type, torch.bfloat16, enabled=bfloat16_is_faster(device)):
            tokens = tokenizer.encode_coarse(torch.from_numpy(cloud), frames)
        parts.append(tokens.cpu().numpy().astype(np.int16))
    return np.concatenate(parts)


class GeneratorLoss:
    """The loss of one training step, called with the model and the step."""

    def __init__(self, data: TokenData, rows: NDArray[np.int64], config: GeneratorTraining) -> None:
        self.data, self.rows, self.config = data, rows, config

    def __call__(self, model: Generator, step: Step) -> dict[str, Tensor]:
        """Return the cross-entropy of a random batch as "loss"."""
        config, rng = self.config, step.numpy
        rows = rng.choice(self.rows, config.batch)
        views = rng.integers(0, len(self.data.tokens), config.batch)
        target = torch.from_numpy(self.data.tokens[views, rows].astype(np.int64)).to(step.device)
        given = conditions(self.data, rows, model.config, step.device, rng)
        logits = model(given, _corrupted(target, config.corrupt, model.config.codes, step))
        return {"loss": cross_entropy(model, logits, target, config.label_smoothing).mean()}


def cross_entropy(
    model: Generator, logits_BKV: Tensor, tokens_BK: Tensor, smoothing: float = 0.0
) -> Tensor:
    """Return the cross-entropy of each token within its kind of words, (B, K) nats."""
    parts = []
    for first, last in ((0, 1), (1, FRAME_TOKENS), (FRAME_TOKENS, tokens_BK.shape[1])):
        logits = logits_BKV[:, first:last, model.vocabulary.span(first)]
        target = tokens_BK[:, first:last]
        parts.append(
            functional.cross_entropy(logits.mT, target, reduction="none", label_smoothing=smoothing)
        )
    return torch.cat(parts, dim=1)


def conditions(
    data: TokenData, rows: NDArray[np.int64], shape: GeneratorConfig, device: torch.device,
    rng: np.random.Generator | None,
) -> dict[str, Given]:  # fmt: skip
    """Return the category and a caption of each object; each is hidden with its own probability.

    Without a random stream nothing is hidden, and the caption of an object is always the same.
    """
    captions = _captions(data, rows, np.random.default_rng(0) if rng is None else rng)
    category = data.category[rows]
    show_category, show_text = category >= 0, np.array([bool(one) for one in captions])
    text = data.encoder.encode([caption or UNKNOWN for caption in captions])
    if rng is not None:
        show_category &= rng.random(len(rows)) >= shape.drop_category
        show_text &= rng.random(len(rows)) >= shape.drop_text
    return {
        "category": Given(*(torch.from_numpy(x).to(device) for x in (category, show_category))),
        "text": Given(*(torch.from_numpy(x).to(device) for x in (text, show_text))),
    }


def _captions(data: TokenData, rows: NDArray[np.int64], rng: np.random.Generator) -> list[str]:
    """Draw a caption for each object; "" if the encoder knows none of its words."""
    drawn = [fresh_caption(data.objects[int(row)], rng) for row in rows]
    return [caption if data.encoder.knows(caption) else "" for caption in drawn]


def _corrupted(tokens: Tensor, share: float, codes: int, step: Step) -> Tensor:
    """Replace a share of the codes by random ones, as sampled sequences contain errors, too."""
    random = torch.rand(tokens.shape, generator=step.torch)
    random[:, :FRAME_TOKENS] = 1.0
    other = torch.randint(codes, tokens.shape, generator=step.torch)
    return torch.where(random.to(tokens.device) < share, other.to(tokens.device), tokens)


@torch.no_grad()
def evaluate(
    model: Generator, data: TokenData, rows: NDArray[np.int64], device: torch.device
) -> dict[str, float]:
    """Return the held-out bits per token: over all tokens, the frame and the codes."""
    bits = []
    for part in np.array_split(rows, max(1, len(rows) // 64)):
        target = torch.from_numpy(data.tokens[0, part].astype(np.int64)).to(device)
        logits = model(conditions(data, part, model.config, device, None), target)
        bits.append(cross_entropy(model, logits, target) / math.log(2))
    each = torch.cat(bits)
    return {
        "bits_per_token": float(each.mean()),
        "bits_frame": float(each[:, :FRAME_TOKENS].mean()),
        "bits_codes": float(each[:, FRAME_TOKENS:].mean()),
    }
