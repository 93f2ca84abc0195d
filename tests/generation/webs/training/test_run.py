"""A killed run goes on to the same losses and bytes; damaged weights are refused."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from caddis.generation.webs.registry import WEB_GENERATORS, load_web_generator
from caddis.generation.webs.training.config import WebTraining
from caddis.generation.webs.training.run import train_web_model
from caddis.geometry.errors import BrokenWeightsError, ConfigError, MissingWeightsError
from caddis.geometry.webs import web_parameters
from tests.generation.webs.training.conftest import assert_a_killed_run_goes_on, settings

SLOW = [pytest.param(name, marks=pytest.mark.slow) for name in WEB_GENERATORS[1:3]]


@pytest.mark.parametrize("name", ["analog-diffusion", *SLOW])
def test_a_killed_run_goes_on_to_the_same_losses_and_bytes(
    name: str, cache: Path, tmp_path: Path
) -> None:
    assert_a_killed_run_goes_on(
        train_web_model,
        lambda folder: load_web_generator(name, weights=folder),
        settings(WebTraining, name, tmp_path, cache),
    )


def test_damaged_weights_are_refused(cache: Path, tmp_path: Path) -> None:
    name = "analog-diffusion"
    train_web_model(replace(settings(WebTraining, name, tmp_path, cache), steps=1))
    with pytest.raises(BrokenWeightsError, match="not 'autoregressive'"):
        load_web_generator("autoregressive", weights=tmp_path)
    file, config = tmp_path / "model.safetensors", tmp_path / "config.json"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    with pytest.raises(BrokenWeightsError, match="hash"):
        load_web_generator(name, weights=tmp_path)
    known = json.loads(config.read_text())
    known["model"]["shape"] = {"width": 8, "layers": 1, "heads": 3}
    config.write_text(json.dumps(known))
    with pytest.raises(BrokenWeightsError):
        load_web_generator(name, weights=tmp_path)
    file.unlink()
    with pytest.raises(MissingWeightsError, match="caddis web train"):
        load_web_generator(name, weights=tmp_path)


def test_what_is_not_there_is_refused(cache: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="analog-diffusion"):
        load_web_generator("spider")
    with pytest.raises(ConfigError, match="to train"):
        WebTraining(model="pieces")
    with pytest.raises(MissingWeightsError):
        load_web_generator("autoregressive", weights=tmp_path)
    with pytest.raises(ConfigError, match="multiple"):
        train_web_model(replace(settings(WebTraining, "autoregressive", tmp_path, cache), width=9))


def test_turned_batches_say_their_own_orientation(cache: Path) -> None:
    import torch

    from caddis.generation.webs.training.batches import drawn_rows, web_batch, web_samples

    samples = web_samples(cache, 1, 16, 0)
    rng = np.random.default_rng(0)
    batch = web_batch(samples, np.arange(16), torch.device("cpu"), rng)
    places = batch.positions.numpy().astype(np.float64)
    for row in range(16):
        web = samples.web(row)
        turned = web.moved(places[row, : len(web.nodes)])
        found = web_parameters(turned)
        np.testing.assert_allclose(found.orientation, batch.wishes.shares[row], atol=1e-4)
        assert found.mean_degree == pytest.approx(float(batch.wishes.degree[row]), rel=1e-5)
        assert found.mean_length_mm == pytest.approx(1.0, rel=1e-4)
        length = float(batch.wishes.length[row])
        np.testing.assert_allclose(turned.lengths * length, web.lengths, rtol=1e-3)
    rows = drawn_rows(samples.counts, 4, rng)
    assert (np.diff(samples.counts[rows]) >= 0).all()
    assert len(rows) == 4
