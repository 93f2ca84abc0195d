"""How good is the model? Reconstruction, generated sets, class accuracy, memorisation.

    python -m benchmarks.quality [--only STAGES] [--weights FOLDER] [--cache FOLDER]

Writes docs/quality.md and its pictures. Finished stages are kept in runs/quality. With --only,
the sections of the other stages stay on the page as they are. The stage "reconstruction" needs
only the tokenizer's weights.
"""

from __future__ import annotations

import torch
import tyro

from benchmarks.common.markdown import assembled
from benchmarks.common.progress import say
from benchmarks.quality import page, pictures
from benchmarks.quality.bench import Bench, Options, Stage
from benchmarks.quality.classifier import accuracy
from benchmarks.quality.distribution import distribution
from benchmarks.quality.eval_meshes import eval_meshes
from benchmarks.quality.memorisation import memorisation
from benchmarks.quality.page_reconstruction import reconstruction_section
from benchmarks.quality.reconstruction import reconstruction
from caddis.geometry.files.atomic import write_text


def main(options: Options) -> None:
    """Measure, draw, write the page."""
    torch.set_num_threads(1)  # the cores are filled by threads of our own
    bench = Bench(options)
    target = options.out / "quality.md"
    for stage in (one for one in page.ORDER if one in options.only):
        section = _measured(bench, stage)
        # written after each stage, so that a run that is stopped keeps what it measured
        earlier = target.read_text("utf-8") if target.exists() else ""
        write_text(target, assembled(page.head(bench), page.ORDER, {stage: section}, earlier))
        say(f"wrote {target}: {stage}")


def _measured(bench: Bench, stage: Stage | str) -> list[str]:
    """Do one stage, or take what is kept of it; draw its pictures and return its section."""
    match stage:
        case "reconstruction":
            rebuilt = reconstruction(bench)
            unlike = eval_meshes(bench)
            pictures.reconstructions(bench, rebuilt)
            return reconstruction_section(bench, rebuilt, unlike)
        case "distribution":
            found = bench.store.figures("distribution", lambda: distribution(bench))
            return page.distribution_section(bench, found)
        case "accuracy":
            found = bench.store.figures("accuracy", lambda: accuracy(bench))
            return page.accuracy_section(bench, found)
        case "memorisation":
            found = bench.store.figures("memorisation", lambda: memorisation(bench))
            pictures.nearest(bench, found)
            pictures.histogram(bench, found)
            return page.memorisation_section(bench, found)
        case _:
            pictures.samples(bench)
            return page.pictures_section(bench)


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
