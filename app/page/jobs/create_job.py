"""The job "create": generates objects from words, with previews."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from caddis.app.making.generate import generated
from caddis.app.making.made import Made
from caddis.app.outputs import slug
from caddis.app.page.jobs.save_solid import save_solid
from caddis.app.page.jobs.snippets import create_snippets
from caddis.app.page.parts.views import write_picture
from caddis.geometry.errors import NoSurfaceError

if TYPE_CHECKING:
    from caddis.generation.request import Request

Emit = Callable[..., None]
Options = Mapping[str, Any]

PREVIEWS_AT = (20, 36, 52)
"""Numbers of tokens after which a preview is drawn: the frame and one, two or three of the four
layers of cells."""
_PREVIEW_CELLS, _PREVIEW_PIXELS = 40, 256


def create(options: Options, folder: Path, emit: Emit) -> None:
    """Generate objects with previews; write one result per object, to the folders `0`, `1`, ...

    Options: those of `caddis.generation.pipeline.Request`, "guidance", and "start" (tokens).
    """
    emit("progress", text="loading the model")
    from caddis.generation.models import load_models

    request, start = request_of(options), options.get("start", [])
    models = load_models(request.preset, request.device)
    tokenizer, total = models.tokenizer, models.generator.config.tokens

    def on_drafts(tokens: NDArray[np.int64]) -> None:
        written = tokens.shape[-1]
        if written % 4 == 0:
            emit("progress", text=f"{written} of {total} tokens", done=written, of=total)
        if written in PREVIEWS_AT and written > len(start):
            pictures = [
                _preview(tokenizer, row[0], folder / f"preview-{written}-{item}.png")
                for item, row in enumerate(tokens)
            ]
            emit("preview", tokens=written, pictures=[str(path) for path in pictures if path])

    for made in generated(request, on_drafts=on_drafts, start=start):
        item = int(made.record["item"])
        target = folder / str(item)
        target.mkdir()
        _save_generated(made, request, list(start), target)
        emit("result", folder=str(target), done=item + 1, of=request.count)
        if item + 1 < request.count:
            emit("progress", text=f"{item + 1} of {request.count} objects are solid")


def request_of(options: Options) -> Request:
    """Return the request for the options of a job.

    Raises:
        ConfigError: An option is out of range.
    """
    from caddis.generation.request import Request, Sampling

    given = {name: value for name, value in options.items() if name not in {"start", "guidance"}}
    if options.get("guidance") is not None:
        given["sampling"] = Sampling(guidance=options["guidance"])
    return Request(**given)


def _preview(tokenizer: Any, tokens: NDArray[np.int64], path: Path) -> Path | None:
    """Draw the shape of the first tokens; return None if it has no surface yet."""
    import torch

    from caddis.geometry.surfaces.backends import backend

    field = tokenizer.shape_field(torch.from_numpy(tokens))
    try:
        mesh = backend("marching-cubes").from_field(field, _PREVIEW_CELLS)
    except NoSurfaceError:
        return None
    write_picture(mesh, path, _PREVIEW_PIXELS)
    return path


def _save_generated(made: Made, request: Request, start: list[int], target: Path) -> None:
    item = int(made.record["item"])
    stem = f"{slug(request.words)}-{request.seed}"
    if request.count > 1:
        stem += f"-{item + 1}"
    origin = {
        "tokens": made.record["tokens"],
        "start": start,
        "seed": request.seed,
        "item": item,
        "weights_sha256": made.record["weights_sha256"],
        "options": {
            "text": request.text, "category": request.category, "height_mm": request.height_mm,
            "wide_mm": request.wide_mm, "deep_mm": request.deep_mm, "size_mm": request.size_mm,
            "longest_mm": request.longest_mm, "symmetry": request.symmetry,
            "process": request.process, "resolution": request.resolution, "faces": request.faces,
            "surface": request.surface, "guidance": request.sampling.guidance,
        },
    }  # fmt: skip
    snippets = create_snippets(request, start, item)
    save_solid(made, target, stem, kind="create", snippets=snippets, more={"origin": origin})
