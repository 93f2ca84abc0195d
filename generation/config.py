"""Configurations as frozen dataclasses, and presets as functions that return one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geometry.errors import ConfigError


@dataclass(frozen=True)
class TokenizerConfig:
    """Shape of the tokenizer: oriented points -> K ordered tokens -> signed distance.

    Attributes:
        tokens: K, the number of tokens a shape becomes.
        codes: Size of the code book (for FSQ: the product of `fsq_levels`).
        code_dim: Length of a code vector.
        quantizer: "simvq", "vq", "ema", "fsq" or "ifsq".
        fsq_levels: Levels per dimension, read by "fsq" and "ifsq" only.
        points: Oriented surface points that the encoder reads.
        bands: Fourier bands of a point's coordinates.
        width: Width of the transformer.
        heads: Attention heads.
        encoder_layers: Pairs of cross-attention (to points) and causal self-attention.
        decoder_layers: Self-attention layers over tokens and plane patches together.
        plane_patches: Patches along a side of one plane.
        patch: Cells along a side of one patch; a plane has plane_patches * patch cells.
        plane_channels: Features of one cell.
        field_width: Hidden width of the network that reads the planes.
    """

    tokens: int = 64
    codes: int = 1024
    code_dim: int = 5
    quantizer: str = "ifsq"
    fsq_levels: tuple[int, ...] = (4, 4, 4, 4, 4)
    points: int = 512
    bands: int = 8
    width: int = 128
    heads: int = 2
    encoder_layers: int = 2
    decoder_layers: int = 4
    plane_patches: int = 6
    patch: int = 10
    plane_channels: int = 16
    field_width: int = 48

    def __post_init__(self) -> None:
        """Refuse shapes that cannot be built."""
        if self.width % self.heads:
            raise ConfigError(
                f"width {self.width} is not a multiple of heads {self.heads}", "TokenizerConfig"
            )
        if self.tokens < 1 or self.codes < 2:
            raise ConfigError("a tokenizer needs a token and two codes", "TokenizerConfig")


@dataclass(frozen=True)
class GeneratorConfig:
    """Shape of the autoregressive transformer and of the conditions before its tokens.

    Attributes:
        tokens: K, as in the tokenizer.
        codes: Size of the code book.
        code_dim: Length of a code vector (token embeddings start from the code book).
        width: Width of the transformer.
        layers: Number of blocks.
        heads: Attention heads.
        dropout: Dropout inside the blocks, training only.
        categories: The vocabulary of the category condition.
        text_dim: Length of the sentence vector.
        text_tokens: Prefix positions that the sentence vector becomes.
        drop_category: Chance to hide the category in training.
        drop_text: Chance to hide the text in training.
    """

    tokens: int = 64
    codes: int = 1024
    code_dim: int = 5
    width: int = 256
    layers: int = 6
    heads: int = 4
    dropout: float = 0.1
    categories: tuple[str, ...] = ()
    text_dim: int = 256
    text_tokens: int = 2
    drop_category: float = 0.4
    drop_text: float = 0.2

    def __post_init__(self) -> None:
        """Refuse shapes that cannot be built."""
        if self.width % self.heads:
            raise ConfigError(
                f"width {self.width} is not a multiple of heads {self.heads}", "GeneratorConfig"
            )


@dataclass(frozen=True)
class Preset:
    """A named pair of tokenizer and generator shapes."""

    name: str
    tokenizer: TokenizerConfig
    generator: GeneratorConfig


def pico() -> Preset:
    """Return the smallest preset: for tests, and for comparisons that need many runs."""
    tokenizer = TokenizerConfig(
        points=256, width=96, heads=2, encoder_layers=1, decoder_layers=2, field_width=32
    )
    return Preset("pico", tokenizer, GeneratorConfig(width=96, layers=2, heads=2))


def nano() -> Preset:
    """Return the CPU-sized preset: trained on a CPU, shipped with its weights."""
    return Preset("nano", TokenizerConfig(), GeneratorConfig())


def small() -> Preset:
    """Return the preset for some 25 minutes on one data-centre GPU."""
    tokenizer = TokenizerConfig(
        tokens=128, codes=4096, fsq_levels=(4, 4, 4, 4, 4, 4), code_dim=6, points=2048,
        width=256, heads=8, encoder_layers=3,
        decoder_layers=5, plane_patches=16, patch=4, plane_channels=32, field_width=64,
    )  # fmt: skip
    generator = GeneratorConfig(tokens=128, codes=4096, code_dim=6, width=384, layers=10, heads=6)
    return Preset("small", tokenizer, generator)


def base() -> Preset:
    """Return the size of Argus3D's Base (about 90 M parameters in the transformer)."""
    tokenizer = TokenizerConfig(
        tokens=256, codes=8192, code_dim=32, quantizer="simvq", points=4096, width=512, heads=8,
        encoder_layers=4,
        decoder_layers=8, plane_patches=16, patch=8, plane_channels=32, field_width=64,
    )  # fmt: skip
    generator = GeneratorConfig(tokens=256, codes=8192, code_dim=32, width=768, layers=12, heads=12)
    return Preset("base", tokenizer, generator)


