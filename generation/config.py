"""Configurations as frozen dataclasses, and presets as functions that return them."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from pathlib import Path

from caddis.geometry.errors import ConfigError

COARSE_SIDE, FINE_SIDE = 4, 8  # cells along a side of the coarse and fine grids
COARSE_TOKENS, FINE_TOKENS = COARSE_SIDE**3, FINE_SIDE**3
FRAME_TOKENS = 4  # the symmetry, then the sides of the box along x, y and z


@dataclass(frozen=True)
class TokenizerConfig:
    """Shape of the tokenizer, which maps oriented points to tokens and tokens to distances.

    Attributes:
        quantizer: "simvq", "vq", "ema", "fsq" or "ifsq", for both grids.
        coarse_levels: Their product is the number of codes of a coarse cell; see
            `caddis.generation.tokenizer.quantizers.build_quantizer`.
        fine_levels: The same for a fine cell.
        points: Number of oriented surface points that the encoder reads.
        point_channels: Number of features of a voxel, averaged over its points.
        width: Number of features of a fine cell.
        coarse_width: Number of features of a coarse cell.
        encoder_blocks: Number of blocks on the fine cells before quantization.
        coarse_blocks: Number of blocks on the coarse cells after quantization.
        decoder_blocks: Number of blocks on the fine cells after quantization.
        middle_channels: Number of features of a cell of the decoder's 16^3 grid.
        features: Number of features of a cell of the decoder's 32^3 grid, which is interpolated.
        field_width: Hidden width of the network that maps interpolated features to a distance.
        folded: Whether shapes are folded by their symmetry; False is an ablation.
        framed: Whether shapes are stretched to their box; False is an ablation.
        paths: "both", or only the "coarse" or the "fine" codes (an ablation).
        level: Offset added to all distances after training, because surfaces come out too far
            outside; see `caddis.generation.training.tokenizer_run.calibrated`.
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
        """Reject values with which no model can be built."""
        if min(self.coarse_levels + self.fine_levels) < 2:
            raise ConfigError("a code needs two levels in each dimension", "TokenizerConfig")
        if self.paths not in {"both", "coarse", "fine"}:
            raise ConfigError(
                f"paths must be both, coarse or fine, not {self.paths!r}", "TokenizerConfig.paths"
            )

    @property
    def coarse_codes(self) -> int:
        """Number of codes of a coarse cell."""
        return math.prod(self.coarse_levels)

    @property
    def fine_codes(self) -> int:
        """Number of codes of a fine cell."""
        return math.prod(self.fine_levels)


@dataclass(frozen=True)
class GeneratorConfig:
    """Shape of the autoregressive transformer and of its conditions.

    Attributes:
        tokens: K, the number of frame tokens and coarse tokens of the tokenizer.
        codes: Number of codes of a coarse cell.
        code_dim: Length of a code vector, from which token embeddings are computed.
        width: Width of the transformer.
        layers: Number of blocks.
        heads: Number of attention heads.
        dropout: Dropout probability inside the blocks, during training only.
        categories: The vocabulary of the category condition.
        text_dim: Length of the sentence vector.
        text_tokens: Number of prefix positions for the sentence vector.
        drop_category: Probability of hiding the category during training.
        drop_text: Probability of hiding the text during training.
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
        """Reject values with which no model can be built."""
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
    """Return the preset that trains in about 25 minutes on one data-centre GPU."""
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
    """Return the preset with this name.

    Raises:
        ConfigError: There is no such preset.
    """
    if name not in PRESETS:
        raise ConfigError(f"there is no preset {name!r}", "preset", f"Use {', '.join(PRESETS)}.")
    return PRESETS[name]()


@dataclass(frozen=True)
class LoopSettings:
    """Settings shared by all training loops; see `caddis.generation.training.loop.fit`.

    Attributes:
        out: Folder of the run: checkpoint, log, curves and finished weights.
        steps: Total number of optimiser steps; the schedule depends on it.
        batch: Samples per step.
        learning_rate: Peak learning rate of AdamW in the warm-up and cosine schedule, for
            embeddings, biases, norms and the first and last layers.
        matrix_learning_rate: Peak learning rate of Muon, for the matrices inside the transformer
            blocks; 0 trains these by AdamW as well.
        weight_decay: Weight decay of both optimisers.
        ema: Decay of the exponential moving average of the weights; the average is what is saved.
        seed: Determines, with the step number, everything random in the run.
        device: "cpu", "cuda", or "auto" for CUDA if there is a card.
        threads: CPU threads; 0 keeps torch's default.
        seconds: Time limit, after which the run writes a checkpoint and stops; the same command
            continues it. 0 sets no limit.
        compile: Run the model through torch.compile.
        checkpoint_seconds: Seconds between checkpoints.
        log_every: Steps between lines of the log.
        evaluations: Number of evaluations on held-out data during the run.
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
    """Settings shared by the training runs of tokenizer and generator.

    Attributes:
        out: Folder of the run.
        cache: Folder that `caddis data prepare` wrote.
        preset: Name of the preset to train.
    """

    out: Path = Path("runs/nano")
    cache: Path = Path("cache/openmix")
    preset: str = "nano"


@dataclass(frozen=True)
class TokenizerTraining(Training):
    """Settings of the tokenizer's training run.

    Attributes:
        queries: Number of signed-distance samples per shape and step.
        truncation: Signed distances are clamped to +- this value before they are compared.
        soft_share: Share of the steps, at the start of the run, without rounding of latents.
        fine_drop: Share of the samples that are decoded from coarse tokens alone.
        coarse_drop: Share decoded from only some of the coarse tokens; included in `fine_drop`.
        quantizer: Replaces the preset's quantizer unless empty.
        folded: Fold shapes by their symmetry; False is an ablation.
        framed: Stretch shapes to their box; False is an ablation.
        paths: "both", or only the "coarse" or the "fine" codes (an ablation).
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
    """Settings of the generator's training run.

    Attributes:
        views: Number of tokenisations per training shape (resampled points, mirror, stretch).
        label_smoothing: Label smoothing of the cross-entropy.
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
