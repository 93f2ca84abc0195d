"""The models by name; each is built from a configuration and a seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from caddis.generation.webs.learned.analog import AnalogDiffusion
from caddis.generation.webs.learned.autoregressive import Autoregressive
from caddis.generation.webs.learned.backbone import BackboneConfig
from caddis.generation.webs.learned.discrete import DiscreteDiffusion
from caddis.generation.webs.learned.model import WebModel


@dataclass(frozen=True)
class ModelSet:
    """Models that one command trains.

    Attributes:
        models: What builds a fresh model from its shape and a seed, by name.
        command: The command line, up to its options.
    """

    models: Mapping[str, Callable[[BackboneConfig, int], WebModel]]
    command: str

    def build(self, name: str, config: BackboneConfig, seed: int = 0) -> WebModel:
        """Return a fresh model; same seed, same weights."""
        return self.models[name](config, seed)


LEARNED = ModelSet(
    {
        "analog-diffusion": AnalogDiffusion,
        "discrete-diffusion": DiscreteDiffusion,
        "autoregressive": Autoregressive,
    },
    "caddis web train",
)
"""The models that are shipped."""
