"""The diffusion is the one of the paper: its optimum is reached, its sampler finds the data."""

import numpy as np
import pytest
import torch

from caddis.generation.webs.learned.backbone import start_weights
from caddis.generation.webs.learned.denoiser import NodeDenoiser, Noise
from caddis.generation.webs.learned.model import WebBatch
from caddis.generation.webs.learned.streams import Streams
from caddis.generation.webs.learned.wishes import Asked, Wishes
from tests.generation.webs.learned.conftest import TINY


def test_levels_fall_to_nothing() -> None:
    levels = Noise().levels(9)
    assert levels[0] == pytest.approx(20.0)
    assert levels[-2] == pytest.approx(0.01, rel=1e-4)
    assert levels[-1] == 0.0
    assert (levels.diff() < 0).all()


def test_padding_changes_nothing_for_the_nodes(batch: WebBatch) -> None:
    denoiser = NodeDenoiser(3, TINY, Noise())
    start_weights(denoiser, TINY.layers, 0)
    torch.nn.init.normal_(denoiser.to_answer.weight, std=0.1)
    sigma, other = torch.full((8,), 0.7), batch.positions.clone()
    other[~batch.mask] = 9.0
    one = denoiser(batch.positions, sigma, batch.wishes)[batch.mask]
    torch.testing.assert_close(one, denoiser(other, sigma, batch.wishes)[batch.mask])


def test_an_untrained_denoiser_has_loss_one_on_data_of_unit_deviation(batch: WebBatch) -> None:
    """The answer starts at 0, so D = c_skip x: the loss is 1 for any noise (table 1's weights)."""
    denoiser = NodeDenoiser(3, TINY, Noise())
    start_weights(denoiser, TINY.layers, 0)
    denoiser.measure(batch.positions, batch.mask)
    losses = [
        float(
            denoiser.loss(batch.positions, batch.wishes, torch.Generator().manual_seed(s)).detach()
        )
        for s in range(20)
    ]
    assert np.mean(losses) == pytest.approx(1.0, abs=0.1)


def test_sampling_with_the_true_denoiser_draws_from_the_data() -> None:
    """For Gaussian data the best D is known: x / (1 + sigma^2), which c_skip alone gives."""
    denoiser = NodeDenoiser(3, TINY, Noise())
    start_weights(denoiser, TINY.layers, 0)
    denoiser.scale.fill_(2.0)
    denoiser.shift.fill_(5.0)
    wishes = Wishes.of([Asked(64, None, None, 1.0)] * 32, torch.device("cpu"))
    found = denoiser.sample(wishes, Streams(range(32), torch.device("cpu")), 18, 1.0)
    assert float(found.mean()) == pytest.approx(5.0, abs=0.1)
    assert float(found.std()) == pytest.approx(2.0, rel=0.05)
