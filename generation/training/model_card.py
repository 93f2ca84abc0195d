"""The model card beside the weights, generated from the records of the run."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

from caddis.data.training_set import TrainingSet
from caddis.generation.config import Training
from caddis.generation.training.log import read_log
from caddis.geometry.files.atomic import write_text

CANNOT = """\
- It knows the objects of its training data, not objects in general: a word far from all of
  them gives the nearest thing it knows, or nothing sensible.
- Text is read as a bag of words: "a table on a chair" and "a chair on a table" are the same.
- It makes shapes only: no colour, no moving parts, no sizes other than the height asked for."""


def write_model_card(config: Training) -> None:
    """Write `README.md` into the folder of a finished run.

    Args:
        config: Settings of either training; only `out`, `cache` and `preset` are used.

    Raises:
        DataError: The prepared data is missing.
    """
    facts = json.loads((config.out / "config.json").read_text("utf-8"))
    tokenizer, held_out = facts["tokenizer"]["shape"], facts["tokenizer"]["held_out"]
    lines = [
        f"# Caddis {config.preset}",
        "",
        "Oriented points become a frame (symmetry and box), 64 coarse tokens of "
        f"{math.prod(tokenizer['coarse_levels'])} codes and 512 fine tokens of "
        f"{math.prod(tokenizer['fine_levels'])} codes ({tokenizer['quantizer']}); a transformer "
        "writes the frame and the coarse tokens from a category, a text, both or neither.",
        "",
        "**Licence of the weights:** MIT. **Format:** safetensors, matrices as int8 with a scale "
        "for each row, read as float32.",
        "",
        "## Made with",
        "",
        *_data_lines(TrainingSet(config.cache)),
        "",
        "| model | parameters | steps | batch | seed | seconds | held-out figures |",
        "|---|---|---|---|---|---|---|",
        *(_row(config.out, name, facts[name]) for name in ("tokenizer", "generator")),
        "",
        f"Again: `caddis data prepare`, then `caddis train all --preset {config.preset} "
        f"--tokenizer-steps {facts['tokenizer']['steps']} "
        f"--generator-steps {facts['generator']['steps']}`. Seconds are wall time of one "
        "machine's CPU; other work may have run beside it.",
        "",
        "More figures: `python -m benchmarks.quality` writes `docs/quality.md`.",
        "",
        "## What it cannot do",
        "",
        f"- All tokens carry held-out shapes at an IoU of {held_out['iou']:.2f}, the coarse ones,\n"
        f"  which the generator writes, at {held_out['coarse_iou']:.2f}: legs, walls and outlines\n"
        "  are there, fine relief is not.",
        CANNOT,
        "",
    ]
    write_text(config.out / "README.md", "\n".join(lines))


def _data_lines(objects: TrainingSet) -> list[str]:
    rows = objects.rows("train")
    kinds = Counter(str(objects.objects[row]["source"]) for row in rows)
    sources = ", ".join(f"{name} {count}" for name, count in sorted(kinds.items()))
    return [
        f"{len(rows)} training objects ({sources}); every one is CC0, CC-BY or MIT-0, and its "
        "licence and author are listed by `caddis data licences`. "
        f"{len(objects.categories)} categories.",
    ]


def _row(folder: Path, name: str, facts: dict[str, Any]) -> str:
    log = read_log(folder / f"{name}.jsonl")
    seconds = round(log[-1]["seconds"]) if log else 0
    held_out = ", ".join(f"{key} {value:.3g}" for key, value in facts["held_out"].items())
    return (
        f"| {name} | {facts['parameters']:,} | {facts['steps']} | {facts['batch']} "
        f"| {facts['seed']} | {seconds} | {held_out} |"
    )
