"""The results of the training machine: a readable report, and all files in a few parts.

Such a machine may return at most 8 files of 16 MiB, 64 MiB in total, and a file of weights may be
larger. All files are therefore packed into one tar that is cut into parts.
"""

from __future__ import annotations

import io
import logging
import tarfile
from collections.abc import Iterable
from pathlib import Path

import torch
from safetensors.torch import save as save_tensors

from caddis.generation.training.kit.models import MODELS, Figures, facts
from caddis.generation.training.kit.pieces import Piece, share_of_peak
from caddis.generation.training.kit.plan import Part
from caddis.generation.training.log import read_log
from caddis.geometry.errors import DataError
from caddis.geometry.files.atomic import write_bytes, write_text

logger = logging.getLogger(__name__)

PART_BYTES = 15 * 2**20
MOST_BYTES = 60 * 2**20
REPORT, TAR = "report.md", "results.tar"
UNFINISHED = "unfinished"

Members = dict[str, bytes]
"""Path in the tar -> content."""


def write_results(piece: Piece, out: Path, *, finished: bool) -> None:
    """Write the report and the parts of the tar to `out`.

    Finished weights come first, by the order of the presets. Files that exceed the limit are left
    out and named in the report. For an unfinished model, the running average of its weights so far
    is included, because the machine may be taken back at any time.

    Args:
        piece: The current call.
        out: Folder for the results.
        finished: Whether everything is trained; only then are the weights measured once more.
    """
    measured = _measured(piece) if finished else {}
    members, dropped = _chosen(_files(piece))
    text = report(piece, measured, dropped)
    members = {REPORT: text.encode(), **members}
    for number, content in enumerate(cut(_tar(members))):
        write_bytes(out / f"{TAR}.{number:02d}", content)
    write_text(out / REPORT, text)
    logger.info("\n%s", text)


def unpack(folder: Path, target: Path) -> list[str]:
    """Join the parts of a tar and unpack it; return the names of its files.

    Raises:
        DataError: There are no parts, or one is missing or damaged.
    """
    parts = sorted(folder.glob(f"{TAR}.*"))
    hint = "Copy all parts of one call into one folder."
    if not parts:
        raise DataError(f"there is no {TAR}.00", str(folder), hint)
    try:
        joined = b"".join(part.read_bytes() for part in parts)
        with tarfile.open(fileobj=io.BytesIO(joined)) as archive:
            archive.extractall(target, filter="data")
            return archive.getnames()
    except tarfile.TarError as error:
        raise DataError(f"the parts do not fit together: {error}", str(folder), hint) from error


def report(piece: Piece, measured: dict[str, Figures], dropped: list[str]) -> str:
    """Return a report on what was trained, how fast and how well, as Markdown.

    Args:
        piece: The current call.
        measured: Figures by the name of a part, for parts that were measured once more.
        dropped: Files that were left out.
    """
    plan = piece.plan
    lines = [
        "# Training run",
        "",
        f"{plan.device or 'no device yet'}, {plan.peak / 1e12:.3g} TFLOP/s in a large product; "
        f"data prepared in {plan.prepared_seconds:.0f} s.",
        "",
        "| model | parameters | step | of | batch | compiled | steps/s | objects/s "
        "| GFLOP a step | share of peak | seconds |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
        *(_speed_row(piece, part) for part in plan.parts),
        "",
        "| model | split | held-out figures |",
        "|---|---|---|",
        *(row for part in plan.parts for row in _figure_rows(piece, part, measured)),
    ]
    if dropped:
        names = ", ".join(dropped)
        lines += ["", f"Left out, too large together: {names}. `kit results` with fewer --preset "
                  "or --train brings them."]  # fmt: skip
    return "\n".join(lines) + "\n"


def cut(content: bytes) -> list[bytes]:
    """Cut a tar into parts of at most 15 MiB."""
    return [content[at : at + PART_BYTES] for at in range(0, len(content), PART_BYTES)]


def _measured(piece: Piece) -> dict[str, Figures]:
    found = {}
    for part in _requested(piece):
        if not part.done:
            continue
        logger.info("measuring the %s", part.name)
        settings = piece.settings(part)
        found[part.name] = MODELS[part.model].measure(settings, piece.device)
    return found


def _requested(piece: Piece) -> list[Part]:
    options = piece.options
    return [p for p in piece.plan.parts if p.preset in options.presets and p.model in options.train]


def _speed_row(piece: Piece, part: Part) -> str:
    folder = piece.options.folder / part.preset
    log = read_log(folder / f"{part.model}.jsonl")
    step = int(log[-1]["step"]) + 1 if log else 0
    seconds = log[-1]["seconds"] if log else 0.0
    rate = step / seconds if seconds else 0.0
    parameters = facts(folder, part.model).get("parameters", 0)
    return (
        f"| {part.name} | {parameters:,} | {step} | {part.steps} | {part.batch} "
        f"| {'yes' if part.compile else 'no'} | {rate:.3g} | {rate * part.batch:.0f} "
        f"| {part.flops / 1e9:.4g} | {share_of_peak(part, rate, piece.plan.peak)} "
        f"| {seconds:.0f} |"
    )


def _figure_rows(piece: Piece, part: Part, measured: dict[str, Figures]) -> list[str]:
    """Return the figures of the finished weights, or those in the last line of the log."""
    folder = piece.options.folder / part.preset
    figures = measured.get(part.name, {})
    if not figures and part.done:
        figures = {"val": dict(facts(folder, part.model).get("held_out", {}))}
    if not figures:
        log = [one for one in read_log(folder / f"{part.model}.jsonl") if "loss" in one]
        last = {key: value for key, value in (log[-1] if log else {}).items() if key != "seconds"}
        figures = {"last line of the log": last}
    return [
        f"| {part.name} | {split} | {', '.join(f'{k} {v:.4g}' for k, v in values.items())} |"
        for split, values in figures.items()
    ]


def _files(piece: Piece) -> Iterable[tuple[str, bytes]]:
    """Yield the files to return, the most important first."""
    asked, folder = _requested(piece), piece.options.folder
    if not piece.plan_file.is_file():
        raise DataError("there is no run", str(folder), "Give the folder of a run with --folder.")
    yield "plan.json", piece.plan_file.read_bytes()
    for preset in dict.fromkeys(part.preset for part in asked):
        for path in sorted((folder / preset).glob("*")):
            if path.suffix in {".json", ".jsonl", ".png", ".md"}:
                yield f"{preset}/{path.name}", path.read_bytes()
    for part in asked:
        inside = folder / part.preset
        weights = inside / f"{part.model}.safetensors"
        checkpoint = inside / f"{part.model}.checkpoint"
        if part.done and weights.is_file():
            yield f"{part.preset}/{weights.name}", weights.read_bytes()
        elif checkpoint.is_file():
            name = f"{part.preset}/{part.model}.{UNFINISHED}.safetensors"
            yield name, _average(checkpoint)


def _average(checkpoint: Path) -> bytes:
    """Return the running average of a checkpoint as safetensors, matrices in bfloat16."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)["average"]
    half = {
        key: value.to(torch.bfloat16) if value.is_floating_point() and value.ndim > 1 else value
        for key, value in state.items()
    }
    return save_tensors({key: value.contiguous() for key, value in half.items()})


def _chosen(files: Iterable[tuple[str, bytes]]) -> tuple[Members, list[str]]:
    members, dropped, size = Members(), list[str](), 0
    for name, content in files:
        if size + len(content) > MOST_BYTES:
            dropped.append(name)
            continue
        members[name] = content
        size += len(content)
    return members, dropped


def _tar(members: Members) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()
