"""Which quantizer? Same data, same steps, same shape but for the quantizer, several seeds.

    python -m benchmarks.quantizers [--cache cache/openmix] [--steps 600] [--seeds 3]
    python -m benchmarks.quantizers --from-weights nano --steps 250

The first trains small models from nothing and writes docs/quantizers.md. The second begins with
the layers of a shipped model, the quantizer and the layers beside it fresh, and writes
docs/quantizers-nano.md. Finished runs are kept in runs/quantizers and not repeated.
"""

from __future__ import annotations

import json
import statistics
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
import tyro

from data.training_set import TrainingSet
from generation.config import TokenizerTraining
from generation.training.tokenizer_run import evaluate, train_tokenizer
from generation.weights import MODELS, load_tokenizer
from geometry.files import write_text

QUANTIZERS = ("simvq", "ifsq", "ema", "fsq", "vq")
TITLES = {"simvq": "SimVQ", "vq": "VQ", "ema": "VQ, EMA codes, restarts", "fsq": "FSQ",
          "ifsq": "iFSQ"}  # fmt: skip

# In a run this short the encoder says something only after some 200 steps; a book that is
# seeded from data before that collapses, whatever the quantizer.
WARMUP, NESTED = 0.4, 0.7
# Layers that are trained already only follow the new codes: a quarter of the usual rates.
SLOWER = 0.25

WHY = """## What the shipped model has, and why

`nano` has iFSQ. In this table, of short runs of a small model from nothing, codes that move come
first: those of FSQ and iFSQ have a fixed place, which the encoder needs longer to find. At the
size that ships and from trained layers, [quantizers-nano.md](quantizers-nano.md), iFSQ has the
highest mean and the three contenders are within the spread of the seeds. So none is better for
certain, and iFSQ is the simplest: no book that must be warmed up, seeded and kept alive, no loss of
its own. How much of its codes it uses after its whole training, some twenty times the steps of this
table, is on the page of its [quality](quality.md). `caddis train tokenizer --quantizer simvq` takes
another one.

    python -m benchmarks.quantizers --from-weights nano --steps 250 --only simvq ifsq ema
"""


@dataclass(frozen=True)
class Options:
    """What to compare.

    Attributes:
        cache: Prepared data.
        runs: Where finished runs are kept.
        out: The page to write; None chooses by `from_weights`.
        preset: Shapes; pico differs from nano in width and depth, not in tokens or codes.
        from_weights: A shipped model to begin with, whose preset counts; empty for none.
        steps: Optimiser steps of each run.
        batch: Shapes per step.
        seeds: Runs per quantizer.
        only: Which quantizers.
        threads: CPU threads.
    """

    cache: Path = Path("cache/openmix")
    runs: Path = Path("runs/quantizers")
    out: Path | None = None
    preset: str = "pico"
    from_weights: str = ""
    steps: int = 600
    batch: int = 16
    seeds: int = 3
    only: tuple[str, ...] = QUANTIZERS
    threads: int = 1


def main(options: Options) -> None:
    """Train all, evaluate on the held-out objects, write the table."""
    objects = TrainingSet(options.cache)
    rows: dict[str, list[dict[str, float]]] = {name: [] for name in options.only}
    for seed in range(options.seeds):  # outermost, so that a run that is stopped compares all
        for name in options.only:
            rows[name].append(_result(options, objects, name, seed))
    name = f"quantizers-{options.from_weights}" if options.from_weights else "quantizers"
    page = options.out or Path(f"docs/{name}.md")
    write_text(page, _page(options, objects, rows))
    print(page.read_text("utf-8"))


