"""A killed run goes on to the same losses; a finished one leaves weights, log and curves."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from caddis.data.training_set import TrainingSet
from caddis.generation import config as configs
from caddis.generation.config import GeneratorTraining, Preset, TokenizerTraining
from caddis.generation.generator import Generator
from caddis.generation.text_encoder import TextEncoder
from caddis.generation.tokenizer.frames import Frames
from caddis.generation.tokenizer.tokenizer import Reconstruction, Tokenizer
from caddis.generation.training import tokenizer_run
from caddis.generation.training.batches import Batch
from caddis.generation.training.device_batches import DeviceBatches
from caddis.generation.training.generator_run import _corrupted, cross_entropy, train_generator
from caddis.generation.training.log import read_log
from caddis.generation.training.loop import Step
from caddis.generation.training.tokenizer_run import evaluate, kept_tokens, losses, train_tokenizer
from caddis.generation.weights import load_generator, load_tokenizer, save_model
from caddis.geometry.errors import ConfigError, DataError, TimeLimitError
from tests.generation.conftest import TINY_GENERATOR, TINY_TOKENIZER

CPU = torch.device("cpu")


class KilledError(Exception):
    """Stands for the kill of a process."""


@pytest.fixture(autouse=True)
def tiny_preset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        configs.PRESETS, "tiny", lambda: Preset("tiny", TINY_TOKENIZER, TINY_GENERATOR)
    )


def settings(cache: Path, out: Path) -> TokenizerTraining:
    """A run without Muon, whose iterations over 512 x 512 mixes take most of the time."""
    return TokenizerTraining(
        cache=cache, out=out, preset="tiny", steps=6, batch=4, queries=256, seed=5, device="cpu",
        checkpoint_seconds=0.0, log_every=1, soft_share=0.34, matrix_learning_rate=0.0,
        evaluations=1,
    )  # fmt: skip


def seen(run: Path, name: str, key: str = "loss") -> list[float]:
    return [entry[key] for entry in read_log(run / f"{name}.jsonl") if key in entry]


def killed_at(number: int) -> Callable[[int, float], None]:
    def progress(step: int, loss: float) -> None:
        if step == number:
            raise KilledError

    return progress


def test_a_run_stops_at_its_time_limit_and_goes_on_by_the_same_command(
    cache: Path, tmp_path: Path
) -> None:
    whole = settings(cache, tmp_path / "whole")
    train_tokenizer(whole)
    short = replace(whole, out=tmp_path / "short", seconds=1e-9, checkpoint_seconds=1e9)
    for step in range(1, whole.steps):
        with pytest.raises(TimeLimitError, match=f"after step {step} of {whole.steps}"):
            train_tokenizer(short)
    train_tokenizer(short)
    assert seen(short.out, "tokenizer") == seen(whole.out, "tokenizer")


def test_a_killed_tokenizer_run_goes_on_to_the_same_losses_and_bytes(
    cache: Path, tmp_path: Path
) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    run = replace(settings(cache, whole), matrix_learning_rate=4e-3)
    train_tokenizer(run)
    for step in (1, 3):  # before and after the first rounded step
        with pytest.raises(KilledError):
            train_tokenizer(replace(run, out=broken), killed_at(step))
    train_tokenizer(replace(run, out=broken))
    assert len(seen(whole, "tokenizer")) == 6
    assert seen(broken, "tokenizer") == seen(whole, "tokenizer")
    name = "tokenizer.safetensors"
    assert (broken / name).read_bytes() == (whole / name).read_bytes()
    assert (whole / "tokenizer-curves.png").stat().st_size > 1000
    assert load_tokenizer(whole).config == TINY_TOKENIZER
    last = read_log(whole / "tokenizer.jsonl")[-1]
    assert {"iou", "coarse_iou", "coarse_perplexity", "fine_perplexity"} <= last.keys()


@pytest.mark.parametrize("quantizer", ["simvq", "vq", "ema", "fsq"])
def test_every_quantizer_trains_and_starts_from_what_the_encoder_says(
    quantizer: str, cache: Path, tmp_path: Path
) -> None:
    model = train_tokenizer(replace(settings(cache, tmp_path), quantizer=quantizer))
    assert model.config.quantizer == quantizer
    assert np.isfinite(seen(tmp_path, "tokenizer")).all()
    if quantizer != "fsq":
        for owner in (model.coarse_quantizer, model.fine_quantizer):
            assert owner.book().abs().sum(1).min() > 0
            assert len(owner.book().unique(dim=0)) == owner.codes
        assert seen(tmp_path, "tokenizer", "code_loss")[0] == 0  # not rounded yet
        assert seen(tmp_path, "tokenizer", "code_loss")[-1] > 0


@pytest.mark.parametrize(
    "change", [{"folded": False}, {"framed": False}, {"paths": "coarse"}, {"paths": "fine"}]
)
def test_parts_of_the_design_can_be_switched_off(
    change: dict[str, object], cache: Path, tmp_path: Path
) -> None:
    train_tokenizer(replace(settings(cache, tmp_path), steps=3, **change))
    config = load_tokenizer(tmp_path).config
    assert config == replace(TINY_TOKENIZER, **change)
    assert np.isfinite(seen(tmp_path, "tokenizer")).all()
    figures = read_log(tmp_path / "tokenizer.jsonl")[-1]
    if config.paths == "coarse":  # the fine tokens say nothing
        assert figures["iou"] == figures["coarse_iou"]


def test_training_lowers_the_loss(cache: Path, tmp_path: Path) -> None:
    run = replace(settings(cache, tmp_path), steps=80, batch=8, soft_share=1.0, fine_drop=0.0,
                  coarse_drop=0.0, learning_rate=4e-3, matrix_learning_rate=1e-2)  # fmt: skip
    train_tokenizer(run)
    distance = seen(tmp_path, "tokenizer", "distance_loss")
    assert np.mean(distance[-8:]) < 0.7 * np.mean(distance[:4])


def test_most_shapes_keep_all_tokens_and_some_only_the_coarse_ones() -> None:
    config = TokenizerTraining(batch=4000)
    keep = kept_tokens(config, np.random.default_rng(0)).numpy()
    assert (keep == 580).mean() == pytest.approx(1 - config.fine_drop, abs=0.03)
    assert (keep < 68).mean() == pytest.approx(config.coarse_drop, abs=0.02)
    assert ((keep == 580) | (keep <= 68)).all()
    assert keep.min() == 4  # the frame is always there
    assert len(np.unique(keep)) > 50


def measured(
    predicted: torch.Tensor, queries: torch.Tensor, truth: torch.Tensor
) -> dict[str, float]:
    """The losses of one unit box of symmetry none."""
    frames = Frames(torch.tensor([0]), torch.tensor([[95, 95, 95]]))
    batch = Batch(torch.zeros(1, 1, 6), frames, queries[None], truth[None])
    nothing = torch.zeros(1, 1, 1)
    result = Reconstruction(predicted[None], torch.tensor(0.25), nothing, nothing)
    return {name: float(value) for name, value in losses(result, batch, 0.1).items()}


def test_losses_are_those_of_a_plain_computation() -> None:
    predicted, truth = torch.tensor([0.3, -0.02, 0.05]), torch.tensor([0.2, 0.01, -0.005])
    found = measured(predicted, torch.zeros(3, 3), truth)
    weight = 1 + 3 * np.exp(-((truth.numpy() / 0.02) ** 2))
    clamped = np.array([0.1 + 0.01 * 0.2, -0.02, 0.05])  # with the leak beyond the truncation
    each = np.abs(clamped - np.array([0.1, 0.01, -0.005])) / 0.1
    assert found["distance_loss"] == pytest.approx((weight * each).sum() / weight.sum(), rel=1e-5)
    inside = 1 / (1 + np.exp(predicted.numpy() / 0.01))
    sign = -np.where(truth < 0, 2 * np.log(inside), np.log(1 - inside)).mean()
    assert found["sign_loss"] == pytest.approx(sign, rel=1e-4)
    total = found["distance_loss"] + 0.3 * found["sign_loss"] + 0.25
    assert found["loss"] == pytest.approx(total, rel=1e-5)


def test_queries_that_the_box_decides_do_not_count() -> None:
    inside = torch.tensor([[0.0, 0, 0], [0.2, 0.1, 0]])
    outside = torch.cat([inside, torch.tensor([[0.52, 0, 0]])])
    few = measured(torch.tensor([0.1, 0.02]), inside, torch.tensor([0.0, 0.01]))
    more = measured(torch.tensor([0.1, 0.02, 9]), outside, torch.tensor([0.0, 0.01, -0.05]))
    assert more == pytest.approx(few)


def test_full_frames_overlap_by_their_own_volume_and_empty_ones_not(cache: Path) -> None:
    objects = TrainingSet(cache)
    model = Tokenizer(TINY_TOKENIZER, seed=0).eval()
    model.field.forward = lambda features, unit: torch.full(unit.shape[:2], 1.0)
    empty = evaluate(model, objects, "val", CPU)
    assert empty["iou"] == empty["coarse_iou"] == 0
    model.field.forward = lambda features, unit: torch.full(unit.shape[:2], -1.0)
    full = evaluate(model, objects, "val", CPU)
    boxes = np.array([1.0, np.pi / 4])  # of the box and of the cylinder about a ball
    assert 0.8 * (np.pi / 6 / boxes).mean() < full["iou"] < (np.pi / 6 / boxes).mean()
    assert evaluate(model, objects, "val", CPU, limit=2).keys() == full.keys()


@pytest.mark.parametrize("device", ["cpu", pytest.param("cuda", marks=pytest.mark.gpu)])
def test_a_killed_generator_run_goes_on_to_the_same_losses(
    device: str, cache: Path, tmp_path: Path
) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    figures = {"iou": 0.5, "coarse_iou": 0.4}
    for out in (whole, broken):
        save_model(
            out, "tokenizer", Tokenizer(TINY_TOKENIZER, seed=0), steps=1, batch=1, seed=0,
            held_out=figures,
        )  # fmt: skip
    run = GeneratorTraining(
        cache=cache, preset="tiny", steps=8, batch=4, views=2, seed=5, device=device,
        checkpoint_seconds=0.0, log_every=1,
    )  # fmt: skip
    train_generator(replace(run, out=whole))
    with pytest.raises(KilledError):
        train_generator(replace(run, out=broken), killed_at(4))
    train_generator(replace(run, out=broken))
    assert len(seen(whole, "generator")) == 8
    assert seen(broken, "generator") == seen(whole, "generator")
    model = load_generator(whole)
    assert model.config.categories == ("ball", "box")
    assert model.config.text_dim == TextEncoder.from_assets().dims
    assert torch.equal(model.book, load_tokenizer(whole).coarse_quantizer.book())
    assert {"bits_per_token", "bits_frame", "bits_codes"} <= (
        read_log(whole / "generator.jsonl")[-1].keys()
    )
    card = (whole / "README.md").read_text()
    assert "20 training objects (test 20)" in card
    assert "64 coarse tokens of 9 codes and 512 fine tokens of 8 codes (ifsq)" in card
    assert "IoU of 0.50" in card
    assert "at 0.40" in card
    assert "| generator |" in card
    assert all(len(line) < 250 or line.startswith("Oriented") for line in card.splitlines())


def test_the_cross_entropy_is_that_among_the_words_of_a_position() -> None:
    model = Generator(replace(TINY_GENERATOR, tokens=7), seed=0)
    tokens = torch.tensor([[3, 95, 0, 40, 8, 0, 2]])
    logits = torch.randn(1, 7, model.vocabulary.size, generator=torch.Generator().manual_seed(0))
    allowed = model.vocabulary.allowed(7)
    words = model.vocabulary.words(tokens)
    plain = functional.cross_entropy(
        logits.masked_fill(~allowed, float("-inf")).mT, words, reduction="none"
    )
    torch.testing.assert_close(cross_entropy(model, logits, tokens), plain)
    smooth = cross_entropy(model, logits, tokens, 0.1)
    assert torch.isfinite(smooth).all()
    assert not torch.equal(smooth, plain)


def test_codes_are_corrupted_and_frames_are_not() -> None:
    tokens = torch.zeros(50, 68, dtype=torch.int64)
    step = Step(0, CPU, np.random.default_rng(0), torch.Generator().manual_seed(0))
    flawed = _corrupted(tokens, 0.5, 1000, step)
    assert (flawed[:, :4] == 0).all()
    assert (flawed[:, 4:] != 0).float().mean() == pytest.approx(0.5, abs=0.05)
    assert flawed.max() < 1000


def test_a_checkpoint_of_other_settings_is_refused(cache: Path, tmp_path: Path) -> None:
    run = replace(settings(cache, tmp_path / "run"), steps=2)
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
    with pytest.raises(ConfigError, match="no quantizer"):
        train_tokenizer(replace(settings(cache, tmp_path), quantizer="magic"))
    with pytest.raises(ConfigError, match="paths must be"):
        train_tokenizer(replace(settings(cache, tmp_path), paths="neither"))


def test_missing_data_is_refused_with_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="caddis data prepare"):
        TrainingSet(tmp_path)


def test_the_tokenizer_also_trains_on_batches_that_the_device_builds(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokenizer_run, "batch_maker", DeviceBatches)
    train_tokenizer(replace(settings(cache, tmp_path), steps=3))
    assert np.isfinite(seen(tmp_path, "tokenizer")).all()
