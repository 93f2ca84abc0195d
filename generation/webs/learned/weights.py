"""Weights of web models on disk, with their configuration and provenance."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from caddis.generation.training.device import pick_device
from caddis.generation.webs.learned.backbone import BackboneConfig
from caddis.generation.webs.learned.generator import LearnedWebs
from caddis.generation.webs.learned.model import WebModel
from caddis.generation.webs.learned.shapes import LEARNED, ModelSet
from caddis.generation.webs.learned.wishes import Sizes
from caddis.generation.weights import fill_module, read_module, save_module
from caddis.geometry.errors import BrokenWeightsError, ConfigError

_FILE = "model"


def save_web_model(
    folder: Path, name: str, model: WebModel, sizes: Sizes, facts: dict[str, Any]
) -> None:
    """Write model.safetensors and config.json.

    Args:
        folder: Folder for both files.
        name: Name of the generator.
        model: The model to store.
        sizes: Sizes of webs from its training data.
        facts: Further facts to record (steps, data, held-out figures).
    """
    known = {"generator": name, "shape": asdict(model.config), **facts}
    save_module(folder, _FILE, model, {**known, "sizes": sizes.rows.tolist()})


def load_learned(
    name: str, folder: Path, device: str = "cpu", known: ModelSet = LEARNED
) -> LearnedWebs:
    """Return the generator whose weights are in a folder.

    Args:
        name: Of the generator, one of `known`.
        folder: That `save_web_model` wrote.
        device: "cpu", "cuda", or "auto" for CUDA where there is a card.
        known: Models to choose from.

    Raises:
        ConfigError: There is no such device.
        MissingWeightsError: A file is missing.
        BrokenWeightsError: A file is damaged, does not fit its config, or belongs to another
            generator.
    """
    hint = f"Restore it from the repository, or train it: {known.command}."
    facts, content = read_module(folder, _FILE, hint)
    where = str(folder / "config.json")
    if facts.get("generator") != name:
        found = facts.get("generator")
        raise BrokenWeightsError(f"these are the weights of {found!r}, not {name!r}", where, hint)
    try:
        model = known.build(name, BackboneConfig(**facts["shape"]))
        sizes = Sizes(np.array(facts["sizes"], np.float64).reshape(-1, 3))
    except (ConfigError, KeyError, TypeError, ValueError) as error:
        raise BrokenWeightsError(f"cannot use the config: {error!r}", where, hint) from error
    model = fill_module(model, content, folder / _FILE, hint)
    return LearnedWebs(name, model.to(pick_device(device)), sizes)
