"""A killed run goes on to the same losses; a finished one leaves weights, log and curves."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from data.training_set import TrainingSet
from generation import config as configs
from generation.config import GeneratorTraining, Preset, TokenizerTraining
from generation.text_encoder import TextEncoder
from generation.tokenizer import Tokenizer
from generation.training.generator_run import train_generator
from generation.training.log import read_log
from generation.training.tokenizer_run import kept_tokens, train_tokenizer
from generation.weights import load_generator, load_tokenizer
from geometry.errors import ConfigError, DataError
from tests.generation.conftest import TINY_GENERATOR, TINY_TOKENIZER


class KilledError(Exception):
    """Stands for the kill of a process."""


@pytest.fixture(autouse=True)
def tiny_preset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        configs.PRESETS, "tiny", lambda: Preset("tiny", TINY_TOKENIZER, TINY_GENERATOR)
    )


def settings(cache: Path, out: Path) -> TokenizerTraining:
    return TokenizerTraining(
        cache=cache, out=out, preset="tiny", steps=12, batch=4, queries=32, seed=5, device="cpu",
        checkpoint_seconds=0.0, log_every=1, warmup_share=0.25,
    )  # fmt: skip


def losses(run: Path, name: str) -> list[float]:
    return [entry["loss"] for entry in read_log(run / f"{name}.jsonl") if "loss" in entry]


def killed_at(number: int):
    def progress(step: int, loss: float) -> None:
        if step == number:
            raise KilledError

    return progress


def test_a_killed_tokenizer_run_goes_on_to_the_same_losses_and_bytes(
    cache: Path, tmp_path: Path
) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    train_tokenizer(settings(cache, whole))
    for step in (2, 7):
        with pytest.raises(KilledError):
            train_tokenizer(settings(cache, broken), killed_at(step))
    train_tokenizer(settings(cache, broken))
    assert len(losses(whole, "tokenizer")) == 12
    assert losses(broken, "tokenizer") == losses(whole, "tokenizer")
    name = "tokenizer.safetensors"
    assert (broken / name).read_bytes() == (whole / name).read_bytes()
    assert (whole / "tokenizer-curves.png").stat().st_size > 1000
    assert load_tokenizer(whole).config == TINY_TOKENIZER


@pytest.mark.parametrize("device", ["cpu", pytest.param("cuda", marks=pytest.mark.gpu)])
def test_a_killed_generator_run_goes_on_to_the_same_losses(
    device: str, cache: Path, tmp_path: Path
) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    for out in (whole, broken):
        train_tokenizer(settings(cache, out))
    run = GeneratorTraining(
        cache=cache, preset="tiny", steps=8, batch=4, views=2, seed=5, device=device,
        checkpoint_seconds=0.0, log_every=1,
    )  # fmt: skip
    train_generator(replace(run, out=whole))
    with pytest.raises(KilledError):
        train_generator(replace(run, out=broken), killed_at(4))
    train_generator(replace(run, out=broken))
    assert losses(broken, "generator") == losses(whole, "generator")
    card = (whole / "README.md").read_text()
    assert "20 training objects (test 20)" in card
    assert "| generator |" in card
    assert load_generator(whole).config.categories == ("ball", "box")
    assert load_generator(whole).config.text_dim == TextEncoder.from_assets().dims


def test_a_run_begins_with_the_layers_of_another_model_but_with_fresh_codes(
    cache: Path, tmp_path: Path
) -> None:
    first = train_tokenizer(settings(cache, tmp_path / "first"))
    still = replace(settings(cache, tmp_path / "next"), steps=1, learning_rate=0.0,
                    matrix_learning_rate=1e-30, quantizer="ema")  # fmt: skip
    then = train_tokenizer(still, start=first)
    assert then.quantizer.code_embedding.shape == (16, 16)
    one, two = first.encoder.order[0].state_dict(), then.encoder.order[0].state_dict()
    for name in one:
        assert torch.allclose(one[name], two[name], atol=1e-6)
    wider = Tokenizer(replace(TINY_TOKENIZER, encoder_layers=2))
    with pytest.raises(ConfigError, match="other layers"):
        train_tokenizer(replace(still, out=tmp_path / "wider"), start=wider)


def test_training_lowers_the_loss(cache: Path, tmp_path: Path) -> None:
    run = replace(settings(cache, tmp_path / "run"), steps=80, batch=8)
    train_tokenizer(run)
    seen = [entry["distance_loss"] for entry in read_log(tmp_path / "run" / "tokenizer.jsonl")
            if "distance_loss" in entry]  # fmt: skip
    assert np.mean(seen[-10:]) < 0.7 * np.mean(seen[:5])


def test_a_checkpoint_of_other_settings_is_refused(cache: Path, tmp_path: Path) -> None:
    run = settings(cache, tmp_path / "run")
    train_tokenizer(run)
    with pytest.raises(DataError, match=r"other settings .*learning_rate"):
        train_tokenizer(replace(run, learning_rate=1.0))
    (tmp_path / "run" / "tokenizer.checkpoint").write_bytes(b"no")
    with pytest.raises(DataError, match="cannot read the checkpoint"):
        train_tokenizer(run)


def test_senseless_settings_are_refused(cache: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="at least 1"):
        train_tokenizer(replace(settings(cache, tmp_path), steps=0))
    with pytest.raises(ConfigError, match="no device"):
        train_tokenizer(replace(settings(cache, tmp_path), device="abacus"))


def test_missing_data_is_refused_with_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="caddis data prepare"):
        TrainingSet(tmp_path)


def test_nested_dropout_keeps_all_tokens_of_about_half_of_the_shapes() -> None:
    keep = kept_tokens(4000, 64, np.random.default_rng(0)).numpy()
    assert set(keep) == {1, 2, 4, 8, 16, 32, 64}
    assert 0.5 < (keep == 64).mean() < 0.65
