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
    """Settings of one training run of a web generator.

    Attributes:
        trainable: Names of the models to choose from.
        model: Model to train, one of `trainable`.
        out: Folder of the run; `load_web_generator(model, weights=out)` reads it when finished.
        cache: Folder for the samples, built once for each (webs, per_web, seed).
        webs: Number of webs to build, of all kinds in turn; eight of ten are used for training.
        per_web: Number of samples cut from each web.
        data_seed: Seed of the webs.
        width: Width of the transformers.
        layers: Number of blocks of each transformer.
        heads: Number of attention heads.

    Raises:
        ConfigError: There is no such model.
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
        """Reject unknown models."""
        if self.model not in self.trainable:
            raise ConfigError(
                f"there is no web generator {self.model!r} to train",
                "model",
                f"Use {', '.join(self.trainable)}.",
            )
