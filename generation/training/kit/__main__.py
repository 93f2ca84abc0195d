"""`python -m caddis.generation.training.kit`: pack, run, results, unpack; see docs/training.md.

Until `run` has made missing packages importable, this module imports only the standard library and
modules of this project that need nothing else.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from caddis.data.families import OBJECTS_A_FAMILY
from caddis.generation.training.kit.packages import ARCHIVE, put_in
from caddis.geometry.errors import CaddisError

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]
DONE, REFUSED, GO_ON = 0, 2, 3
"""Exit codes: everything is trained; bad input; the same command has to be run again."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of the kit and return its exit code."""
    began = time.monotonic()
    given = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(message)s", force=True)
    try:
        if given.command == "pack":
            return _pack(given)
        if given.command == "unpack":
            return _unpack(given)
        return _run(given, began)
    except CaddisError as error:
        logger.error("%s", error)
        return REFUSED


def _pack(given: argparse.Namespace) -> int:
    from caddis.generation.training.kit.packing import pack

    pack(ROOT, given.kit, given.python)
    return DONE


def _unpack(given: argparse.Namespace) -> int:
    from caddis.generation.training.kit.results import unpack

    for name in unpack(given.results, given.to):
        logger.info("%s", given.to / name)
    return DONE


def _run(given: argparse.Namespace, began: float) -> int:
    """Train for one piece (`run`), or only write the results (`results`)."""
    used = put_in(given.kit / ARCHIVE, given.folder / "site-packages")
    if used:
        logger.info("from the kit's archive: %s", ", ".join(used))
    from caddis.generation.training.kit.pieces import Options, Piece
    from caddis.generation.training.kit.results import write_results

    options: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in vars(given).items()
        if key in Options.__dataclass_fields__
    }
    piece = Piece(Options(**options), began)
    if given.command == "results":
        write_results(piece, given.out, finished=False)
        return DONE
    try:
        finished = piece.run() and piece.left() > 0  # measuring takes some seconds, too
    except Exception:
        write_results(piece, given.out, finished=False)  # those of the finished models
        raise
    write_results(piece, given.out, finished=finished)
    logger.info("all is trained" if finished else "not finished: give the same command again")
    return DONE if finished else GO_ON


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m caddis.generation.training.kit", description=__doc__
    )
    commands = parser.add_subparsers(dest="command", required=True)
    pack = commands.add_parser("pack", help="write the files to copy with the checkout")
    pack.add_argument("--kit", type=Path, default=Path("kit"), help="folder of the kit")
    pack.add_argument("--python", default="3.12", help="version of Python on that machine")
    run = commands.add_parser("run", help="train until the time is over; can be repeated")
    results = commands.add_parser("results", help="write the results of a run once more")
    for command in (run, results):
        _add_choices(command)
    _add_run_options(run)
    unpack = commands.add_parser("unpack", help="join and unpack the results")
    unpack.add_argument("results", type=Path, help="folder with results.tar.00 ...")
    unpack.add_argument("--to", type=Path, default=Path("runs/kit-results"), help="target folder")
    return parser


def _add_choices(parser: argparse.ArgumentParser) -> None:
    """Add the options that `run` and `results` share."""
    add = parser.add_argument
    out = Path(os.environ.get("OUT", "runs/kit-out"))
    add("--train", nargs="+", default=["tokenizer", "generator"], help="models to train")
    add("--preset", nargs="+", dest="presets", default=["small", "nano"], help="presets to train")
    add("--folder", type=Path, default=Path("runs/kit"), help="plan, checkpoints and weights")
    add("--cache", type=Path, default=Path("cache/openmix"), help="prepared data, made if missing")
    add("--kit", type=Path, default=Path("kit"), help="folder that `pack` wrote")
    add("--out", type=Path, default=out, help="folder of the results; default $OUT if set")
    add("--device", default="auto", help="cpu, cuda or auto")


def _add_run_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--seconds", type=float, default=570.0, help="length of this piece")
    add("--budget", type=float, default=0.0, help="seconds of all pieces together; sets the steps")
    add("--steps", type=int, default=0, help="steps of every model; 0: its default")
    add("--batch", type=int, default=0, help="samples per step; 0: the model's default")
    add("--compile", choices=["auto", "on", "off"], default="auto", help="torch.compile")
    add("--seed", type=int, default=0, help="seed of everything random")
    add("--families", type=int, default=OBJECTS_A_FAMILY, help="objects per family")
    add("--workers", type=int, default=0, help="processes that prepare data; 0: one per core")
    add("--probe-seconds", type=float, default=8.0, help="duration of measuring the speed")
    add("--margin", type=float, default=20.0, help="seconds reserved at the end of a piece")


if __name__ == "__main__":
    sys.exit(main())
