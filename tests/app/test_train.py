"""`caddis train` passes its options to the training loops and shows their progress."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from caddis.app.cli import main
from caddis.generation.config import GeneratorTraining, TokenizerTraining, Training
from caddis.generation.training import generator_run, tokenizer_run


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[Training]:
    seen: list[Training] = []

    def train(config: Training, progress: Callable[[int, float], None]) -> None:
        seen.append(config)
        for step in range(config.steps):
            progress(step, 0.5)

    monkeypatch.setattr(tokenizer_run, "train_tokenizer", train)
    monkeypatch.setattr(generator_run, "train_generator", train)
    return seen


def test_both_models_are_trained_one_after_the_other(runs: list[Training], tmp_path: Path) -> None:
    options = ["--steps", "3", "--device", "cpu", "--seed", "4", "--out", str(tmp_path)]
    assert main(["train", "all", *options]) == 0
    shared = {"steps": 3, "device": "cpu", "seed": 4, "out": tmp_path}
    assert runs == [TokenizerTraining(**shared), GeneratorTraining(**shared)]


def test_each_model_has_steps_of_its_own(runs: list[Training], tmp_path: Path) -> None:
    options = ["--tokenizer-steps", "2", "--generator-steps", "5", "--out", str(tmp_path)]
    assert main(["train", "all", *options]) == 0
    assert [run.steps for run in runs] == [2, 5]


def test_every_setting_of_one_model_is_an_option(runs: list[Training], tmp_path: Path) -> None:
    options = ["--steps", "1", "--quantizer", "fsq", "--queries", "64", "--out", str(tmp_path)]
    assert main(["train", "tokenizer", *options]) == 0
    assert runs == [TokenizerTraining(steps=1, quantizer="fsq", queries=64, out=tmp_path)]


def test_a_run_that_cannot_be_written_is_refused_before_it_begins(
    runs: list[Training], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    assert main(["train", "generator", "--out", str(tmp_path / "file")]) == 2
    assert "caddis: error:" in capsys.readouterr().err
    assert runs == []


def test_training_without_data_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cache = tmp_path / "no-cache"
    assert main(["train", "tokenizer", "--cache", str(cache), "--out", str(tmp_path / "run")]) == 2
    assert "caddis data prepare" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()
