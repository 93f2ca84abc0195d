"""Weights come back as they were, or not at all."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file
from torch import nn

from caddis.generation.generator import Generator
from caddis.generation.tokenizer.tokenizer import Tokenizer
from caddis.generation.weights import (
    full_weights,
    load_generator,
    load_tokenizer,
    save_model,
    save_module,
    small_weights,
    tokenizer_sha256,
    weights_sha256,
)
from caddis.geometry.errors import BrokenWeightsError, MissingWeightsError
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
    for read, made in (
        (tokenizer, Tokenizer(TINY_TOKENIZER, seed=0)),
        (generator, Generator(TINY_GENERATOR, seed=0)),
    ):
        for name, value in made.state_dict().items():
            step = value.abs().amax(-1, keepdim=True) / 127 if value.ndim > 1 else 0 * value
            assert ((read.state_dict()[name] - value).abs() <= 0.501 * step).all(), name


@given(st.lists(st.lists(st.floats(-1e3, 1e3, width=32), min_size=3, max_size=3), min_size=1))
def test_a_number_is_rounded_by_at_most_half_a_step_of_its_row(rows: list[list[float]]) -> None:
    layer = nn.Linear(3, len(rows))
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(rows))
    state = small_weights(layer)
    assert state["weight"].dtype == torch.int8
    assert torch.equal(state["bias"], layer.bias)
    back = full_weights(state)
    assert back.keys() == layer.state_dict().keys()
    half = layer.weight.abs().amax(1, keepdim=True) / 254
    assert ((back["weight"] - layer.weight).abs() <= half * 1.001 + 1e-9).all()


@pytest.mark.parametrize("quantizer", ["simvq", "vq", "ema"])
def test_code_books_are_kept_exactly(quantizer: str, tmp_path: Path) -> None:
    made = Tokenizer(replace(TINY_TOKENIZER, quantizer=quantizer), seed=0)
    random = torch.Generator().manual_seed(0)
    for owner in (made.coarse_quantizer, made.fine_quantizer):
        owner.seed_codes(torch.randn(100, 16, generator=random), random)
    save_model(tmp_path, "tokenizer", made)
    read = load_tokenizer(tmp_path)
    assert torch.equal(read.coarse_quantizer.book(), made.coarse_quantizer.book())
    assert torch.equal(read.fine_quantizer.book(), made.fine_quantizer.book())


def test_the_codes_that_a_generator_knows_are_kept_exactly(tmp_path: Path) -> None:
    made = Generator(TINY_GENERATOR, seed=0)
    made.start_from_book(torch.randn(9, 2, generator=torch.Generator().manual_seed(0)))
    save_model(tmp_path, "generator", made)
    assert torch.equal(load_generator(tmp_path).book, made.book)


def test_reading_and_keeping_again_changes_nothing_more(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    models = {"tokenizer": load_tokenizer(folder), "generator": load_generator(folder)}
    for name, model in models.items():
        save_model(again, name, model)
    one, two = load_tokenizer(folder).state_dict(), load_tokenizer(again).state_dict()
    for name, value in one.items():
        torch.testing.assert_close(two[name], value, rtol=1e-6, atol=0)


def test_a_weight_takes_about_one_byte(folder: Path) -> None:
    parameters = sum(p.numel() for p in load_tokenizer(folder).parameters())
    assert (folder / "tokenizer.safetensors").stat().st_size < 1.1 * parameters


def test_other_modules_are_kept_as_bfloat16(tmp_path: Path) -> None:
    layer = nn.Linear(3, 4)
    save_module(tmp_path, "layer", layer, {"shape": {}})
    stored = load_file(tmp_path / "layer.safetensors")
    assert {name: value.dtype for name, value in stored.items()} == {
        "weight": torch.bfloat16, "bias": torch.float32
    }  # fmt: skip


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


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("tokenizer", {"plane_patches": 6}),
        ("generator", {"heads": 3}),
        ("tokenizer", {"paths": ""}),
    ],
)
def test_weights_of_another_version_are_refused(
    folder: Path, name: str, change: dict[str, object]
) -> None:
    path = folder / "config.json"
    config = json.loads(path.read_text())
    config[name]["shape"] |= change
    path.write_text(json.dumps(config))
    with pytest.raises(BrokenWeightsError, match="made by another version"):
        {"tokenizer": load_tokenizer, "generator": load_generator}[name](folder)


def test_the_hash_of_a_folder_changes_with_what_the_weights_are_read_with(folder: Path) -> None:
    before = weights_sha256(folder), tokenizer_sha256(folder)
    config = json.loads((folder / "config.json").read_text())
    config["tokenizer"]["shape"]["level"] = 0.001
    (folder / "config.json").write_text(json.dumps(config))
    assert weights_sha256(folder) != before[0]
    assert tokenizer_sha256(folder) != before[1]
