"""Vectors of sentences without a neural network: a table of static word vectors.

The vectors were distilled from all-MiniLM-L6-v2 by Model2Vec (Tulkens & van Dongen 2024): each
token of the vocabulary was encoded by the sentence model, PCA shortened the vectors, and smooth
inverse frequency (Arora et al. 2017) scaled down common words. The vector of a text is the
normalised mean over its tokens. `benchmarks/distil_text.py` makes the files.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from caddis.geometry.assets import asset
from caddis.geometry.errors import BrokenWeightsError, EmptyTextError, MissingWeightsError

ASSETS = asset("text")
VECTORS, TOKENIZER, CONFIG = "vectors.safetensors", "tokenizer.json", "config.json"
MAX_CHARACTERS = 2000  # longer texts are cut; a caption has one or two sentences


class TextEncoder:
    """Static text encoder: `encode` maps N texts to N unit vectors.

    Args:
        vectors: (V, D) int8, one row per token; a row of zeros marks a token without meaning.
        scale: (V,) float32, factor of each row.
        tokenizer: Maps text to row numbers.
    """

    def __init__(
        self, vectors: NDArray[np.int8], scale: NDArray[np.float32], tokenizer: Tokenizer
    ) -> None:
        self._vectors, self._scale, self._tokenizer = vectors, scale, tokenizer
        self._has_meaning: NDArray[np.bool_] = np.any(vectors, axis=1)

    @classmethod
    def from_assets(cls, folder: Path = ASSETS) -> TextEncoder:
        """Load the encoder from the three files in `folder`.

        Raises:
            MissingWeightsError: One of the files is not there.
            BrokenWeightsError: One of the files is damaged, or they do not fit together.
        """
        for name in (CONFIG, TOKENIZER, VECTORS):
            if not (folder / name).is_file():
                raise MissingWeightsError(
                    "the text encoder's file is missing",
                    str(folder / name),
                    "Restore assets/text, or make it with `python -m benchmarks.distil_text`.",
                )
        config = _read_config(folder / CONFIG)
        vectors, scale = _read_vectors(folder / VECTORS, config)
        return cls(vectors, scale, _read_tokenizer(folder / TOKENIZER, len(vectors)))

    @property
    def dims(self) -> int:
        """Length D of the vectors."""
        return int(self._vectors.shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts of any length and case.

        Args:
            texts: N sentences, phrases or words, in English.

        Returns:
            (N, D) float32 unit vectors. The vector of a text does not depend on the other texts.

        Raises:
            EmptyTextError: A text is empty or has no word that the encoder knows.
        """
        if not len(texts):
            return np.zeros((0, self.dims), np.float32)
        return np.stack([self._encode_one(text) for text in texts])

    def knows(self, text: str) -> bool:
        """Tell whether `encode` accepts a text: whether it has a token with meaning."""
        return len(self._rows_with_meaning(text)) > 0

    def _rows_with_meaning(self, text: str) -> NDArray[np.int64]:
        """Return the rows of the tokens with meaning."""
        ids = np.asarray(
            self._tokenizer.encode(text[:MAX_CHARACTERS], add_special_tokens=False).ids, np.int64
        )
        return ids[self._has_meaning[ids]]

    def _encode_one(self, text: str) -> NDArray[np.float32]:
        ids = self._rows_with_meaning(text)
        if not len(ids):
            raise EmptyTextError(
                "the text has no word that the model knows"
                if text.strip()
                else "the text is empty",
                repr(text[:60]),
                "Describe the object in English, such as 'a round wooden stool'.",
            )
        rows = self._vectors[ids].astype(np.float32) * self._scale[ids, None]
        mean = rows.mean(axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), np.float32)


def _read_config(path: Path) -> tuple[int, int]:
    """Return (tokens, dims) from the config."""
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
        return int(config["tokens"]), int(config["dims"])
    except (ValueError, KeyError, TypeError) as error:
        raise _broken(path, error) from error


def _read_vectors(
    path: Path, shape: tuple[int, int]
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    try:
        arrays = load_file(path)
        vectors, scale = arrays["vectors"], arrays["scale"]
    except (SafetensorError, KeyError, ValueError) as error:
        raise _broken(path, error) from error
    fits = vectors.shape == shape and scale.shape == shape[:1]
    if not fits or vectors.dtype != np.int8 or scale.dtype != np.float32:
        raise _broken(path, "its arrays do not have the shape that config.json states")
    return vectors, scale


def _read_tokenizer(path: Path, tokens: int) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises no more specific type
        raise _broken(path, error) from error
    if tokenizer.get_vocab_size() != tokens:
        raise _broken(path, "its vocabulary is not as long as the table of vectors")
    return tokenizer


def _broken(path: Path, why: object) -> BrokenWeightsError:
    return BrokenWeightsError(
        f"the text encoder's file is damaged: {why}",
        str(path),
        "Restore assets/text, or make it with `python -m benchmarks.distil_text`.",
    )
