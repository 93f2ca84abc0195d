"""Settings of the training of a web generator."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from caddis.generation.config import LoopSettings
from caddis.generation.webs.registry import WEB_GENERATORS
from caddis.geometry.errors import ConfigError

TRAINABLE = tuple(name for name in WEB_GENERATORS if name != "pieces")


@dataclass(frozen=True)
class WebTraining(LoopSettings):
    """One training run of one web generator.

    Attributes:
        trainable: Names of the models to choose from.
        model: Which to train, one of `trainable`.
        out: Folder of the run; `load_web_generator(model, weights=out)` reads it when finished.
        cache: Folder for the webs' samples, built once for each (webs, per_web, seed).
        webs: Webs to build, of all kinds in turn; eight of ten are learned from.
        per_web: Samples cut from each.
        data_seed: Of the webs.
        width: Width of the transformers.
        layers: Blocks of each.
        heads: Attention heads.

    Raises:
        ConfigError: No such model.
    """

    trainable: ClassVar[tuple[str, ...]] = TRAINABLE

    model: str = "analog-diffusion"
    out: Path = Path("runs/webs")
    cache: Path = Path("cache/webs")
    steps: int = 2000
    batch: int = 32
    learning_rate: float = 1.5e-3
    matrix_learning_rate: float = 0.0
    ema: float = 0.995
    webs: int = 120
    per_web: int = 100
    data_seed: int = 0
    width: int = 128
    layers: int = 4
    heads: int = 4

    def __post_init__(self) -> None:
        """Refuse models that are not there."""
        if self.model not in self.trainable:
            raise ConfigError(
                f"no web generator {self.model!r} to train",
                "model",
                f"Use {', '.join(self.trainable)}.",
            )
