"""What `generate` and `showcase` share: a request with a progress bar, objects one by one."""

from __future__ import annotations

from collections.abc import Iterator

from caddis.app.progress import token_progress
from caddis.generation.pipeline import Generated, Request, generate
from caddis.generation.sampling import Sampling


def sampling(*, guidance: float | None, temperature: float | None, top_p: float | None) -> Sampling:
    """Return how to draw tokens; None leaves a value at its default.

    Raises:
        ConfigError: A value is outside its range.
    """
    given = {"guidance": guidance, "temperature": temperature, "top_p": top_p}
    return Sampling(**{name: value for name, value in given.items() if value is not None})


def generate_with_progress(request: Request) -> Iterator[Generated]:
    """Yield the objects of a request as they are meshed, with a bar on standard error."""
    with token_progress(request.words, request.count) as progress:
        for made in generate(request, on_token=progress.token):
            progress.object_done()
            yield made
