"""Samples and settings of trainings that take a second, and how a killed one is checked."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from caddis.generation.training.log import read_log
from caddis.generation.webs.conditions import WebCondition
from caddis.generation.webs.learned.generator import LearnedWebs
from caddis.generation.webs.training.config import WebTraining
from caddis.geometry.webs import web_parameters

Settings = TypeVar("Settings", bound=WebTraining)


class KilledError(Exception):
    """Stands for the kill of a process."""


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from caddis.data.webs.dataset import build_samples

    folder = tmp_path_factory.mktemp("cache")
    build_samples(1, 16, seed=0, kinds=["orb"]).save(folder / "samples-1x16-seed0.npz")
    return folder


def settings(kind: type[Settings], model: str, out: Path, cache: Path) -> Settings:
    return kind(
        model=model, out=out, cache=cache, webs=1, per_web=16, steps=4, batch=3, seed=5, width=8,
        layers=1, heads=2, device="cpu", checkpoint_seconds=0.0, log_every=1, evaluations=1,
    )  # fmt: skip


def killed_at(number: int) -> Callable[[int, float], None]:
    def progress(step: int, loss: float) -> None:
        if step == number:
            raise KilledError

    return progress


def assert_a_killed_run_goes_on(
    train: Callable[..., LearnedWebs], load: Callable[[Path], LearnedWebs], config: Settings
) -> None:
    """Train once in one go and once with a kill, compare all files, and load what came of it."""
    name = config.model
    whole, broken = config.out / "whole", config.out / "broken"
    trained = train(replace(config, out=whole))
    with pytest.raises(KilledError):
        train(replace(config, out=broken), killed_at(2))
    train(replace(config, out=broken))
    logs = [read_log(run / f"{name}.jsonl") for run in (whole, broken)]
    assert [one["loss"] for one in logs[0]] == [one["loss"] for one in logs[1]]
    for file in ("model.safetensors", "config.json"):
        assert (whole / file).read_bytes() == (broken / file).read_bytes()
    assert (whole / f"{name}-curves.png").stat().st_size > 1000
    assert "**Licence of the weights:** MIT" in (whole / "README.md").read_text()
    loaded = load(whole)
    assert loaded.name == trained.name == name
    web = loaded.sample(WebCondition(nodes=9, mean_degree=2.0), 1, seed=0)[0]
    assert web_parameters(web).parts == 1
