"""Weights come back as they were, or not at all."""

import json
from pathlib import Path

import pytest
import torch

from generation.generator import Generator
from generation.tokenizer import Tokenizer
from generation.weights import load_generator, load_tokenizer, save_model, weights_sha256
from geometry.errors import BrokenWeightsError, MissingWeightsError
from tests.generation.conftest import TINY_GENERATOR, TINY_TOKENIZER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_model(tmp_path, "tokenizer", Tokenizer(TINY_TOKENIZER, seed=0), steps=1)
    save_model(tmp_path, "generator", Generator(TINY_GENERATOR, seed=0), steps=1)
    return tmp_path


def test_models_come_back_with_their_shapes_and_rounded_weights(folder: Path) -> None:
    tokenizer, generator = load_tokenizer(folder), load_generator(folder)
    assert tokenizer.config == TINY_TOKENIZER
    assert generator.config == TINY_GENERATOR
    for name, value in Tokenizer(TINY_TOKENIZER, seed=0).state_dict().items():
        torch.testing.assert_close(tokenizer.state_dict()[name], value, rtol=1e-2, atol=1e-6)


def test_the_same_model_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    save_model(other, "tokenizer", Tokenizer(TINY_TOKENIZER, seed=0), steps=1)
    name = "tokenizer.safetensors"
    assert (other / name).read_bytes() == (folder / name).read_bytes()


def test_the_hash_of_a_folder_changes_with_either_model(folder: Path) -> None:
    before = weights_sha256(folder)
    save_model(folder, "generator", Generator(TINY_GENERATOR, seed=1), steps=1)
    assert weights_sha256(folder) != before


@pytest.mark.parametrize("name", ["config.json", "tokenizer.safetensors"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(MissingWeightsError, match=name.replace(".", r"\.")):
        load_tokenizer(folder)


def test_damaged_files_are_named(folder: Path) -> None:
    path = folder / "tokenizer.safetensors"
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(BrokenWeightsError, match="hash is wrong"):
        load_tokenizer(folder)
    (folder / "config.json").write_text("{")
    with pytest.raises(BrokenWeightsError, match=r"config\.json"):
        load_generator(folder)


def test_weights_that_do_not_fit_their_config_are_refused(folder: Path) -> None:
    path = folder / "config.json"
    config = json.loads(path.read_text())
    config["generator"]["shape"]["layers"] = 3
    path.write_text(json.dumps(config))
    with pytest.raises(BrokenWeightsError, match="does not fit"):
        load_generator(folder)
    config["generator"]["shape"]["layers"] = 2
    del config["generator"]["sha256"]
    path.write_text(json.dumps(config))
    with pytest.raises(BrokenWeightsError):
        load_generator(folder)
