"""Vector quantizers with one interface: SimVQ, plain VQ, VQ with EMA codes, FSQ, iFSQ.

A randomly initialised code book collapses onto one code, for SimVQ as for plain VQ. All of them
except FSQ and iFSQ are therefore trained without quantization for some steps, and then
`seed_codes` copies encoder outputs into the book.
"""

from __future__ import annotations

import itertools
import math
from abc import abstractmethod
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from caddis.geometry.errors import ConfigError

VECTOR_DIM = 16  # length of a code vector, except for FSQ and iFSQ
COMMITMENT = 0.25  # weight of ||z - sg(code)||^2, as in VQ-VAE and SimVQ


@dataclass(frozen=True)
class Quantized:
    """Result of a quantizer.

    Attributes:
        values: (..., d) the chosen codes, with straight-through gradients to the input.
        indices: (...,) int64, numbers of the chosen codes.
        loss: () auxiliary loss; zero for FSQ and iFSQ.
    """

    values: Tensor
    indices: Tensor
    loss: Tensor


class Quantizer(nn.Module):
    """Maps vectors to the nearest of `codes` codes, and indices back to codes."""

    codes: int

    @abstractmethod
    def forward(self, z: Tensor) -> Quantized:
        """Quantize z (..., d)."""

    @abstractmethod
    def decode(self, indices: Tensor) -> Tensor:
        """Return the codes (..., d) of `indices` (...,)."""

    def soft(self, z: Tensor) -> Tensor:
        """Return z (..., d) as it is decoded without quantization (warm-up)."""
        return z

    def book(self) -> Tensor:
        """Return all codes, (codes, d)."""
        own = next(itertools.chain(self.parameters(), self.buffers()))
        return self.decode(torch.arange(self.codes, device=own.device))

    def seed_codes(self, samples: Tensor, generator: torch.Generator) -> None:
        """Initialise the code book from encoder outputs `samples` (n, d); FSQ has no book."""


def nearest_code(z: Tensor, book: Tensor) -> Tensor:
    """Return the index of the nearest row of book (k, d) for each row of z (n, d), as (n,).

    The term |z|^2 of |z - c|^2 is the same for all c and is left out, so one matrix product is
    enough. It is in float32 even under autocast: bf16 in training would choose other codes than
    float32 at inference.
    """
    with torch.autocast(z.device.type, enabled=False):
        return (book.square().sum(1) - 2 * z @ book.T).argmin(dim=1)


def _straight_through(z: Tensor, code: Tensor) -> Tensor:
    return z + (code - z).detach()


def _pick(samples: Tensor, count: int, generator: torch.Generator) -> Tensor:
    """Return `count` random rows of samples, with noise so that repeated rows differ."""
    rows = torch.randperm(len(samples), generator=generator)
    rows = rows.repeat(math.ceil(count / len(samples)))[:count]
    jitter = torch.randn(count, samples.shape[1], generator=generator)
    return samples[rows] + 1e-3 * samples.std() * jitter


class VQ(Quantizer):
    """Plain nearest-neighbour VQ with a learned code book (van den Oord et al. 2017)."""

    def __init__(self, codes: int, dim: int) -> None:
        super().__init__()
        self.codes = codes
        self.code_embedding = nn.Parameter(torch.zeros(codes, dim))

    def _effective_book(self) -> Tensor:
        return self.code_embedding

    def forward(self, z: Tensor) -> Quantized:
        """Quantize z (..., d); loss = |sg(z) - c|^2 + 0.25 |z - sg(c)|^2."""
        z = z.float()
        book = self._effective_book()
        with torch.no_grad():
            indices = nearest_code(z.flatten(0, -2), book).view(z.shape[:-1])
        code = functional.embedding(indices, book)
        loss = functional.mse_loss(code, z.detach()) + COMMITMENT * functional.mse_loss(
            z, code.detach()
        )
        return Quantized(_straight_through(z, code), indices, loss)

    def decode(self, indices: Tensor) -> Tensor:
        """Return the codes of `indices`."""
        return functional.embedding(indices, self._effective_book())

    def seed_codes(self, samples: Tensor, generator: torch.Generator) -> None:
        """Copy random rows of samples (n, d) into the book."""
        with torch.no_grad():
            self.code_embedding.copy_(_pick(samples, self.codes, generator))


class SimVQ(VQ):
    """SimVQ (Zhu et al. 2024): a frozen book C, transformed by one trained linear layer.

    c_eff = C W^T + b. The gradient of each chosen code changes W and thereby all codes, also those
    that were never chosen. The bias lets the book shift as a whole.
    """

    def __init__(self, codes: int, dim: int) -> None:
        super().__init__(codes, dim)
        self.code_embedding.requires_grad_(False)
        self.transform = nn.Linear(dim, dim)
        with torch.no_grad():
            self.transform.weight.copy_(torch.eye(dim))
            self.transform.bias.zero_()

    def _effective_book(self) -> Tensor:
        # in float32 even under autocast: the chosen indices must not depend on the precision with
        # which the book was computed
        with torch.autocast(self.code_embedding.device.type, enabled=False):
            return self.transform(self.code_embedding)  # type: ignore[no-any-return]


