"""What each part of the tokenizer is worth: same data, same steps, one thing changed at a time.

    python -m benchmarks.tokenizers [--cache cache/openmix] [--preset pico] [--steps 600]

Trains one tokenizer for every quantizer, one without frame, one without fold, one with coarse
codes only and one with fine codes only, and writes docs/tokenizers.md. Finished runs are kept in
runs/tokenizers and not repeated; one that was stopped goes on from its checkpoint.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
import tyro

from benchmarks.common.markdown import header, spaced_table
from benchmarks.common.markdown import page as text_of
from benchmarks.common.numbers import mean_sd
from benchmarks.common.rows import kept as kept_in
from caddis.data.training_set import TrainingSet
from caddis.generation.config import TokenizerTraining
from caddis.generation.training.tokenizer_run import evaluate, train_tokenizer
from caddis.geometry.errors import ConfigError
from caddis.geometry.files.atomic import write_text

Figures = dict[str, float]


@dataclass(frozen=True)
class Variant:
    """One row of the table.

    Attributes:
        title: What it is called on the page.
        changes: Settings of `TokenizerTraining` that differ from the design's.
    """

    title: str
    changes: dict[str, Any]


VARIANTS = {
    "ifsq": Variant("**iFSQ, frame, fold, coarse and fine**", {"quantizer": "ifsq"}),
    "fsq": Variant("FSQ", {"quantizer": "fsq"}),
    "simvq": Variant("SimVQ", {"quantizer": "simvq"}),
    "vq": Variant("VQ", {"quantizer": "vq"}),
    "ema": Variant("VQ, EMA codes, restarts", {"quantizer": "ema"}),
    "frame-off": Variant("frame off: not stretched to its box", {"framed": False}),
    "fold-off": Variant("fold off: symmetry not used", {"folded": False}),
    "coarse": Variant("coarse codes only", {"paths": "coarse"}),
    "fine": Variant("fine codes only", {"paths": "fine"}),
}
FREE = ("out", "cache", "runs", "threads", "seeds", "only")  # options that change no run


@dataclass(frozen=True)
class Options:
    """What to compare.

    Attributes:
        cache: Prepared data.
        runs: Where finished runs are kept.
        out: The page to write.
        preset: Shape of the tokenizer, "pico" or "nano".
        steps: Optimiser steps of each run.
        batch: Shapes per step.
        queries: Signed-distance samples per shape and step.
        soft_share: Share of the steps, at the start, without rounding, alike for all. A book of
            codes that is seeded before the encoder says something collapses.
        seeds: Runs per variant.
        only: Which variants.
        threads: CPU threads.
    """

    cache: Path = Path("cache/openmix")
    runs: Path = Path("runs/tokenizers")
    out: Path = Path("docs/tokenizers.md")
    preset: str = "pico"
    steps: int = 600
    batch: int = 16
    queries: int = 1024
    soft_share: float = 0.2
    seeds: int = 1
    only: tuple[str, ...] = tuple(VARIANTS)
    threads: int = 2

    def __post_init__(self) -> None:
        """Refuse names that are no variants, and no seeds at all."""
        unknown = [name for name in self.only if name not in VARIANTS]
        if unknown:
            raise ConfigError(
                f"there is no variant {unknown[0]!r}", "--only", f"Use {', '.join(VARIANTS)}."
            )
        if not self.only or self.seeds < 1:
            raise ConfigError("one variant and one seed are the least", "--only, --seeds")


def main(options: Options) -> None:
    """Train all, evaluate on the held-out objects, write the table."""
    objects = TrainingSet(options.cache)
    rows: dict[str, list[Figures]] = {name: [] for name in options.only}
    for seed in range(options.seeds):  # outermost, so that a run that is stopped compares all
        for name in options.only:
            rows[name].append(kept(options, name, seed, lambda o, n, s: trained(o, objects, n, s)))
    counts = (len(objects.rows("train")), len(objects.rows("test")))
    write_text(options.out, page(options, counts, rows))
    print(options.out.read_text("utf-8"))


def kept(
    options: Options, name: str, seed: int, make: Callable[[Options, str, int], Figures]
) -> Figures:
    """Return the figures of a run, from its file if it was done with the same settings."""
    path = run_folder(options, name, seed) / "result.json"

    def measured() -> Figures:
        figures = make(options, name, seed)
        print(name, seed, figures, flush=True)
        return figures

    found: Figures = kept_in(path, measured)
    return found


def run_folder(options: Options, name: str, seed: int) -> Path:
    """Return the folder of a run; other settings have another one."""
    settings = {key: value for key, value in asdict(options).items() if key not in FREE}
    words = "-".join(str(value) for value in settings.values())
    return options.runs / words / f"{name}-{seed}"


def trained(options: Options, objects: TrainingSet, name: str, seed: int) -> Figures:
    """Train one variant and measure it on the test objects."""
    config = TokenizerTraining(
        cache=options.cache, out=run_folder(options, name, seed), preset=options.preset,
        steps=options.steps, batch=options.batch, queries=options.queries, seed=seed,
        threads=options.threads, soft_share=options.soft_share, evaluations=1, device="cpu",
    )  # fmt: skip
    config = replace(config, **VARIANTS[name].changes)
    began = time.process_time()
    model = train_tokenizer(config)
    seconds = time.process_time() - began
    return {**evaluate(model, objects, "test", torch.device("cpu")), "cpu_seconds": seconds}


def page(options: Options, counts: tuple[int, int], rows: dict[str, list[Figures]]) -> str:
    """Return docs/tokenizers.md.

    Args:
        options: What was compared.
        counts: Training and test objects.
        rows: Figures of every seed of every variant.
    """
    each = [
        [
            VARIANTS[name].title, _mean(some, "iou", 3),
            # the fine codes alone know nothing of a shape before the first of them
            "-" if name == "fine" else _mean(some, "coarse_iou", 3),
            _mean(some, "distance_error", 2, 1e3),
            "-" if name == "fine" else _mean(some, "coarse_perplexity", 0),
            "-" if name == "coarse" else _mean(some, "fine_perplexity", 0),
            _mean(some, "cpu_seconds", 0),
        ]
        for name, some in rows.items()
    ]  # fmt: skip
    spread = "Mean and standard deviation over the seeds." if options.seeds > 1 else "One seed."
    lines = [
        *header("Effect of each part of the tokenizer", _command(options)),
        f"Preset {options.preset}, each row trained for the same {options.steps} steps of "
        f"{options.batch} shapes from scratch, the first {options.soft_share:.0%} without "
        f"rounding; {counts[0]} training objects, {counts[1]} held-out ones. Every row differs "
        "from the first only in what its name says; frame and folding have no weights. "
        f"{spread}",
        "",
        "IoU on 2,048 uniform points of the box, from all tokens and from the frame and the "
        "coarse ones alone, mean over the held-out objects. Distance error: mean error of "
        "distances clamped at 0.1, times 1,000. Perplexity: exp of the entropy of code use, of "
        "4,096 coarse and 1,024 fine codes.",
        "",
        *spaced_table(
            ["tokenizer", "IoU, all tokens", "IoU, coarse alone", "distance error, 1e-3",
             "perplexity, coarse", "perplexity, fine", "cpu-s"], each,
        ),
    ]  # fmt: skip
    return text_of(lines)


def _command(options: Options) -> str:
    only = "" if options.only == tuple(VARIANTS) else f" --only {' '.join(options.only)}"
    return (
        f"python -m benchmarks.tokenizers --preset {options.preset} --steps {options.steps} "
        f"--batch {options.batch} --queries {options.queries} --soft-share {options.soft_share} "
        f"--seeds {options.seeds}{only}"
    )


def _mean(results: list[Figures], key: str, digits: int, factor: float = 1.0) -> str:
    return mean_sd([factor * one[key] for one in results], digits)


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