def _result(options: Options, objects: TrainingSet, name: str, seed: int) -> dict[str, float]:
    out = options.runs / f"{options.from_weights or options.preset}-{name}-{seed}"
    kept = out / "result.json"
    free = {"out", "threads", "seeds", "only"}
    settings = {key: str(value) for key, value in asdict(options).items() if key not in free}
    if kept.exists():
        result = json.loads(kept.read_text("utf-8"))
        if result["settings"] == settings:
            return result["figures"]  # type: ignore[no-any-return]
    config = TokenizerTraining(
        cache=options.cache, out=out, preset=options.preset, steps=options.steps,
        batch=options.batch, seed=seed, threads=options.threads, quantizer=name, queries=512,
        warmup_share=WARMUP, nested_from=NESTED, evaluations=1, device="cpu",
    )  # fmt: skip
    start = None
    if options.from_weights:
        start = load_tokenizer(MODELS / options.from_weights)
        config = replace(
            config, preset=options.from_weights, learning_rate=SLOWER * config.learning_rate,
            matrix_learning_rate=SLOWER * config.matrix_learning_rate,
        )  # fmt: skip
    began = time.process_time()
    model = train_tokenizer(config, start=start)
    seconds = time.process_time() - began
    cpu = torch.device("cpu")
    every = evaluate(model, objects, "test", cpu)
    quarter = evaluate(model, objects, "test", cpu, prefix=model.config.tokens // 4)
    figures = {**every, "all": every["iou"], "quarter": quarter["iou"], "cpu_seconds": seconds}
    write_text(kept, json.dumps({"settings": settings, "figures": figures}))
    print(name, seed, figures, flush=True)
    return figures


def _page(options: Options, objects: TrainingSet, rows: dict[str, list[dict[str, float]]]) -> str:
    begin = f" --from-weights {options.from_weights}" if options.from_weights else ""
    only = "" if options.only == QUANTIZERS else f" --only {' '.join(options.only)}"
    lines = [
        "# Which quantizer" + (f", from the layers of {options.from_weights}" if begin else ""),
        "",
        f"Made by `python -m benchmarks.quantizers{begin} --steps {options.steps} --seeds "
        f"{options.seeds}{only}`: preset {options.from_weights or options.preset}, "
        f"{options.steps} steps of {options.batch} shapes, "
        f"{len(objects.rows('train'))} training objects, "
        f"{len(objects.rows('test'))} held-out ones. Mean and standard deviation over the seeds.",
        "",
        *_bias(options),
        "| quantizer | IoU, all tokens | IoU, first quarter | distance error, 1e-3 "
        "| codes used, % | perplexity | cpu-s |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, results in rows.items():
        cells = [
            _spread(results, "all", 3), _spread(results, "quarter", 3),
            _spread(results, "distance_error", 2, 1e3), _spread(results, "codes_used", 0),
            _spread(results, "perplexity", 0), _spread(results, "cpu_seconds", 0),
        ]  # fmt: skip
        lines.append(f"| {TITLES[name]} | {' | '.join(cells)} |")
    means = {name: statistics.mean(one["all"] for one in some) for name, some in rows.items()}
    best = max(means, key=lambda name: means[name])
    spread = max(statistics.stdev(one["all"] for one in some) for some in rows.values())
    close = [TITLES[name] for name, value in means.items() if means[best] - value <= spread]
    lines += [
        "",
        f"Highest mean IoU: {TITLES[best]}. Within one standard deviation "
        f"({spread:.3f}, the largest of the table) of it: {', '.join(close)}.",
        "",
        *([] if options.from_weights else [WHY]),
    ]
    return "\n".join(lines)


def _bias(options: Options) -> list[str]:
    if not options.from_weights:
        return []
    return [
        f"Every run begins with the shipped layers of {options.from_weights}, which were trained "
        "with its own quantizer: whatever the others gain, they gain against that bias. The "
        "quantizer and the linear layers beside it are fresh in every run; all but FSQ and iFSQ "
        f"pass the first {WARMUP:.0%} of the steps without quantizer, and their codes then start "
        "from the data.",
        "",
    ]


def _spread(results: list[dict[str, float]], key: str, digits: int, factor: float = 1.0) -> str:
    values = [factor * one[key] for one in results]
    return f"{statistics.mean(values):.{digits}f} ± {statistics.stdev(values):.{digits}f}"


if __name__ == "__main__":
    main(tyro.cli(Options))
