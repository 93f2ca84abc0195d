"""In which order should the generator write the coarse cells?

    python -m benchmarks.coarse_order [--cache cache/openmix] [--steps 300]

Trains one small generator for each order on the tokens of the shipped tokenizer, all with the same
steps and seed, and writes docs/coarse-order.md. The codes are the same, only their order differs.
"""

from __future__ import annotations

import dataclasses
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import tyro
from numpy.typing import NDArray

from benchmarks.common.markdown import header, page, spaced_table
from caddis.data.training_set import TrainingSet
from caddis.generation.config import FRAME_TOKENS, GeneratorTraining, preset
from caddis.generation.generator import Generator
from caddis.generation.text_encoder import TextEncoder
from caddis.generation.training.generator_run import GeneratorLoss, TokenData, evaluate, token_data
from caddis.generation.training.loop import Run, fit
from caddis.generation.weights import load_tokenizer
from caddis.geometry.files.atomic import write_text

_SIDE = 4  # coarse cells along a side


@dataclass(frozen=True)
class Options:
    """What to compare.

    Attributes:
        cache: Prepared data.
        weights: Folder of the tokenizer.
        steps: Steps of each run.
        batch: Shapes a step.
        seed: Of all runs.
        threads: Of torch.
        out: The page.
    """

    cache: Path = Path("cache/openmix")
    weights: Path = Path("assets/models/nano")
    steps: int = 300
    batch: int = 64
    seed: int = 0
    threads: int = 2
    out: Path = Path("docs/coarse-order.md")


def orders() -> dict[str, NDArray[np.int64]]:
    """Return the order of the 64 cells by name, as places in the tokenizer's own order."""
    cells = np.arange(_SIDE**3)
    z, y, x = np.unravel_index(cells, (_SIDE,) * 3)
    middle = (_SIDE - 1) / 2
    out = (x - middle) ** 2 + (y - middle) ** 2
    return {
        "floor upwards, row by row (as shipped)": cells,
        "floor upwards, the middle of each floor first": np.lexsort((cells, out, z)),
        "top downwards, row by row": np.lexsort((x, y, -z)),
        "from the middle of the box outwards": np.lexsort((cells, out + (z - middle) ** 2)),
        "column by column, each from the floor upwards": np.lexsort((z, x, y)),
        "mixed up": np.random.default_rng(0).permutation(cells),
    }


def measure(options: Options, data: TokenData, order: NDArray[np.int64], objects: TrainingSet,
            model: Generator) -> dict[str, float]:  # fmt: skip
    """Train one generator on reordered tokens and return its held-out figures."""
    columns = np.concatenate([np.arange(FRAME_TOKENS), FRAME_TOKENS + order])
    data = dataclasses.replace(data, tokens=data.tokens[:, :, columns])
    held_out = objects.rows("val")
    with tempfile.TemporaryDirectory() as folder:
        config = GeneratorTraining(
            cache=options.cache, out=Path(folder), steps=options.steps, batch=options.batch,
            seed=options.seed, threads=options.threads, device="cpu",
        )  # fmt: skip
        run = Run(
            "generator", config, model, loss=GeneratorLoss(data, objects.rows("train"), config),
            evaluate=lambda average, device: evaluate(average, data, held_out, device),
        )  # fmt: skip
        return evaluate(fit(run), data, held_out, torch.device("cpu"))


def main(options: Options) -> None:
    """Measure every order and write the page."""
    objects, tokenizer = TrainingSet(options.cache), load_tokenizer(options.weights)
    encoder = TextEncoder.from_assets()
    shape = dataclasses.replace(
        preset("nano").generator, codes=tokenizer.config.coarse_codes,
        code_dim=tokenizer.coarse_quantizer.book().shape[1],
        categories=tuple(objects.categories), text_dim=encoder.dims,
    )  # fmt: skip
    once = GeneratorTraining(seed=options.seed, views=1, device="cpu")
    data = token_data(objects, tokenizer, encoder, once)
    rows = []
    for name, order in orders().items():
        model = Generator(shape, seed=options.seed)
        model.start_from_book(tokenizer.coarse_quantizer.book().detach())
        figures = measure(options, data, order, objects, model)
        print(name, figures, flush=True)
        rows.append([name, *(f"{figures[key]:.3f}" for key in ("bits_codes", "bits_per_token"))])
    command = (
        f"python -m benchmarks.coarse_order --steps {options.steps} --batch {options.batch} "
        f"--seed {options.seed}"
    )
    lines = [
        *header("Order in which the generator writes the coarse cells", command),
        f"Preset nano, {options.steps} steps of {options.batch} shapes from scratch for each "
        f"order, on the tokens of the shipped tokenizer; {len(objects.rows('train')):,} training "
        f"objects, bits on {len(objects.rows('val')):,} held-out ones, per code (of 64) and per "
        "token (of all 68). The frame always comes first. One seed.", "",
        *spaced_table(["order", "bits a code", "bits a token"], rows),
    ]  # fmt: skip
    write_text(options.out, page(lines))


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
