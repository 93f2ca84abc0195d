"""Mixtures of Gaussians in 3D with full covariance, parametrised by a network's output.

Shape letters: X any leading axes, K components.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

PARAMETERS = 10  # per component: weight, mean, lower Cholesky factor of the precision


def log_density(raw_XK: Tensor, point_X3: Tensor) -> Tensor:
    """Return the log density (X) of points under raw parameters (X, K * PARAMETERS)."""
    weight_XK, mean_XK3, diagonal_XK3, below_XK3 = _split(raw_XK)
    off_XK3 = point_X3[..., None, :] - mean_XK3
    x, y, z = off_XK3.unbind(-1)
    a, b, c = below_XK3.unbind(-1)
    dx, dy, dz = diagonal_XK3.unbind(-1)
    whitened_XK3 = torch.stack([dx * x, a * x + dy * y, b * x + c * y + dz * z], dim=-1)
    normal_XK = -0.5 * whitened_XK3.square().sum(-1) - 1.5 * math.log(2.0 * math.pi)
    return (weight_XK + normal_XK + diagonal_XK3.log().sum(-1)).logsumexp(-1)


def draw(raw_XK: Tensor, uniform_X: Tensor, normal_X3: Tensor) -> Tensor:
    """Return a point (X, 3) of each mixture, from uniform and standard normal random numbers."""
    weight_XK, mean_XK3, diagonal_XK3, below_XK3 = _split(raw_XK)
    rising_XK = weight_XK.exp().cumsum(-1)
    chosen_X = (uniform_X[..., None] * rising_XK[..., -1:] > rising_XK).sum(-1)

    def of(values_XK3: Tensor) -> Tensor:
        index = chosen_X[..., None, None].expand(*chosen_X.shape, 1, 3)
        return values_XK3.gather(-2, index).squeeze(-2)

    mean_X3, diagonal_X3, below_X3 = of(mean_XK3), of(diagonal_XK3), of(below_XK3)
    x = normal_X3[..., 0] / diagonal_X3[..., 0]
    y = (normal_X3[..., 1] - below_X3[..., 0] * x) / diagonal_X3[..., 1]
    z = (normal_X3[..., 2] - below_X3[..., 1] * x - below_X3[..., 2] * y) / diagonal_X3[..., 2]
    return mean_X3 + torch.stack([x, y, z], dim=-1)


def _split(raw_XK: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return log weights, means, diagonal and off-diagonal of the precision's Cholesky factor."""
    parts_XKP = raw_XK.view(*raw_XK.shape[:-1], -1, PARAMETERS)
    weight_XK = parts_XKP[..., 0].log_softmax(-1)
    # standard deviations between 1/50 of the mean edge length and 10
    diagonal_XK3 = functional.softplus(parts_XKP[..., 4:7] + 1.0).clamp(0.1, 50.0)
    return weight_XK, parts_XKP[..., 1:4], diagonal_XK3, parts_XKP[..., 7:10]
