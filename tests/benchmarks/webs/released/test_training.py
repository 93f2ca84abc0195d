"""Baselines are trained, loaded and refused as our own web generators are."""

from pathlib import Path

import pytest

from benchmarks.webs.making import PAIRS, loaded
from benchmarks.webs.released.registry import BASELINES, load_baseline
from benchmarks.webs.released.training import BaselineTraining, train_baseline
from caddis.generation.webs.registry import load_web_generator
from caddis.generation.webs.training.config import WebTraining
from caddis.geometry.errors import BrokenWeightsError, ConfigError, MissingWeightsError
from tests.generation.webs.training.conftest import (  # noqa: F401 - a fixture
    assert_a_killed_run_goes_on,
    cache,
    settings,
)


def test_every_generator_has_a_baseline_that_can_be_trained() -> None:
    assert tuple(PAIRS.values()) == tuple(BASELINES.models) == BaselineTraining.trainable


@pytest.mark.slow
@pytest.mark.parametrize("name", BASELINES.models)
def test_a_killed_run_goes_on_to_the_same_losses_and_bytes(
    name: str,
    cache: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    assert_a_killed_run_goes_on(
        train_baseline,
        lambda folder: load_baseline(name, folder),
        settings(BaselineTraining, name, tmp_path, cache),
    )
    card = (tmp_path / "whole" / "README.md").read_text()
    assert f"`python -m benchmarks.webs.released --model {name} " in card


def test_baselines_are_found_by_the_benchmark_and_by_nothing_else(
    cache: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    name = "released-analog"
    with pytest.raises(MissingWeightsError, match=r"benchmarks\.webs\.released"):
        loaded(name, 0, tmp_path)
    with pytest.raises(ConfigError, match="no web generator"):
        load_web_generator(name, weights=tmp_path)
    with pytest.raises(ConfigError, match="to train"):
        WebTraining(model=name)
    with pytest.raises(ConfigError, match=name):
        BaselineTraining(model="autoregressive")
    train_baseline(settings(BaselineTraining, name, tmp_path, cache))
    assert loaded(name, 0, tmp_path).name == name
    with pytest.raises(BrokenWeightsError, match="not 'autoregressive'"):
        load_web_generator("autoregressive", weights=tmp_path)
