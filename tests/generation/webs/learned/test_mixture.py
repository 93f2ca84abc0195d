"""The mixture's density and its draws belong together."""

import numpy as np
import torch

from caddis.generation.webs.learned import mixture


def test_the_density_adds_up_to_one() -> None:
    random = torch.Generator().manual_seed(0)
    raw = torch.randn(1, 3 * mixture.PARAMETERS, generator=random)
    steps = torch.linspace(-12, 12, 97)
    grid = torch.stack(torch.meshgrid(steps, steps, steps, indexing="ij"), dim=-1).view(-1, 3)
    density = mixture.log_density(raw.expand(len(grid), -1), grid).exp()
    assert abs(float(density.sum()) * 0.25**3 - 1.0) < 0.02


def test_draws_have_the_moments_of_the_density() -> None:
    random = torch.Generator().manual_seed(1)
    raw, count = torch.randn(1, 3 * mixture.PARAMETERS, generator=random), 40000
    drawn = mixture.draw(
        raw.expand(count, -1), torch.rand(count, generator=random),
        torch.randn(count, 3, generator=random),
    )  # fmt: skip
    steps = torch.linspace(-12, 12, 97)
    grid = torch.stack(torch.meshgrid(steps, steps, steps, indexing="ij"), dim=-1).view(-1, 3)
    weight = mixture.log_density(raw.expand(len(grid), -1), grid).exp()
    weight = weight / weight.sum()
    mean = (weight[:, None] * grid).sum(dim=0)
    off = grid - mean
    np.testing.assert_allclose(drawn.mean(dim=0), mean, atol=0.05)
    np.testing.assert_allclose(drawn.T.cov(), (weight[:, None] * off).T @ off, atol=0.15)
