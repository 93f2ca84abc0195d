"""The released diffusion: EDM with sigma_data 0.1, clipped, sampled with ADPM2.

Shape letters: B batch, N = 64 nodes, C channels, D width.
"""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor, nn

from benchmarks.webs.released.scaling import ConditionTokens
from caddis.data.webs.sampling import MAX_NODES
from caddis.generation.webs.learned.backbone import Backbone, BackboneConfig
from caddis.generation.webs.learned.streams import Streams
from caddis.generation.webs.learned.wishes import waves

_DATA, _MEAN, _SPREAD = 0.1, -1.2, 1.2  # sigma_data; log-normal levels of training
_LEAST, _MOST, _RHO = 0.001, 9.0, 3.0
_STEPS = 50


class ReleasedDiffusion(nn.Module):
    """K-diffusion over all 64 rows, padding among them, as the released code has it."""

    def __init__(self, channels: int, config: BackboneConfig) -> None:
        super().__init__()
        self.channels = channels
        self.asked = ConditionTokens(config.width)
        self.level = nn.Linear(1 + 2 * 6, config.width)
        self.start = nn.Linear(channels, config.width)
        self.backbone = Backbone(config)
        self.to_answer = nn.Linear(config.width, channels)

    def forward(self, noisy_BNC: Tensor, sigma_B: Tensor, scaled_B7: Tensor) -> Tensor:
        """Return the denoised channels, clipped to [-1, 1] in training too."""
        sigma_B11 = sigma_B[:, None, None]
        variance_B11 = sigma_B11**2 + _DATA**2
        asked_BD = self.asked(scaled_B7) + self.level(waves(sigma_B.log()[:, None] / 4.0, 6))
        x_BND = self.backbone(self.start(noisy_BNC / variance_B11.sqrt()), asked_BD)
        skip_B11, out_B11 = _DATA**2 / variance_B11, sigma_B11 * _DATA / variance_B11.sqrt()
        found_BNC: Tensor = skip_B11 * noisy_BNC + out_B11 * self.to_answer(x_BND)
        clipped_BNC: Tensor = found_BNC.clamp(-1.0, 1.0)
        return clipped_BNC

    def loss(self, clean_BNC: Tensor, scaled_B7: Tensor, random: torch.Generator) -> Tensor:
        """Return the weighted MSE on the denoised sample."""
        device, batch = clean_BNC.device, len(clean_BNC)
        sigma_B = (_MEAN + _SPREAD * torch.randn(batch, generator=random)).exp().to(device)
        noise_BNC = torch.randn(clean_BNC.shape, generator=random).to(device)
        found_BNC = self(clean_BNC + sigma_B[:, None, None] * noise_BNC, sigma_B, scaled_B7)
        weight_B = (sigma_B**2 + _DATA**2) / (sigma_B * _DATA) ** 2
        error_B: Tensor = (found_BNC - clean_BNC).square().mean(dim=(1, 2))
        return (weight_B * error_B).mean()

    @torch.no_grad()
    def sample(self, scaled_B7: Tensor, streams: Streams) -> Tensor:
        """Return (B, 64, C) in [-1, 1]: ancestral steps of DPM-2 (rho 1), Karras levels.

        The levels are (9 .. 0.001)^(1/3) evenly spaced; the last step ends at the least level.
        """
        share = torch.linspace(0.0, 1.0, _STEPS)
        most, least = _MOST ** (1.0 / _RHO), _LEAST ** (1.0 / _RHO)
        levels = ((most + share * (least - most)) ** _RHO).tolist()
        x_BNC: Tensor = levels[0] * streams.normal(MAX_NODES, self.channels)
        for level, following in pairwise(levels):
            fresh = math.sqrt(following**2 * (level**2 - following**2) / level**2)
            down = math.sqrt(following**2 - fresh**2)
            middle = (level + down) / 2.0
            slope_BNC = (x_BNC - self._at(x_BNC, level, scaled_B7)) / level
            halfway_BNC = x_BNC + (middle - level) * slope_BNC
            slope_BNC = (halfway_BNC - self._at(halfway_BNC, middle, scaled_B7)) / middle
            x_BNC = x_BNC + (down - level) * slope_BNC
            x_BNC = x_BNC + fresh * streams.normal(MAX_NODES, self.channels)
        sampled_BNC: Tensor = x_BNC.clamp(-1.0, 1.0)
        return sampled_BNC

    def _at(self, x_BNC: Tensor, level: float, scaled_B7: Tensor) -> Tensor:
        found: Tensor = self(
            x_BNC, torch.full((len(x_BNC),), level, device=x_BNC.device), scaled_B7
        )
        return found
