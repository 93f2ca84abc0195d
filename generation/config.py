"""Configurations as frozen dataclasses, and presets as functions that return one."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from pathlib import Path

from caddis.geometry.errors import ConfigError

COARSE_SIDE, FINE_SIDE = 4, 8  # cells along a side of the two grids of codes
COARSE_TOKENS, FINE_TOKENS = COARSE_SIDE**3, FINE_SIDE**3
FRAME_TOKENS = 4  # the symmetry, then the sides of the box along x, y and z


@dataclass(frozen=True)
class TokenizerConfig:
    """Shape of the tokenizer: oriented points -> frame, coarse and fine tokens -> distance.

    Attributes:
        quantizer: "simvq", "vq", "ema", "fsq" or "ifsq", of both grids of codes.
        coarse_levels: Their product is the number of codes of a coarse cell; see
            `caddis.generation.tokenizer.quantizers.build_quantizer`.
        fine_levels: The same for a fine cell.
        points: Oriented surface points that the encoder reads.
        point_channels: Features that a voxel's points are averaged to.
        width: Features of a fine cell.
        coarse_width: Features of a coarse cell.
        encoder_blocks: Blocks on the fine cells before the codes.
        coarse_blocks: Blocks on the coarse cells behind their codes.
        decoder_blocks: Blocks on the fine cells behind all codes.
        middle_channels: Features of a cell of the 16^3 grid behind them.
        features: Features of a cell of the 32^3 grid that is read by interpolation.
        field_width: Hidden width of the network that reads it.
        folded: Whether shapes are folded by their symmetry (an ablation).
        framed: Whether they are stretched to their box (an ablation).
        paths: "both", or only the "coarse" or the "fine" codes (an ablation).
        level: Added to all distances after training, because surfaces come out too far outside:
            see `caddis.generation.training.tokenizer_run.calibrated`.
    """

    quantizer: str = "ifsq"
    coarse_levels: tuple[int, ...] = (4, 4, 4, 4, 4, 4)
    fine_levels: tuple[int, ...] = (4, 4, 4, 4, 4)
    points: int = 4096
    point_channels: int = 48
    width: int = 128
    coarse_width: int = 160
    encoder_blocks: int = 2
    coarse_blocks: int = 2
    decoder_blocks: int = 3
    middle_channels: int = 32
    features: int = 12
    field_width: int = 48
    folded: bool = True
    framed: bool = True
    paths: str = "both"
    level: float = 0.0

    def __post_init__(self) -> None:
        """Refuse shapes that cannot be built."""
        if min(self.coarse_levels + self.fine_levels) < 2:
            raise ConfigError("a code needs two levels in each dimension", "TokenizerConfig")
        if self.paths not in {"both", "coarse", "fine"}:
            raise ConfigError(f"there are no paths {self.paths!r}", "TokenizerConfig.paths")

    @property
    def coarse_codes(self) -> int:
        """Codes that a coarse cell can have."""
        return math.prod(self.coarse_levels)

    @property
    def fine_codes(self) -> int:
        """Codes that a fine cell can have."""
        return math.prod(self.fine_levels)


@dataclass(frozen=True)
class GeneratorConfig:
    """Shape of the autoregressive transformer and of the conditions before its tokens.

    Attributes:
        tokens: K: the frame and the coarse cells of the tokenizer.
        codes: Codes of a coarse cell.
        code_dim: Length of a code vector, from which token embeddings are read.
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

    tokens: int = FRAME_TOKENS + COARSE_TOKENS
    codes: int = 4096
    code_dim: int = 6
    width: int = 256
    layers: int = 6
    heads: int = 4
    dropout: float = 0.15
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
        points=1024, point_channels=16, width=32, coarse_width=48, encoder_blocks=1,
        coarse_blocks=1, decoder_blocks=1, middle_channels=16, features=8, field_width=32,
    )  # fmt: skip
    return Preset("pico", tokenizer, GeneratorConfig(width=96, layers=2, heads=2))


def nano() -> Preset:
    """Return the CPU-sized preset: trained on a CPU, shipped with its weights."""
    return Preset("nano", TokenizerConfig(), GeneratorConfig())


def small() -> Preset:
    """Return the preset for some 25 minutes on one data-centre GPU."""
    tokenizer = TokenizerConfig(
        point_channels=64, width=256, coarse_width=384, encoder_blocks=3, coarse_blocks=3,
        decoder_blocks=4, middle_channels=64, features=16, field_width=64,
    )  # fmt: skip
    generator = GeneratorConfig(width=384, layers=10, heads=6)
    return Preset("small", tokenizer, generator)


def base() -> Preset:
    """Return the size of Argus3D's Base (about 90 M parameters in the transformer)."""
    tokenizer = dataclasses.replace(small().tokenizer, width=384, coarse_width=512)
    generator = GeneratorConfig(width=768, layers=12, heads=12)
    return Preset("base", tokenizer, generator)


def large() -> Preset:
    """Return the size of Argus3D's Large (about 1.2 B parameters in the transformer)."""
    generator = GeneratorConfig(width=2048, layers=24, heads=16)
    return Preset("large", base().tokenizer, generator)


def huge() -> Preset:
    """Return the size of Argus3D's Huge (about 3.6 B parameters in the transformer)."""
    generator = GeneratorConfig(width=3072, layers=32, heads=24)
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
    """What every training loop needs to know; see `caddis.generation.training.loop.fit`.

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
        seconds: After so many seconds the run writes a checkpoint and stops, to be gone on with
            by the same command; 0 sets no limit.
        compile: Run the model through torch.compile.
        checkpoint_seconds: Time between checkpoints.
        log_every: Steps between lines of the log.
        evaluations: Times in the run that held-out figures are taken.
    """

    out: Path = Path("runs")
    steps: int = 3600
    batch: int = 16
    learning_rate: float = 2e-3
    matrix_learning_rate: float = 4e-3
    weight_decay: float = 0.02
    ema: float = 0.998
    seed: int = 0
    device: str = "auto"
    threads: int = 0
    seconds: float = 0.0
    compile: bool = False
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
        soft_share: Share of the steps, at the start, in which latents are not rounded.
        fine_drop: Share of the samples that are decoded from their coarse tokens alone.
        coarse_drop: Share that are decoded from a part of these; counted within `fine_drop`.
        quantizer: Overrides the preset's quantizer when not empty.
        folded: Fold shapes by their symmetry; False is an ablation.
        framed: Stretch shapes to their box; False is an ablation.
        paths: "both", or only the "coarse" or the "fine" codes; one of them is an ablation.
    """

    queries: int = 2048
    truncation: float = 0.1
    soft_share: float = 0.03
    fine_drop: float = 0.5
    coarse_drop: float = 0.05
    quantizer: str = ""
    folded: bool = True
    framed: bool = True
    paths: str = "both"


@dataclass(frozen=True)
class GeneratorTraining(Training):
    """The generator's training run.

    Attributes:
        views: Tokenisations of each training shape (resampled points, mirror, stretch).
        label_smoothing: Of the cross-entropy.
        corrupt: Share of input tokens replaced by random ones (against exposure bias).
    """

    batch: int = 64
    steps: int = 1000
    views: int = 3
    label_smoothing: float = 0.05
    corrupt: float = 0.05
    learning_rate: float = 1e-3
    matrix_learning_rate: float = 2e-3
    weight_decay: float = 0.3
