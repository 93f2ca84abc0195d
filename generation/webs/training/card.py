"""The model card beside the weights of a web model, generated from the records of the run."""

from __future__ import annotations

import json
from pathlib import Path

from caddis.generation.training.log import read_log
from caddis.geometry.files.atomic import write_text

_CANNOT = """\
- It knows webs as Caddis builds them (tangle, sheet and orb, in equal parts) and nothing of real
  ones; how far the two are apart is measured in `docs/webs.md`.
- Webs have at most 64 nodes; larger structures are assembled from many.
- Nodes and mean edge length are met exactly, and so is a number of edges by both diffusions
  (analog-diffusion: up to three a node); an orientation is met on average. Wishes far from what
  built webs have, such as a mean degree above about 4, give webs unlike any that was built.
- How threads meet and how long they are is learned long before the even mesh of an orb, which
  after a short training comes out as a tangle of like density.
- Threads are not in balance: bring the web to rest before its forces mean anything."""


def write_web_card(folder: Path, name: str, about: str, command: str) -> None:
    """Write `README.md` into the folder of a finished run.

    Args:
        folder: Of the run.
        name: Of the generator.
        about: What the model does.
        command: The command that trains it, up to its options.
    """
    facts = json.loads((folder / "config.json").read_text("utf-8"))["model"]
    log = read_log(folder / f"{name}.jsonl")
    seconds = round(log[-1]["seconds"]) if log else 0
    held_out = ", ".join(f"{key} {value:.4g}" for key, value in facts["held_out"].items())
    shape = facts["shape"]
    lines = [
        f"# Caddis webs: {name}",
        "",
        about,
        "",
        "**Licence of the weights:** MIT. **Format:** safetensors, bfloat16, read as float32.",
        "",
        f"**Data:** {facts['samples']} samples of 8 to 64 nodes of {facts['webs']} webs that "
        f"Caddis built itself (`data/webs`, seed {facts['data_seed']}), eight of ten of them "
        "learned from; turned and mirrored at random. No real web was used.",
        "",
        f"**Compute:** {facts['parameters']:,} parameters (width {shape['width']}, "
        f"{shape['layers']} layers), {facts['steps']} steps of {facts['batch']} samples, seed "
        f"{facts['seed']}, {seconds} s wall time; other work may have run beside it.",
        "",
        f"**On held-out webs:** {held_out}. How well conditions are met, and how near samples are "
        "to held-out webs: `docs/webs.md`.",
        "",
        f"**Again:** `{command} --model {name} --steps {facts['steps']} "
        f"--batch {facts['batch']} --width {shape['width']} --layers {shape['layers']} "
        f"--heads {shape['heads']} --seed {facts['seed']} --webs {facts['webs']} "
        f"--data-seed {facts['data_seed']}`.",
        "",
        "## What it cannot do",
        "",
        _CANNOT,
        "",
    ]
    write_text(folder / "README.md", "\n".join(lines))
