"""The job "create", as the worker does it: objects from words, their previews first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from caddis.app.delivery import describe
from caddis.app.outputs import slug
from caddis.app.page.jobs.save_solid import save_solid
from caddis.app.page.jobs.snippets import create_snippets
from caddis.app.page.parts.views import write_picture
from caddis.geometry.errors import NoSurfaceError

if TYPE_CHECKING:
    from caddis.generation.pipeline import Generated, Request

Emit = Callable[..., None]
Options = Mapping[str, Any]

PREVIEWS_AT = (20, 36, 52)
"""After how many tokens the shapes are shown while they are being written: the frame and one,
two and three of the four layers of cells."""
_PREVIEW_CELLS, _PREVIEW_PIXELS = 40, 256


def create(options: Options, folder: Path, emit: Emit) -> None:
    """Generate objects, the previews first; one result per object, in folders `0`, `1`, ...

    Options: those of `caddis.generation.pipeline.Request`, "guidance", and "start" (tokens).
    """
    emit("progress", text="loading the model")
    from caddis.generation.models import load_models
    from caddis.generation.pipeline import generate

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

    for made in generate(request, on_drafts=on_drafts, start=start):
        place = folder / str(made.item)
        place.mkdir()
        _save_generated(made, request, list(start), place)
        emit("result", folder=str(place), done=made.item + 1, of=request.count)
        if made.item + 1 < request.count:
            emit("progress", text=f"{made.item + 1} of {request.count} objects are solid")


def request_of(options: Options) -> Request:
    """Return the request that options ask for.

    Raises:
        ConfigError: One is outside its range.
    """
    from caddis.app.generating import sampling
    from caddis.generation.pipeline import Request

    given = {name: value for name, value in options.items() if name not in {"start", "guidance"}}
    drawn = sampling(guidance=options.get("guidance"), temperature=None, top_p=None)
    return Request(**given, sampling=drawn)


def _preview(tokenizer: Any, tokens: NDArray[np.int64], path: Path) -> Path | None:
    """Draw the shape of a few tokens; None if they have no surface yet."""
    import torch

    from caddis.geometry.surfaces.backends import backend

    field = tokenizer.shape_field(torch.from_numpy(tokens))
    try:
        mesh = backend("marching-cubes").from_field(field, _PREVIEW_CELLS)
    except NoSurfaceError:
        return None
    write_picture(mesh, path, _PREVIEW_PIXELS)
    return path


def _save_generated(made: Generated, request: Request, start: list[int], place: Path) -> None:
    described = describe(made, request.words)
    stem = f"{slug(request.words)}-{request.seed}"
    if request.count > 1:
        stem += f"-{made.item + 1}"
    command, python = create_snippets(request, start, made.item)
    origin = {
        "tokens": made.tokens.tolist(),
        "start": start,
        "seed": request.seed,
        "item": made.item,
        "weights_sha256": made.weights_sha256,
        "options": {
            "text": request.text, "category": request.category, "height_mm": request.height_mm,
            "process": request.process, "resolution": request.resolution, "faces": request.faces,
            "surface": request.surface, "guidance": request.sampling.guidance,
        },
    }  # fmt: skip
    save_solid(
        made.mesh, made.report, place, stem, described, kind="create", changes=made.changes,
        seconds=made.stage_seconds, snippets=(command, python), more={"origin": origin},
    )  # fmt: skip
