"""Tiny models and a tiny prepared cache for the tests of generation."""

import json
from pathlib import Path

import numpy as np
import pytest

from data.training_set import POINTS, QUERIES
from generation.config import GeneratorConfig, TokenizerConfig

TINY_TOKENIZER = TokenizerConfig(
    tokens=4, codes=16, code_dim=3, quantizer="simvq", points=64, bands=3, width=16, heads=2,
    encoder_layers=1,
    decoder_layers=1, plane_patches=2, patch=4, plane_channels=4, field_width=8,
)  # fmt: skip
TINY_GENERATOR = GeneratorConfig(
    tokens=4, codes=16, code_dim=3, width=16, layers=2, heads=2, categories=("ball", "box"),
    text_dim=6, text_tokens=2,
)  # fmt: skip


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A prepared cache of twelve balls and twelve boxes of random proportions."""
    rng = np.random.default_rng(0)
    count, folder = 24, tmp_path / "cache"
    points = np.zeros((count, POINTS, 6), np.float16)
    queries = np.zeros((count, QUERIES, 4), np.float16)
    objects = []
    for row in range(count):
        radius = rng.uniform(0.3, 0.5)
        normals = rng.normal(size=(POINTS, 3))
        normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        points[row] = np.concatenate([radius * normals, normals], axis=1)
        where = rng.uniform(-0.55, 0.55, (QUERIES, 3))
        distance = np.linalg.norm(where, axis=1, keepdims=True) - radius
        queries[row] = np.concatenate([where, distance], axis=1)
        category = "ball" if row % 2 else "box"
        objects.append(
            {"id": str(row), "category": category, "captions": [f"a round {category}"],
             "split": "val" if row >= 20 else "train", "kind": "test", "source": "test"}
        )  # fmt: skip
    folder.mkdir()
    np.save(folder / "points.npy", points)
    np.save(folder / "queries.npy", queries)
    (folder / "objects.json").write_text(json.dumps(objects))
    return folder
