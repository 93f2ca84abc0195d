"""The kit trains in pieces that may end at any step, with the losses of an uninterrupted run."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from caddis.generation import config as configs
from caddis.generation.config import Preset, Training
from caddis.generation.training.kit import __main__ as kit
from caddis.generation.training.kit import models, packages, packing, speed
from caddis.generation.training.kit.plan import Part, Plan, read_plan, write_plan
from caddis.generation.training.kit.results import PART_BYTES, cut, unpack
from caddis.generation.training.log import read_log
from caddis.geometry.errors import DataError, MissingDependencyError
from tests.generation.conftest import TINY_GENERATOR, TINY_TOKENIZER

STEPS = 5
MODELS = ("tokenizer", "generator")


class KilledError(Exception):
    """Stands for the kill of a process."""


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tiny preset, whose trainings log every step."""
    made = Preset("tiny", TINY_TOKENIZER, TINY_GENERATOR)
    monkeypatch.setitem(configs.PRESETS, "tiny", lambda: made)
    for name in MODELS:
        change(monkeypatch, name, log_every=1, evaluations=2)


def change(monkeypatch: pytest.MonkeyPatch, name: str, **fields: object) -> None:
    """Train a model of the kit with other settings than the kit's."""
    own = models.MODELS[name]
    monkeypatch.setitem(
        models.MODELS, name,
        replace(own, train=lambda given, told: own.train(replace(given, **fields), told)),
    )  # fmt: skip