class EmaVQ(VQ):
    """VQ with codes that are running means of their inputs; unused codes are restarted.

    The means follow van den Oord et al. 2017, appendix A.1, the restart follows Jukebox (Dhariwal
    et al. 2020): a code whose smoothed use falls below `restart_below` is set to a current input.
    """

    counts: Tensor
    sums: Tensor

    def __init__(
        self, codes: int, dim: int, *, decay: float = 0.99, restart_below: float = 0.05
    ) -> None:
        super().__init__(codes, dim)
        self.code_embedding.requires_grad_(False)
        self.decay, self.restart_below = decay, restart_below
        self.register_buffer("counts", torch.ones(codes))
        self.register_buffer("sums", torch.zeros(codes, dim))

    def seed_codes(self, samples: Tensor, generator: torch.Generator) -> None:
        """Copy random rows of samples (n, d) into the book and restart the running means."""
        super().seed_codes(samples, generator)
        self.counts.fill_(1.0)
        self.sums.copy_(self.code_embedding)

    def forward(self, z: Tensor) -> Quantized:
        """Quantize z (..., d); in training, also move the codes towards their inputs."""
        z = z.float()
        flat = z.flatten(0, -2)
        with torch.no_grad():
            indices = nearest_code(flat, self.code_embedding)
            code = self.code_embedding[indices].view_as(z)
            if self.training:
                self._update_means(flat, indices)
        loss = COMMITMENT * functional.mse_loss(z, code)
        return Quantized(_straight_through(z, code), indices.view(z.shape[:-1]), loss)

    def _update_means(self, flat: Tensor, indices: Tensor) -> None:
        count = torch.bincount(indices, minlength=self.codes).to(flat.dtype)  # (codes,)
        self.counts.lerp_(count, 1 - self.decay)
        total = torch.zeros_like(self.sums).index_add_(0, indices, flat)  # (codes, d)
        self.sums.lerp_(total, 1 - self.decay)
        dead = (self.counts < self.restart_below).nonzero()[:, 0]
        if len(dead):
            # spread over the batch without random numbers: the batch itself is in random order
            rows = torch.arange(len(dead), device=flat.device) * 7919 % len(flat)
            self.sums[dead] = flat[rows]
            self.counts[dead] = 1.0
        self.code_embedding.copy_(self.sums / self.counts.clamp_min(1e-5)[:, None])


class FSQ(Quantizer):
    """Finite scalar quantization (Mentzer et al. 2023): bound each dimension, then round.

    With `uniform=True` the bound is that of iFSQ (arXiv 2601.17124): a scaled sigmoid, which makes
    a Gaussian latent almost uniform, so that all bins are used equally.
    """

    levels: Tensor
    strides: Tensor

    def __init__(self, levels: tuple[int, ...], *, uniform: bool = False) -> None:
        super().__init__()
        self.codes, self.uniform = math.prod(levels), uniform
        self.register_buffer("levels", torch.tensor(levels), persistent=False)
        strides = torch.tensor((1, *levels[:-1])).cumprod(0)
        self.register_buffer("strides", strides, persistent=False)

    def _bound(self, z: Tensor) -> Tensor:
        """Map z to (-1/2, levels - 1/2): rounding then gives 0 .. levels - 1."""
        unit = torch.sigmoid(1.6 * z) if self.uniform else (torch.tanh(z) + 1) / 2
        return unit * self.levels - 0.5

    def forward(self, z: Tensor) -> Quantized:
        """Quantize z (..., d); no auxiliary loss."""
        bounded = self._bound(z.float())
        digits = bounded.round().clamp_min(0).minimum(self.levels - 1)
        indices = (digits.long() * self.strides).sum(-1)
        values = _straight_through(bounded, digits)
        return Quantized(self._centred(values), indices, z.new_zeros((), dtype=torch.float32))

    def soft(self, z: Tensor) -> Tensor:
        """Return bounded z with uniform noise of the size of rounding, so that gradients are exact.

        This follows Agustsson and Theis 2020, "Universally quantized neural compression". The noise
        comes from torch's global random stream.
        """
        bounded = self._bound(z.float())
        noisy = bounded + torch.rand_like(bounded) - 0.5
        return self._centred(noisy.clamp_min(0).minimum(self.levels - 1))

    def _centred(self, digits: Tensor) -> Tensor:
        return (2 * digits + 1) / self.levels - 1  # in (-1, 1)

    def decode(self, indices: Tensor) -> Tensor:
        """Return the bin centres of `indices`."""
        digits = indices[..., None] // self.strides % self.levels
        return self._centred(digits.float())


def build_quantizer(name: str, levels: tuple[int, ...]) -> Quantizer:
    """Return a quantizer with prod(levels) codes.

    Args:
        name: "simvq", "vq", "ema", "fsq" or "ifsq".
        levels: Levels per dimension of FSQ and iFSQ; for the others only their product matters,
            and codes have `VECTOR_DIM` components.

    Raises:
        ConfigError: The name is unknown.
    """
    codes = math.prod(levels)
    match name:
        case "simvq":
            return SimVQ(codes, VECTOR_DIM)
        case "vq":
            return VQ(codes, VECTOR_DIM)
        case "ema":
            return EmaVQ(codes, VECTOR_DIM)
        case "fsq" | "ifsq":
            return FSQ(levels, uniform=name == "ifsq")
    raise ConfigError(
        f"there is no quantizer {name!r}", "TokenizerConfig.quantizer",
        "Use simvq, vq, ema, fsq or ifsq.",
    )  # fmt: skip


def code_dim(name: str, levels: tuple[int, ...]) -> int:
    """Return the length of a code vector of `build_quantizer(name, levels)`."""
    return len(levels) if name in {"fsq", "ifsq"} else VECTOR_DIM
