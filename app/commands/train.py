"""`caddis train`: train the models of `caddis generate` on prepared data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import tyro

from caddis.app.commands.base import PASSED, Command
from caddis.generation.config import GeneratorTraining, TokenizerTraining

TOKENIZER_STEPS = TokenizerTraining.steps
GENERATOR_STEPS = GeneratorTraining.steps


@dataclass(frozen=True, kw_only=True)
class TrainTokenizer(Command):
    """Train the tokenizer; an unfinished run in --out continues."""

    training: TokenizerTraining = field(default_factory=TokenizerTraining)

    def run(self) -> int:
        """Train the tokenizer."""
        _train_tokenizer(self.training)
        return PASSED


@dataclass(frozen=True, kw_only=True)
class TrainGenerator(Command):
    """Train the generator on the tokenizer in --out; an unfinished run there continues."""

    training: GeneratorTraining = field(default_factory=GeneratorTraining)

    def run(self) -> int:
        """Train the generator."""
        _train_generator(self.training)
        return PASSED


@dataclass(frozen=True, kw_only=True)
class TrainAll(Command):
    """Train the tokenizer, then the generator; an unfinished run in --out continues."""

    cache: Path = TokenizerTraining.cache
    """Folder that `caddis data prepare` wrote."""
    out: Path = TokenizerTraining.out
    """Folder of the run: checkpoints, logs, curves and finished weights."""
    preset: str = TokenizerTraining.preset
    """Size of the models: nano, small, base, large or huge."""
    tokenizer_steps: int = TOKENIZER_STEPS
    """Optimiser steps of the tokenizer."""
    generator_steps: int = GENERATOR_STEPS
    """Optimiser steps of the generator."""
    steps: int | None = None
    """Optimiser steps of each, instead of the two above."""
    seed: int = 0
    """Seed of all random numbers."""
    device: str = "auto"
    """cpu, cuda, or auto (CUDA if there is a GPU)."""
    threads: int = 0
    """CPU threads; 0 for torch's default."""

    def run(self) -> int:
        """Train both models."""
        tokenizer, generator = self.parts()
        _train_tokenizer(tokenizer)
        _train_generator(generator)
        return PASSED

    def parts(self) -> tuple[TokenizerTraining, GeneratorTraining]:
        """Return the settings of the two runs."""
        shared = {
            "cache": self.cache,
            "out": self.out,
            "preset": self.preset,
            "seed": self.seed,
            "device": self.device,
            "threads": self.threads,
        }
        first = self.tokenizer_steps if self.steps is None else self.steps
        second = self.generator_steps if self.steps is None else self.steps
        return (
            TokenizerTraining(**shared, steps=first),  # type: ignore[arg-type]  # mixed values
            GeneratorTraining(**shared, steps=second),  # type: ignore[arg-type]
        )


@dataclass(frozen=True)
class Train:
    """Train the models: the tokenizer, then the generator, unless one is named."""

    model: (
        Annotated[TrainTokenizer, tyro.conf.subcommand("tokenizer")]
        | Annotated[TrainGenerator, tyro.conf.subcommand("generator")]
        | Annotated[TrainAll, tyro.conf.subcommand("all")]
    ) = TrainAll()


def _train_tokenizer(options: TokenizerTraining) -> None:
    from caddis.generation.training.tokenizer_run import train_tokenizer

    with _progress("tokenizer", options.steps, options.out) as advance:
        train_tokenizer(options, advance)


def _train_generator(options: GeneratorTraining) -> None:
    from caddis.generation.training.generator_run import train_generator

    with _progress("generator", options.steps, options.out) as advance:
        train_generator(options, advance)


@contextmanager
def _progress(model: str, steps: int, out: Path) -> Iterator[Callable[[int, float], None]]:
    from caddis.app.outputs import check_writable
    from caddis.app.progress import step_progress

    check_writable(out / "log", force=True)
    with step_progress(f"training the {model}", steps) as advance:
        yield advance
