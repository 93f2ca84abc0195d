"""From a condition to printable solids: tokens, field, surface, repair, print gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from caddis.generation.config import FRAME_TOKENS
from caddis.generation.making import Generated, Maker
from caddis.generation.models import Models, load_folder, load_models
from caddis.generation.request import MAX_COUNT, Request
from caddis.generation.sampling import Sampled, sample
from caddis.generation.seeds import derived_seed
from caddis.generation.stopwatch import Stopwatch
from caddis.generation.threads import threads_for
from caddis.generation.wished_frame import WishedFrame
from caddis.geometry.errors import CaddisError, ConfigError, EmptyTextError
from caddis.geometry.gate.profiles import named_profile
from caddis.geometry.surfaces.backends import backend

__all__ = ["MAX_COUNT", "Generated", "Request", "categories", "generate"]

TokenProgress = Callable[[int, int], None]
"""Called after each token with the number written and the total number."""
Drafts = Callable[[NDArray[np.int64]], None]
"""Called after each token with the tokens so far (count, candidates, k)."""


def generate(
    request: Request,
    *,
    on_token: TokenProgress | None = None,
    on_drafts: Drafts | None = None,
    on_refused: Callable[[int, CaddisError], None] | None = None,
    start: Sequence[int] = (),
) -> Iterator[Generated]:
    """Yield the requested objects one by one, each as soon as it is meshed.

    All tokens are written first, in one batch of count x candidates sequences.

    Args:
        request: What to make.
        on_token: Called with the progress of writing.
        on_drafts: Called with the tokens written so far; the first k tokens decode to a coarse
            shape (`Tokenizer.shape_field`).
        on_refused: Called with the number of an object that cannot be made and the reason; the
            others follow. When None, the reason is raised.
        start: Tokens that every object begins with: variations of one shape. At most all but
            one of the model's.

    Raises:
        ConfigError: `start` is too long or contains invalid tokens.
        UnknownCategoryError: The model does not know the category.
        EmptyTextError: The text has no known word.
        WeightsError: The weights are missing or damaged.
        NoSurfaceError: No candidate of an object has a surface.
    """
    watch = Stopwatch()
    if request.text is not None and not request.text.strip():
        raise EmptyTextError("the text is empty", "text", "Describe the object, or leave it out.")
    # unknown names are rejected before any work is done
    process, surface = named_profile(request.process), backend(request.surface)
    with watch.stage("load"):
        models = _models(request)
    request, notes = _understood(request, models)
    with watch.stage("tokens"):
        kinds = _kinds(models, request)
        begin = _start(models, start)
        sampled = _write(models, request, kinds, begin, on_token=on_token, on_drafts=on_drafts)
    shared = {name: seconds / request.count for name, seconds in watch.seconds.items()}
    for item in range(request.count):
        maker = Maker(request, models, process, surface, Stopwatch(shared), notes)
        try:
            made = maker.make(item, kinds[item], sampled)
        except CaddisError as reason:
            if on_refused is None:
                raise
            on_refused(item, reason)
            continue
        yield made


def _understood(request: Request, models: Models) -> tuple[Request, tuple[str, ...]]:
    """Return the request with its text as it was read, and notes on what was read otherwise.

    Lengths in the text are sizes, unless the request states the same size itself.
    """
    if request.text is None:
        return request, ()
    prompt = models.read(request.text, anyway=request.anyway)
    stated: dict[str, Any] = {
        name: length
        for name, length in prompt.lengths_mm.items()
        if getattr(request, name) is None and request.size_mm is None
    }
    return replace(request, text=prompt.text, **stated), prompt.notes


def _models(request: Request) -> Models:
    if request.weights is not None:
        return load_folder(request.weights, request.device)
    return load_models(request.preset, request.device)


def _kinds(models: Models, request: Request) -> list[str | None]:
    """Return the learned category of each object, chosen at random from a group such as "lamp"."""
    if request.category is None:
        return [None] * request.count
    kinds = models.kinds(request.category)
    return [
        kinds[derived_seed(request.seed, "kind", item) % len(kinds)]
        for item in range(request.count)
    ]


def _start(models: Models, start: Sequence[int]) -> Tensor | None:
    config, vocabulary = models.generator.config, models.generator.vocabulary
    if len(start) >= config.tokens:
        raise ConfigError(
            f"a shape begins with at most {config.tokens - 1} tokens, not {len(start)}", "start"
        )
    for position, token in enumerate(start):
        span = vocabulary.span(position)
        if not 0 <= token < span.stop - span.start:
            raise ConfigError(
                f"token {position} must be 0 to {span.stop - span.start - 1}, not {token}", "start"
            )
    return torch.tensor(list(start), dtype=torch.int64) if len(start) else None


def _write(
    models: Models,
    request: Request,
    kinds: list[str | None],
    start: Tensor | None,
    *,
    on_token: TokenProgress | None,
    on_drafts: Drafts | None,
) -> Sampled:
    """Write the tokens of all candidates of all objects in one batch."""
    turns = [(item, turn) for item in range(request.count) for turn in range(request.candidates)]
    seeds = [derived_seed(request.seed, item, turn) for item, turn in turns]
    given = models.conditions([kinds[item] for item, _ in turns], request.text)
    total = models.generator.config.tokens

    def report(written: int, tokens: Tensor) -> None:
        if on_token is not None:
            on_token(written, total)
        if on_drafts is not None:
            on_drafts(tokens.cpu().numpy().reshape(request.count, request.candidates, -1))

    kept = None if start is None else start.expand(len(seeds), -1)
    wish = WishedFrame.of(request)

    def draw(first: Tensor) -> Tensor:
        frames = sample(
            models.generator, given, seeds, request.sampling, start=first, count=FRAME_TOKENS
        )
        return frames.tokens.cpu()

    with threads_for(models.generator.config.width):
        if wish.changes_frames:
            kept = _with_frames(wish, kept, len(seeds), draw)
        return sample(models.generator, given, seeds, request.sampling, start=kept, on_token=report)


def _with_frames(
    wish: WishedFrame, start: Tensor | None, shapes: int, draw: Callable[[Tensor], Tensor]
) -> Tensor:
    """Return first tokens (B, k) whose frames meet the wish, as near to drawn ones as can be.

    The symmetry comes first, so that the sides are drawn for the wished symmetry.

    Args:
        wish: What is wished.
        start: (B, k) first tokens of a shape that is varied, or None.
        shapes: B.
        draw: Returns the frame tokens (B, 4) that the generator writes behind first tokens.
    """
    known = torch.zeros(shapes, 0, dtype=torch.int64) if start is None else start
    if wish.symmetry is not None and not known.shape[1]:
        known = torch.full((shapes, 1), wish.symmetry_token, dtype=torch.int64)
    if known.shape[1] < FRAME_TOKENS:
        known = draw(known)
    return torch.cat([wish.tokens(known[:, :FRAME_TOKENS]), known[:, FRAME_TOKENS:]], dim=1)


def categories(preset: str = "nano") -> list[str]:
    """Return the categories that a shipped preset was trained on, sorted."""
    return list(load_models(preset).categories)
