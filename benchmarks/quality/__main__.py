"""How good is the model? Reconstruction, generated sets, class accuracy, memorisation.

    python -m benchmarks.quality [--weights FOLDER] [--cache FOLDER] [--count 100] [--seed 0]

Writes docs/quality.md and its pictures. Finished stages are kept in runs/quality.
"""

from __future__ import annotations

import torch
import tyro

from benchmarks.quality import pictures
from benchmarks.quality.bench import Bench, Options
from benchmarks.quality.classifier import accuracy
from benchmarks.quality.distribution import distribution
from benchmarks.quality.memorisation import memorisation
from benchmarks.quality.page import page
from benchmarks.quality.progress import say
from benchmarks.quality.reconstruction import reconstruction
from geometry.files import write_text


def main(options: Options) -> None:
    """Measure, draw, write the page."""
    torch.set_num_threads(1)  # the cores are filled by threads of our own
    bench = Bench(options)
    say(f"kept results: {bench.store.folder}")
    rebuilt = bench.store.figures("reconstruction", lambda: reconstruction(bench))
    sets = bench.store.figures("distribution", lambda: distribution(bench))
    copied = bench.store.figures("memorisation", lambda: memorisation(bench))
    classes = bench.store.figures("accuracy", lambda: accuracy(bench))
    pictures.prefix(bench, rebuilt)
    pictures.nearest(bench, copied)
    pictures.histogram(bench, copied)
    pictures.samples(bench)
    target = options.out / "quality.md"
    write_text(target, page(bench, rebuilt, sets, classes, copied))
    say(f"wrote {target}")


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
