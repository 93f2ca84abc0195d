"""Sampling of tokens with guidance, temperature and top-p, for many candidates in one batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from caddis.generation.conditions import Given, without
from caddis.generation.generator import Generator, Writer
from caddis.generation.request import Sampling

TokenProgress = Callable[[int, Tensor], None]
"""Called after each token with the number written and the tokens so far (B, k)."""


@dataclass(frozen=True)
class Sampled:
    """Tokens (B, K) int64 and their mean log-likelihood per token (B,), in nats.

    The likelihood is that of the conditional model at temperature 1 without guidance, so that
    candidates for the same condition can be compared.
    """

    tokens: Tensor
    log_likelihood: Tensor


@torch.no_grad()
def sample(
    model: Generator,
    given: Mapping[str, Given],
    seeds: list[int],
    sampling: Sampling,
    *,
    start: Tensor | None = None,
    count: int | None = None,
    on_token: TokenProgress | None = None,
) -> Sampled:
    """Write the tokens of len(seeds) shapes in one batch.

    Each shape draws from its own random stream, so that the result does not depend on the other
    shapes in the batch (except for rounding in the matrix products).

    Args:
        model: The generator, in eval mode.
        given: Conditions of batch size B = len(seeds).
        seeds: One seed per shape.
        sampling: How tokens are drawn.
        start: (B, k) first tokens, which are kept unchanged, or None. -1 leaves one to be drawn.
        count: Number of tokens to write; all when None.
        on_token: Called with the progress.
    """
    uniform_BK = torch.stack([_uniform(seed, model.config.tokens) for seed in seeds])
    guided = sampling.guidance > 0
    batch, every = len(seeds), model.config.tokens
    count = every if count is None else count
    device = model.word_embedding.device
    writer = Writer(model, _doubled(given) if guided else given)
    tokens = torch.zeros(batch, 0, dtype=torch.int64, device=device)
    total = torch.zeros(batch, device=device)
    for k in range(count):
        conditional = writer.logits_BV[:batch].float()
        logits = conditional
        if guided:
            gamma = sampling.guidance * (every - k) / every
            logits = (1 + gamma) * conditional - gamma * writer.logits_BV[batch:].float()
        share = k / max(every - 1, 1)
        ends = torch.tensor([sampling.temperature, sampling.final_temperature]).float()
        temperature = torch.lerp(ends[0], ends[1], share)
        token = _draw(logits / temperature, sampling.top_p, uniform_BK[:, k].to(device))
        if start is not None and k < start.shape[1]:
            kept = start[:, k].to(device)
            token = torch.where(kept >= 0, kept, token)
        total += conditional.log_softmax(-1).gather(1, token[:, None])[:, 0]
        tokens = torch.cat([tokens, token[:, None]], dim=1)
        if k + 1 < count:
            writer.write(token.repeat(2) if guided else token)
        if on_token is not None:
            on_token(k + 1, tokens)
    return Sampled(tokens, total / count)


def _uniform(seed: int, count: int) -> Tensor:
    return torch.rand(count, generator=torch.Generator().manual_seed(seed))


def _doubled(given: Mapping[str, Given]) -> dict[str, Given]:
    """Return the batch of conditions twice: as given, then all absent."""
    missing = without(given)
    return {
        name: Given(
            torch.cat([one.values, one.values]), torch.cat([one.present, missing[name].present])
        )
        for name, one in given.items()
    }


def _draw(logits_BV: Tensor, top_p: float, uniform_B: Tensor) -> Tensor:
    """Draw one code per row by inverting the cumulative distribution cut at top-p."""
    probability, order = logits_BV.softmax(-1).sort(descending=True, stable=True)
    before = probability.cumsum(-1) - probability
    probability = probability.where(before < top_p, 0.0)
    cumulative = probability.cumsum(-1)
    target = uniform_B[:, None] * cumulative[:, -1:]
    rank = (cumulative <= target).sum(-1).clamp_max(logits_BV.shape[1] - 1)
    # rounding can put the target at the very end: fall back to the last code kept
    rank = rank.minimum((probability > 0).sum(-1) - 1)
    return order.gather(1, rank[:, None])[:, 0]
