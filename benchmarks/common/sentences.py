"""Sentences about categories, and vectors that stand for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from caddis.data.pack_files import shards

Vectors = NDArray[np.float32]


def captioned(pack: Path) -> Iterator[dict[str, Any]]:
    """Yield category, split and captions of every object of a pack."""
    for shard in shards(pack):
        yield from pq.read_table(shard, columns=["category", "split", "captions"]).to_pylist()


def words_of(texts: Iterable[str]) -> list[str]:
    """Return the words of three letters and more, sorted."""
    return sorted({word for text in texts for word in re.findall(r"[a-z]{3,}", text.lower())})


def unit(rows: NDArray[np.floating]) -> Vectors:
    """Return rows (..., D) of length 1; rows of zeros stay."""
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-12), np.float32)


def centres_of(halves: Sequence[Sequence[Vectors]]) -> Vectors:
    """Return a unit vector (C, D) for each category.

    Args:
        halves: For each kind of sentences, which count alike, the vectors (N, D) of the sentences
            of each category.
    """
    means = [np.stack([unit(some.mean(axis=0)) for some in by]) for by in halves]
    return unit(sum(means[1:], start=means[0]))
