"""The comparison of tokenizers: runs are kept, and the page says what was compared."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.tokenizers import VARIANTS, Options, kept, page, run_folder
from caddis.generation.config import TokenizerTraining, preset
from caddis.generation.tokenizer.tokenizer import Tokenizer
from caddis.generation.training.tokenizer_run import tokenizer_shape
from caddis.geometry.errors import ConfigError

FIGURES = {
    "iou": 0.5, "coarse_iou": 0.4, "distance_error": 0.02, "coarse_perplexity": 100.0,
    "fine_perplexity": 50.0, "cpu_seconds": 9.0,
}  # fmt: skip


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_can_be_built_and_is_what_its_name_says(name: str) -> None:
    config = replace(TokenizerTraining(preset="pico"), **VARIANTS[name].changes)
    shape = tokenizer_shape(config)
    changed = shape != preset("pico").tokenizer
    assert changed == (name != "ifsq")  # the design itself
    Tokenizer(shape)


def test_a_finished_run_is_not_repeated_and_other_settings_are_another_run(tmp_path: Path) -> None:
    calls = []

    def make(options: Options, name: str, seed: int) -> dict[str, float]:
        calls.append((options.steps, name, seed))
        return FIGURES

    options = Options(runs=tmp_path, steps=5)
    for _ in range(2):
        assert kept(options, "vq", 0, make) == FIGURES
    kept(replace(options, threads=1, only=("vq",)), "vq", 0, make)  # changes no figure
    kept(replace(options, steps=6), "vq", 0, make)
    kept(options, "vq", 1, make)
    assert calls == [(5, "vq", 0), (6, "vq", 0), (5, "vq", 1)]
    assert run_folder(options, "vq", 0) != run_folder(options, "ema", 0)


def test_the_page_has_a_row_for_each_variant_and_says_its_command() -> None:
    options = Options(steps=7, only=("ifsq", "coarse", "fine"))
    text = page(options, (10, 2), {name: [FIGURES] for name in options.only})
    assert "python -m benchmarks.tokenizers --preset pico --steps 7" in text
    assert "--only ifsq coarse fine" in text
    assert "| FSQ |" not in text
    assert "| coarse codes only | 0.500 | 0.400 | 20.00 | 100 | - | 9 |" in text
    assert "| fine codes only | 0.500 | - | 20.00 | - | 50 | 9 |" in text


def test_several_seeds_give_a_spread() -> None:
    rows = {"vq": [FIGURES, {**FIGURES, "iou": 0.7}]}
    assert "0.600 ± 0.141" in page(Options(seeds=2, only=("vq",)), (10, 2), rows)


def test_an_unknown_variant_is_refused() -> None:
    with pytest.raises(ConfigError, match="no variant 'none'"):
        Options(only=("none",))
