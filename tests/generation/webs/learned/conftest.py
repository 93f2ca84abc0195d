"""Small sets of webs, and models that learned nothing."""

import numpy as np
import pytest
import torch

from caddis.data.webs.dataset import WebSamples, build_samples
from caddis.generation.webs.learned.backbone import BackboneConfig
from caddis.generation.webs.learned.generator import LearnedWebs
from caddis.generation.webs.learned.model import WebBatch
from caddis.generation.webs.learned.shapes import LEARNED, ModelSet
from caddis.generation.webs.learned.wishes import Sizes
from caddis.generation.webs.training.batches import web_batch

TINY = BackboneConfig(width=16, layers=2, heads=2)


@pytest.fixture(scope="session")
def samples() -> WebSamples:
    return build_samples(1, 24, seed=1, kinds=["orb"])


@pytest.fixture(scope="session")
def batch(samples: WebSamples) -> WebBatch:
    return web_batch(samples, np.arange(8), torch.device("cpu"), np.random.default_rng(0))


def untrained(name: str, samples: WebSamples, known: ModelSet = LEARNED) -> LearnedWebs:
    """A generator with random weights, also where training starts from 0."""
    model = known.build(name, TINY, seed=3)
    random = torch.Generator().manual_seed(5)
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            if key.endswith("to_answer.weight"):
                parameter.normal_(0.0, 0.05, generator=random)
    model.measure(web_batch(samples, np.arange(24), torch.device("cpu"), None))
    return LearnedWebs(name, model.eval().requires_grad_(False), Sizes.of(samples, 0))
