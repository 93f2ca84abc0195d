"""Gaussian diffusion over the nodes of a web: EDM of Karras et al. 2022.

Shape letters: B batch, N nodes, C channels, D width.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn

from caddis.data.webs.sampling import MAX_NODES
from caddis.generation.webs.learned.backbone import Backbone, BackboneConfig, hide_padding
from caddis.generation.webs.learned.streams import Streams
from caddis.generation.webs.learned.wishes import WishEncoder, Wishes, waves


@dataclass(frozen=True)
class Noise:
    """Noise levels, in units of the data's standard deviation.

    Attributes:
        data: sigma_data, the standard deviation of the network's input data.
        mean: Mean of the logarithm of the training levels.
        spread: Standard deviation of that logarithm.
        least: Lowest level, at the end of sampling.
        most: Highest level, at the start of sampling.
        rho: Spacing of the levels between (equation 5 of the paper).
    """

    data: float = 1.0
    mean: float = -0.5
    spread: float = 1.3
    least: float = 0.01
    most: float = 20.0
    rho: float = 7.0

    def levels(self, steps: int) -> Tensor:
        """Return (steps + 1,) decreasing levels that end at 0."""
        share = torch.linspace(0.0, 1.0, steps)
        first, last = self.most ** (1.0 / self.rho), self.least ** (1.0 / self.rho)
        return torch.cat([(first + share * (last - first)) ** self.rho, torch.zeros(1)])


class NodeDenoiser(nn.Module):
    """D(x; sigma): the expected clean channels of every node, given noisy ones.

    `scale` and `shift` normalise each channel to mean 0 and standard deviation 1; they are measured
    on the training data and stored with the weights.
    """

    scale: Tensor
    shift: Tensor

    def __init__(self, channels: int, config: BackboneConfig, noise: Noise) -> None:
        super().__init__()
        self.noise, self.channels = noise, channels
        self.register_buffer("scale", torch.ones(channels))
        self.register_buffer("shift", torch.zeros(channels))
        self.wishes = WishEncoder(config.width)
        self.level = nn.Linear(1 + 2 * 6, config.width)
        self.start = nn.Linear(channels, config.width)
        self.backbone = Backbone(config)
        self.to_answer = nn.Linear(config.width, channels)

    def forward(self, noisy_BNC: Tensor, sigma_B: Tensor, wishes: Wishes) -> Tensor:
        """Return the denoised channels (B, N, C), preconditioned as in the paper's table 1."""
        data, sigma_B11 = self.noise.data, sigma_B[:, None, None]
        variance_B11 = sigma_B11**2 + data**2
        asked_BD = self.wishes(wishes) + self.level(waves(sigma_B.log()[:, None] / 4.0, 6))
        hidden = hide_padding(wishes.mask(noisy_BNC.shape[1]))
        x_BND = self.backbone(
            self.start(noisy_BNC / variance_B11.sqrt()),
            asked_BD,
            biases_BHNN=[hidden] * self.backbone.layers,
        )
        skip_B11, out_B11 = data**2 / variance_B11, sigma_B11 * data / variance_B11.sqrt()
        return skip_B11 * noisy_BNC + out_B11 * self.to_answer(x_BND)  # type: ignore[no-any-return]

    def measure(self, clean_BNC: Tensor, mask_BN: Tensor) -> None:
        """Measure mean and standard deviation of each channel from unnormalised data."""
        rows_XC = clean_BNC[mask_BN]
        self.shift.copy_(rows_XC.mean(dim=0))
        self.scale.copy_(rows_XC.std(dim=0).clamp_min(1e-3))

    def loss(self, clean_BNC: Tensor, wishes: Wishes, random: torch.Generator) -> Tensor:
        """Return the weighted denoising error for clean, unnormalised channels."""
        clean_BNC = (clean_BNC - self.shift) / self.scale
        device = clean_BNC.device
        batch = len(clean_BNC)
        # levels are spread evenly over the batch, so the gradient is less noisy than with
        # independent ones
        share_B = (torch.arange(batch) + torch.rand(1, generator=random)) / batch
        normal_B = torch.special.ndtri(share_B.clamp(1e-4, 1.0 - 1e-4))
        sigma_B = (self.noise.mean + self.noise.spread * normal_B).exp().to(device)
        noise_BNC = torch.randn(clean_BNC.shape, generator=random).to(device)
        found_BNC = self(clean_BNC + sigma_B[:, None, None] * noise_BNC, sigma_B, wishes)
        weight_B = (sigma_B**2 + self.noise.data**2) / (sigma_B * self.noise.data) ** 2
        error_BN = (found_BNC - clean_BNC).square().mean(dim=2)
        mask_BN = wishes.mask(clean_BNC.shape[1])
        total: Tensor = (weight_B[:, None] * error_BN * mask_BN).sum()
        return total / mask_BN.sum()

    @torch.no_grad()
    def sample(self, wishes: Wishes, streams: Streams, steps: int, guidance: float) -> Tensor:
        """Return clean, unnormalised channels (B, N, C), by Heun's method (algorithm 1).

        N is the largest requested number of nodes; rows of padding have no meaning.

        Args:
            wishes: Conditions of B webs.
            streams: Their random streams; only the initial noise is drawn from them.
            steps: Number of noise levels.
            guidance: Strength of classifier-free guidance (Ho and Salimans 2022); 1 is off.
        """
        width = int(wishes.nodes.max())
        x_BNC = self.noise.most * streams.normal(MAX_NODES, self.channels)[:, :width]
        levels = self.noise.levels(steps).tolist()
        for level, following in pairwise(levels):
            slope_BNC = (x_BNC - self._guided(x_BNC, level, wishes, guidance)) / level
            after_BNC = x_BNC + (following - level) * slope_BNC
            if following > 0.0:
                error_BNC = after_BNC - self._guided(after_BNC, following, wishes, guidance)
                mean_BNC = (slope_BNC + error_BNC / following) / 2.0
                after_BNC = x_BNC + (following - level) * mean_BNC
            x_BNC = after_BNC
        clean_BNC: Tensor = x_BNC * self.scale + self.shift
        return clean_BNC

    def _guided(self, x_BNC: Tensor, level: float, wishes: Wishes, guidance: float) -> Tensor:
        sigma_B = torch.full((len(x_BNC),), level, device=x_BNC.device)
        found: Tensor = self(x_BNC, sigma_B, wishes)
        if guidance == 1.0 or not wishes.any_shown:
            return found
        free: Tensor = self(x_BNC, sigma_B, wishes.hidden())
        return free + guidance * (found - free)
