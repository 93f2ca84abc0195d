"""The models that generation needs, loaded once per process."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import torch

from generation.conditions import Given
from generation.config import preset
from generation.generator import Generator
from generation.text_encoder import TextEncoder
from generation.tokenizer import Tokenizer
from generation.training.device import pick_device
from generation.weights import load_generator, load_tokenizer, model_folder, weights_sha256
from geometry.errors import UnknownCategoryError


@dataclass(frozen=True)
class Models:
    """Tokenizer, generator and text encoder of one folder of weights."""

    tokenizer: Tokenizer
    generator: Generator
    text_encoder: TextEncoder
    sha256: str

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that can be asked for, sorted."""
        return self.generator.config.categories

    def conditions(self, category: str | None, text: str | None, batch: int) -> dict[str, Given]:
        """Return the conditions of a batch of the same request.

        Raises:
            UnknownCategoryError: The model does not know the category; names the nearest.
            EmptyTextError: The text has no known word.
        """
        number = -1 if category is None else self._number(category)
        vector = torch.zeros(1, self.generator.config.text_dim)
        if text is not None:
            vector = torch.from_numpy(self.text_encoder.encode([text]))
        device = self.generator.token_embedding.device
        given = {
            "category": Given(torch.tensor([number]), torch.tensor([category is not None])),
            "text": Given(vector, torch.tensor([text is not None])),
        }
        return {
            name: Given(
                one.values.expand(batch, *one.values.shape[1:]).to(device),
                one.present.expand(batch).to(device),
            )
            for name, one in given.items()
        }

    def _number(self, category: str) -> int:
        name = category.strip().lower().replace(" ", "_").replace("-", "_")
        if name in self.categories:
            return self.categories.index(name)
        near = difflib.get_close_matches(name, self.categories, n=3, cutoff=0.5)
        hint = "See caddis generate --list-categories."
        if near:
            hint = f"Did you mean {', '.join(near)}?"
        raise UnknownCategoryError(f"the model knows no category {category!r}", "category", hint)


def load_models(preset_name: str = "nano", device: str = "auto") -> Models:
    """Return the models of a shipped preset.

    Raises:
        ConfigError: There is no such preset.
        WeightsError: Its weights are not there, or damaged.
    """
    return load_folder(model_folder(preset(preset_name).name), device)


@lru_cache(maxsize=2)
def load_folder(folder: Path, device: str = "auto") -> Models:
    """Return the models of a folder of weights (for example of a training run)."""
    target = pick_device(device)
    return Models(
        load_tokenizer(folder).to(target),
        load_generator(folder).to(target),
        TextEncoder.from_assets(),
        weights_sha256(folder),
    )