def large() -> Preset:
    """Return the size of Argus3D's Large (about 1.2 B parameters in the transformer)."""
    generator = GeneratorConfig(
        tokens=256, codes=8192, code_dim=32, width=2048, layers=24, heads=16
    )
    return Preset("large", base().tokenizer, generator)


def huge() -> Preset:
    """Return the size of Argus3D's Huge (about 3.6 B parameters in the transformer)."""
    generator = GeneratorConfig(
        tokens=256, codes=8192, code_dim=32, width=3072, layers=32, heads=24
    )
    return Preset("huge", base().tokenizer, generator)


PRESETS = {
    "pico": pico, "nano": nano, "small": small, "base": base, "large": large, "huge": huge,
}  # fmt: skip


def preset(name: str) -> Preset:
    """Return the preset called `name`.

    Raises:
        ConfigError: There is no such preset.
    """
    if name not in PRESETS:
        raise ConfigError(f"there is no preset {name!r}", "preset", f"Use {', '.join(PRESETS)}.")
    return PRESETS[name]()


@dataclass(frozen=True)
class LoopSettings:
    """What every training loop needs to know; see `generation.training.loop.fit`.

    Attributes:
        out: Folder of the run: checkpoint, log, curves and finished weights.
        steps: Optimiser steps in all; the schedule depends on it.
        batch: Samples per step.
        learning_rate: AdamW's peak in the warm-up and cosine schedule, for embeddings,
            biases, norms and the first and last layers.
        matrix_learning_rate: Muon's peak, for the matrices inside the transformer blocks; 0
            leaves these to AdamW, too.
        weight_decay: Of both.
        ema: Decay of the running average of the weights; the average is what is kept.
        seed: Everything random in the run follows from it and the step number.
        device: "cpu", "cuda", or "auto" for CUDA where there is a card.
        threads: CPU threads; 0 leaves torch's choice.
        checkpoint_seconds: Time between checkpoints.
        log_every: Steps between lines of the log.
        evaluations: Times in the run that held-out figures are taken.
    """

    out: Path = Path("runs")
    steps: int = 11000
    batch: int = 16
    learning_rate: float = 2e-3
    matrix_learning_rate: float = 4e-3
    weight_decay: float = 0.02
    ema: float = 0.998
    seed: int = 0
    device: str = "auto"
    threads: int = 0
    checkpoint_seconds: float = 60.0
    log_every: int = 20
    evaluations: int = 12


@dataclass(frozen=True)
class Training(LoopSettings):
    """What the trainings of tokenizer and generator share.

    Attributes:
        out: Folder of the run.
        cache: Folder that `caddis data prepare` wrote.
        preset: Which shapes to train.
    """

    out: Path = Path("runs/nano")
    cache: Path = Path("cache/openmix")
    preset: str = "nano"


@dataclass(frozen=True)
class TokenizerTraining(Training):
    """The tokenizer's training run.

    Attributes:
        queries: Signed-distance samples per shape and step.
        truncation: Signed distances are clamped to +- this before they are compared.
        warmup_share: Share of the steps without quantizer, after which codes start from data.
        nested_from: Share of the steps after which nested dropout starts.
        quantizer: Overrides the preset's quantizer when not empty.
    """

    queries: int = 1024
    truncation: float = 0.1
    warmup_share: float = 0.08
    nested_from: float = 0.4
    quantizer: str = ""


@dataclass(frozen=True)
class GeneratorTraining(Training):
    """The generator's training run.

    Attributes:
        views: Tokenisations of each training shape (resampled points, mirror, stretch).
        label_smoothing: Of the cross-entropy.
        corrupt: Share of input tokens replaced by random ones (against exposure bias).
    """

    batch: int = 64
    steps: int = 1300
    views: int = 4
    label_smoothing: float = 0.05
    corrupt: float = 0.05
    learning_rate: float = 1e-3
    matrix_learning_rate: float = 2e-3
