"""The models by name; each is built from a configuration and a seed."""

from __future__ import annotations

from collections.abc import Callable

from caddis.generation.webs.learned.analog import AnalogDiffusion
from caddis.generation.webs.learned.autoregressive import Autoregressive
from caddis.generation.webs.learned.backbone import BackboneConfig
from caddis.generation.webs.learned.discrete import DiscreteDiffusion
from caddis.generation.webs.learned.model import WebModel
from caddis.generation.webs.released.models import (
    ReleasedAdjacency,
    ReleasedAnalog,
    ReleasedAutoregressive,
)

MODELS: dict[str, Callable[[BackboneConfig, int], WebModel]] = {
    "analog-diffusion": AnalogDiffusion,
    "discrete-diffusion": DiscreteDiffusion,
    "autoregressive": Autoregressive,
    "released-analog": ReleasedAnalog,
    "released-adjacency": ReleasedAdjacency,
    "released-autoregressive": ReleasedAutoregressive,
}


def build_model(name: str, config: BackboneConfig, seed: int = 0) -> WebModel:
    """Return an untrained model; same seed, same weights."""
    return MODELS[name](config, seed)
