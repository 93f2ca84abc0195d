"""The models needed for generation, loaded once per process."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import torch

from caddis.data.curation import ancestors, members
from caddis.data.fresh_captions import SeenWords
from caddis.generation.conditions import Given
from caddis.generation.config import preset
from caddis.generation.generator import Generator
from caddis.generation.prompt import Prompt, read_prompt
from caddis.generation.text_encoder import TextEncoder
from caddis.generation.tokenizer.tokenizer import Tokenizer
from caddis.generation.training.device import pick_device
from caddis.generation.weights import (
    MODELS,
    load_generator,
    load_seen_words,
    load_tokenizer,
    model_folder,
    weights_sha256,
)
from caddis.geometry.errors import MissingWeightsError, UnknownCategoryError


@dataclass(frozen=True)
class Models:
    """Tokenizer, generator and text encoder of one folder of weights."""

    tokenizer: Tokenizer
    generator: Generator
    text_encoder: TextEncoder
    sha256: str
    seen: SeenWords | None = None

    def read(self, text: str, *, anyway: bool = False) -> Prompt:
        """Read a text as `caddis.generation.prompt.read_prompt` does.

        Raises:
            UnknownWordError: The model has never seen the object's name.
            ConfigError: Two objects at once, or a length stated twice.
        """
        if self.seen is None:  # weights of a test, or of a user, that do not say
            return Prompt(text)
        return read_prompt(text, self._words, self._nouns, self._nearest, anyway=anyway)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self.seen.words if self.seen else ())

    @cached_property
    def _nouns(self) -> frozenset[str]:
        return frozenset(self.seen.nouns if self.seen else ())

    def _nearest(self, word: str) -> Sequence[str]:
        """Return known nouns, nearest in spelling or meaning first."""
        nouns = [noun for noun in sorted(self._nouns) if self.text_encoder.knows(noun)]
        spelt = difflib.get_close_matches(word, nouns, n=1, cutoff=0.6)
        if not self.text_encoder.knows(word):
            return spelt or ["see --list-categories"]
        near = self.text_encoder.encode(nouns) @ self.text_encoder.encode([word])[0]
        meant = [nouns[int(row)] for row in np.argsort(-near, kind="stable")[:3]]
        return list(dict.fromkeys([*meant, *spelt]))

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that the model learned, sorted."""
        return self.generator.config.categories

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Words that stand for several categories (such as "lamp"), each with those categories."""
        words = {word for name in self.categories for word in ancestors(name)}
        known = {word: self._members(word) for word in sorted(words - set(self.categories))}
        return {word: names for word, names in known.items() if names}

    def kinds(self, category: str) -> tuple[str, ...]:
        """Return the learned categories that a word stands for: itself, or those of a group.

        Raises:
            UnknownCategoryError: The model does not know it; the error suggests similar words.
        """
        name = category.strip().lower().replace(" ", "_").replace("-", "_")
        kinds = (name,) if name in self.categories else self._members(name)
        if kinds:
            return kinds
        near = difflib.get_close_matches(name, [*self.categories, *self.groups], n=3, cutoff=0.5)
        hint = "See caddis generate --list-categories."
        if near:
            hint = f"Did you mean {', '.join(near)}?"
        raise UnknownCategoryError(f"the model knows no category {category!r}", "category", hint)

    def _members(self, word: str) -> tuple[str, ...]:
        return tuple(name for name in sorted(members(word)) if name in self.categories)

    def conditions(self, kinds: Sequence[str | None], text: str | None) -> dict[str, Given]:
        """Return the conditions of a batch: a learned category (or None) per shape, and one text.

        Raises:
            EmptyTextError: The text has no known word.
        """
        numbers = [-1 if kind is None else self.categories.index(kind) for kind in kinds]
        vector = torch.zeros(1, self.generator.config.text_dim)
        if text is not None:
            vector = torch.from_numpy(self.text_encoder.encode([text]))
        device = self.generator.word_embedding.device
        category = torch.tensor(numbers, device=device)
        shown = torch.full((len(kinds),), text is not None, device=device)
        return {
            "category": Given(category, category >= 0),
            "text": Given(vector.expand(len(kinds), -1).to(device), shown),
        }


def load_models(preset_name: str = "nano", device: str = "auto") -> Models:
    """Return the models of a shipped preset.

    Raises:
        ConfigError: There is no such preset.
        WeightsError: Its weights are missing or damaged.
    """
    folder = model_folder(preset(preset_name).name)
    if not folder.is_dir():
        shipped = sorted(one.name for one in MODELS.iterdir() if one.is_dir())
        raise MissingWeightsError(
            f"the preset {preset_name!r} is not shipped",
            "preset",
            f"Use {', '.join(shipped)}, or train it: caddis train all --preset {preset_name} --out "
            f"runs/{preset_name}, then give --weights runs/{preset_name}.",
        )
    return load_folder(folder, device)


@lru_cache(maxsize=2)
def load_folder(folder: Path, device: str = "auto") -> Models:
    """Return the models of a folder of weights (for example of a training run)."""
    target = pick_device(device)
    return Models(
        load_tokenizer(folder).to(target),
        load_generator(folder).to(target),
        TextEncoder.from_assets(),
        weights_sha256(folder),
        load_seen_words(folder),
    )