def one_step_a_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make pieces of one step each; with a clock, their length would depend on the machine."""
    for name in MODELS:
        change(monkeypatch, name, seconds=1e-9)


def arguments(cache: Path, folder: Path, *more: str) -> list[str]:
    return [
        "run", "--preset", "tiny", "--device", "cpu", "--steps", str(STEPS), "--batch", "4",
        "--probe-seconds", "0", "--cache", str(cache), "--folder", str(folder),
        "--out", str(folder / "out"), *more,
    ]  # fmt: skip


def losses(folder: Path, name: str) -> list[tuple[float, float]]:
    log = read_log(folder / f"{name}.jsonl")
    return [(entry["step"], entry["loss"]) for entry in log if "loss" in entry]


def test_pieces_give_the_losses_and_weights_of_an_uncut_run(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, pieces = tmp_path / "whole", tmp_path / "pieces"
    assert kit.main(arguments(cache, whole)) == kit.DONE
    one_step_a_piece(monkeypatch)
    codes = []
    while not codes or codes[-1] == kit.GO_ON:
        codes.append(kit.main(arguments(cache, pieces)))
    # the last step of a model is followed by its weights and the next model's first step
    assert codes == [kit.GO_ON] * (2 * STEPS - 2) + [kit.DONE]
    for name in MODELS:
        assert [step for step, _ in losses(whole / "tiny", name)] == list(range(STEPS))
        assert losses(pieces / "tiny", name) == losses(whole / "tiny", name)
        file = f"tiny/{name}.safetensors"
        assert (pieces / file).read_bytes() == (whole / file).read_bytes()


def test_a_piece_killed_after_its_checkpoint_goes_on_from_it_to_the_same_losses(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    only = ["--train", "tokenizer"]
    assert kit.main(arguments(cache, whole, *only)) == kit.DONE
    with monkeypatch.context() as cut_short:
        one_step_a_piece(cut_short)
        assert kit.main(arguments(cache, killed, *only)) == kit.GO_ON
    own = models.MODELS["tokenizer"]

    def kill(step: int, loss: float) -> None:
        if step == 3:
            raise KilledError

    with monkeypatch.context() as dying, pytest.raises(KilledError):
        dying.setitem(
            models.MODELS, "tokenizer",
            replace(own, train=lambda given, told: own.train(given, kill)),
        )  # fmt: skip
        kit.main(arguments(cache, killed, *only))
    assert len(losses(killed / "tiny", "tokenizer")) == 3  # of them 1 and 2 are done again
    assert kit.main(arguments(cache, killed, *only)) == kit.DONE
    assert losses(killed / "tiny", "tokenizer") == losses(whole / "tiny", "tokenizer")


@pytest.mark.slow
def test_a_killed_process_goes_on_to_the_losses_of_an_uncut_run(
    cache: Path, tmp_path: Path
) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    options = ["--preset", "pico", "--train", "tokenizer", "--steps", "200"]
    command = [sys.executable, "-m", "caddis.generation.training.kit"]
    subprocess.run([*command, *arguments(cache, whole, *options)], check=True)
    went_on = [*command, *arguments(cache, killed, *options)]
    cut = subprocess.run([*went_on, "--margin", "0", "--seconds", "10"], check=False)
    assert cut.returncode == kit.GO_ON
    process = subprocess.Popen(went_on)
    time.sleep(9)
    process.kill()
    process.wait()
    subprocess.run(went_on, check=True)
    assert losses(killed / "pico", "tokenizer") == losses(whole / "pico", "tokenizer")


def test_a_finished_run_brings_back_weights_logs_curves_and_a_report(
    cache: Path, tmp_path: Path
) -> None:
    assert kit.main(arguments(cache, tmp_path, "--train", "tokenizer")) == kit.DONE
    came = unpack(tmp_path / "out", tmp_path / "came")
    assert set(came) == {
        "report.md", "plan.json", "tiny/config.json", "tiny/tokenizer-curves.png",
        "tiny/tokenizer.jsonl", "tiny/tokenizer.safetensors",
    }  # fmt: skip
    for name in came[1:]:
        assert (tmp_path / "came" / name).read_bytes() == (tmp_path / name).read_bytes()
    report = (tmp_path / "out" / "report.md").read_text()
    assert "| tiny tokenizer | val | iou" in report
    assert f"| {STEPS} | {STEPS} | 4 | no |" in report


def test_an_unfinished_run_brings_back_the_average_of_its_weights(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_step_a_piece(monkeypatch)
    assert kit.main(arguments(cache, tmp_path)) == kit.GO_ON
    assert "tiny/tokenizer.unfinished.safetensors" in unpack(tmp_path / "out", tmp_path / "came")
    assert "last line of the log" in (tmp_path / "out" / "report.md").read_text()


def test_a_piece_without_time_trains_nothing(cache: Path, tmp_path: Path) -> None:
    assert kit.main(arguments(cache, tmp_path, "--seconds", "0")) == kit.GO_ON
    assert not (tmp_path / "tiny" / "tokenizer.jsonl").exists()


def test_the_time_limit_of_a_run_is_what_is_left_of_the_piece(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    own = models.MODELS["tokenizer"]
    note = replace(own, train=lambda given, told: seen.append(given.seconds))
    monkeypatch.setitem(models.MODELS, "tokenizer", note)
    only = ["--train", "tokenizer", "--seconds", "300", "--margin", "40"]
    kit.main(arguments(cache, tmp_path, *only))
    assert 100 < seen[0] < 260


def test_a_probe_measures_speed_and_operations_and_leaves_nothing(
    cache: Path, tmp_path: Path
) -> None:
    given = arguments(cache, tmp_path, "--train", "tokenizer", "--probe-seconds", "0.01")
    assert kit.main(given) == kit.DONE
    part = read_plan(tmp_path / "plan.json").parts[0]
    assert part.rate > 0
    assert part.flops > 1e7
    assert part.done
    assert not (tmp_path / "probe").exists()


def test_operations_are_those_of_the_products_of_a_step(tmp_path: Path) -> None:
    layer = torch.nn.Linear(30, 20, bias=False)

    def train(settings: Training, progress: Callable[[int, float], None]) -> None:
        for step in range(100):
            layer(torch.ones(7, 30)).sum().backward()
            if step % settings.log_every == 0:
                progress(step, 0.0)

    seen = speed.probe(train, Training(out=tmp_path / "run"), tmp_path / "probe", seconds=0.0)
    # forward, and backward to the weights; the input needs no gradient
    assert seen.flops == 2 * 2 * 7 * 30 * 20


def test_steps_are_decided_once(cache: Path, tmp_path: Path) -> None:
    write_plan(tmp_path / "plan.json", Plan((Part("tiny", "tokenizer", steps=3, batch=4),), 1.0))
    assert kit.main(arguments(cache, tmp_path, "--train", "tokenizer")) == kit.DONE
    assert len(losses(tmp_path / "tiny", "tokenizer")) == 3


def test_a_budget_decides_the_steps_by_the_measured_speed(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_step_a_piece(monkeypatch)
    measured = speed.Speed(rate=10.0, flops=1e9, start_seconds=1.0)
    monkeypatch.setattr(speed, "probe", lambda *given: measured)
    budget = ["--steps", "0", "--budget", "1000", "--probe-seconds", "1"]
    assert kit.main(arguments(cache, tmp_path, *budget)) == kit.GO_ON
    tokenizer, generator = read_plan(tmp_path / "plan.json").parts
    share = 0.55 * (1000 - 60)
    assert 10 * (share - 41 - 60) < tokenizer.steps <= 10 * (share - 41)
    assert generator.steps == 0  # decided when its turn comes, by what is left then


def test_a_budget_is_divided_by_the_shares_of_the_remaining_models() -> None:
    first = Part("small", "tokenizer", rate=10.0, start_seconds=5.0)
    plan = Plan((first, Part("nano", "tokenizer"), Part("base", "tokenizer", done=True)))
    # (660 - 60 kept) x 2/3 for the small one, less 5 s to start and 40 s to finish
    assert plan.steps_for(first, left=660.0) == pytest.approx(10 * (400 - 45), abs=1)
    assert plan.steps_for(replace(first, rate=1e-9), left=660.0) == 20


def test_a_plan_is_read_as_it_was_written_and_a_damaged_one_is_refused(tmp_path: Path) -> None:
    plan = Plan((Part("nano", "generator", steps=7, rate=0.5),), began=3.0, device="CPU", peak=1e9)
    write_plan(tmp_path / "plan.json", plan)
    assert read_plan(tmp_path / "plan.json") == plan
    (tmp_path / "plan.json").write_text("{")
    with pytest.raises(DataError, match="not a plan"):
        read_plan(tmp_path / "plan.json")


def test_result_parts_keep_the_size_limit_and_join_to_the_whole() -> None:
    content = bytes(range(256)) * (2 * PART_BYTES // 256) + b"end"
    parts = cut(content)
    assert max(len(part) for part in parts) <= 16 * 2**20
    assert b"".join(parts) == content
    assert len(parts) == 3


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"results\.tar\.00"):
        unpack(tmp_path, tmp_path / "to")
    (tmp_path / "results.tar.01").write_bytes(b"the middle of something")
    with pytest.raises(DataError, match="do not fit together"):
        unpack(tmp_path, tmp_path / "to")


def test_the_size_to_copy_leaves_out_ignored_files(tmp_path: Path) -> None:
    git = shutil.which("git") or pytest.skip("git is not installed")
    subprocess.run([git, "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text("/kit/\n/cache/\n")
    sizes = {"data/a.py": 5, "assets/webs/b": 70, "assets/webs/c": 7, "cache/d": 999, "kit/e": 30}
    for name, size in sizes.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x" * size)
    load = packing.measure(tmp_path, tmp_path / "kit")
    assert load.checkout == 5 + 77 + len("/kit/\n/cache/\n")
    assert load.kit == 30
    assert load.spare[0] == ("assets/webs", 77)


def test_a_missing_package_without_an_archive_is_refused_with_the_command_that_packs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert packages.put_in(tmp_path / "no.tar.xz", tmp_path / "site") == []
    monkeypatch.setitem(packages.PACKAGES, "nothing", "no_such_module_anywhere")
    with pytest.raises(MissingDependencyError, match="kit pack"):
        packages.put_in(tmp_path / "no.tar.xz", tmp_path / "site")


def test_results_without_a_run_are_refused(tmp_path: Path) -> None:
    assert kit.main(["results", "--folder", str(tmp_path / "no"), "--device", "cpu"]) == kit.REFUSED


def test_a_run_that_fails_still_brings_back_the_models_before(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(given: Training, told: models.Progress) -> None:
        raise KilledError

    broken = replace(models.MODELS["generator"], train=fail)
    monkeypatch.setitem(models.MODELS, "generator", broken)
    with pytest.raises(KilledError):
        kit.main(arguments(cache, tmp_path))
    assert "tiny/tokenizer.safetensors" in unpack(tmp_path / "out", tmp_path / "came")


def test_a_model_that_no_longer_compiles_goes_on_without(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = models.MODELS["tokenizer"]

    def train(given: Training, told: models.Progress) -> None:
        if given.compile:
            raise RuntimeError("file too short")
        own.train(given, told)

    monkeypatch.setitem(models.MODELS, "tokenizer", replace(own, train=train))
    planned = Part("tiny", "tokenizer", steps=2, batch=4, compile=True)
    write_plan(tmp_path / "plan.json", Plan((planned,), 1.0))
    assert kit.main(arguments(cache, tmp_path, "--train", "tokenizer")) == kit.DONE
    part = read_plan(tmp_path / "plan.json").parts[0]
    assert part.done
    assert not part.compile
