"""All web generators by name; heavy modules are imported only when needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from caddis.geometry.assets import asset
from caddis.geometry.errors import ConfigError

if TYPE_CHECKING:
    from caddis.generation.webs.generator import WebGenerator

WEB_GENERATORS = ("analog-diffusion", "discrete-diffusion", "autoregressive", "pieces")
"""Shipped generators: three learned ones, and pieces of built webs."""

SHIPPED = asset("webs")


def load_web_generator(
    name: str, *, seed: int = 0, weights: Path | None = None, device: str = "cpu"
) -> WebGenerator:
    """Return a web generator, ready to sample.

    Args:
        name: One of `WEB_GENERATORS`.
        seed: Seed of the webs from which "pieces" are cut; unused by the others.
        weights: Folder of a finished training; None takes the shipped one.
        device: "cpu", "cuda", or "auto" for CUDA if there is a card.

    Raises:
        ConfigError: There is no such generator or device.
        MissingWeightsError: There are no weights in the folder.
        BrokenWeightsError: The weights are damaged or belong to another generator.
    """
    if name not in WEB_GENERATORS:
        raise ConfigError(
            f"there is no web generator {name!r}", "model", f"Use {', '.join(WEB_GENERATORS)}."
        )
    if name == "pieces":
        from caddis.generation.webs.generator import Pieces

        return Pieces.of_all_kinds(seed)
    from caddis.generation.webs.learned.weights import load_learned

    return load_learned(name, SHIPPED / name if weights is None else weights, device)
