"""The model card beside the weights of a web model, generated from the records of the run."""

from __future__ import annotations

import json
from pathlib import Path

from caddis.generation.training.log import read_log
from caddis.geometry.files.atomic import write_text

_WHAT = {
    "analog-diffusion": (
        "Gaussian diffusion (EDM) over nodes, each with its place and three slots for neighbours; "
        "a slot is a vector and a presence."
    ),
    "discrete-diffusion": (
        "Gaussian diffusion (EDM) over places, then masked discrete diffusion over the full "
        "adjacency matrix given the places."
    ),
    "autoregressive": (
        "A transformer that writes node by node in breadth-first order: parent, place (drawn "
        "from a mixture of Gaussians), row of the adjacency matrix."
    ),
    "released-analog": (
        "Baseline: neighbour numbers as scaled integers, Gaussian diffusion with sigma_data 0.1."
    ),
    "released-adjacency": (
        "Baseline: Gaussian diffusion over coordinates and a matrix of +1 and -1, thresholded."
    ),
    "released-autoregressive": (
        "Baseline: regression of the next node's coordinates and adjacency row."
    ),
}

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


def write_web_card(folder: Path, name: str) -> None:
    """Write `README.md` into the folder of a finished run."""
    facts = json.loads((folder / "config.json").read_text("utf-8"))["model"]
    log = read_log(folder / f"{name}.jsonl")
    seconds = round(log[-1]["seconds"]) if log else 0
    held_out = ", ".join(f"{key} {value:.4g}" for key, value in facts["held_out"].items())
    shape = facts["shape"]
    lines = [
        f"# Caddis webs: {name}",
        "",
        _WHAT[name],
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
        f"**Again:** `caddis web train --model {name} --steps {facts['steps']} "
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
