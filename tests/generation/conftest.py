"""Tiny models, a tiny prepared cache and a folder of weights that make boxes, for the tests."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from caddis.data.training_set import POINTS, QUERIES
from caddis.generation.config import GeneratorConfig, TokenizerConfig
from caddis.generation.generator import Generator
from caddis.generation.text_encoder import TextEncoder
from caddis.generation.tokenizer.frames import LEVELS
from caddis.generation.tokenizer.tokenizer import Tokenizer
from caddis.generation.weights import save_model
from caddis.geometry.symmetry import SYMMETRIES

TINY_TOKENIZER = TokenizerConfig(
    coarse_levels=(3, 3), fine_levels=(2, 4), points=64, point_channels=4, width=8, coarse_width=8,
    encoder_blocks=1, coarse_blocks=1, decoder_blocks=1, middle_channels=4, features=3,
    field_width=8,
)  # fmt: skip
TINY_GENERATOR = GeneratorConfig(
    codes=9, code_dim=2, width=16, layers=2, heads=2, categories=("ball", "box"), text_dim=6,
    text_tokens=2,
)  # fmt: skip


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A prepared cache of 24 balls: every other one is known as a solid of revolution.

    The rest are called "box" and known as mirrored in x and y, which is true of balls, too.
    """
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
        category, symmetry = ("ball", "revolved") if row % 2 else ("box", "xy")
        objects.append(
            {"id": str(row), "category": category, "captions": [f"a round {category}"],
             "split": "val" if row >= 20 else "train", "symmetry": symmetry, "nouns": [category],
             "attributes": {"holes": [0, 0.0]},
             "sides": [2 * radius] * 3, "kind": "test", "source": "test"}
        )  # fmt: skip
    folder.mkdir()
    np.save(folder / "points.npy", points)
    np.save(folder / "queries.npy", queries)
    (folder / "objects.json").write_text(json.dumps(objects))
    return folder


@pytest.fixture(scope="session")
def box_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights of models that make boxes and cylinders: whatever fills the frame they wrote.

    The field is negative everywhere, so that the frame alone bounds it; of the sides, the
    generator writes the longest sixteen only.
    """
    folder = tmp_path_factory.mktemp("weights")
    tokenizer = Tokenizer(TINY_TOKENIZER, seed=0)
    config = GeneratorConfig(
        codes=9, code_dim=2, width=16, layers=2, heads=2, text_dim=TextEncoder.from_assets().dims,
        categories=("chair", "desk_lamp", "floor_lamp"),
    )  # fmt: skip
    generator = Generator(config, seed=0)
    with torch.no_grad():
        generator.start_from_book(tokenizer.coarse_quantizer.book())
        last = tokenizer.field.mlp[-1]
        last.weight.zero_()
        last.bias.fill_(-1.0)
        first_side = len(SYMMETRIES)
        generator.bias[first_side : first_side + LEVELS - 16] = -20.0
    save_model(folder, "tokenizer", tokenizer)
    save_model(folder, "generator", generator)
    return folder
