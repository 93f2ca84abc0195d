"""Generates objects from words or a category."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from caddis.app.making.made import GENERATED_LICENCE, Made, versions
from caddis.geometry.errors import CaddisError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from caddis.generation.pipeline import Generated, Request


@dataclass(frozen=True)
class Refused:
    """An object of a request that could not be made.

    Attributes:
        item: Which of the request's objects, from 0.
        reason: Why not.
    """

    item: int
    reason: CaddisError


class Generation(list[Made]):
    """The objects of one request that could be made, in order.

    Attributes:
        refused: The objects that could not be made.
    """

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[Refused] = []


def generation(
    request: Request, *, on_token: Callable[[int, int], None] | None = None
) -> Generation:
    """Make all objects of a request.

    Raises:
        CaddisError: The request is refused, or none of its objects can be made.
    """
    made = Generation()
    refuse = made.refused.append
    made.extend(generated(request, on_token=on_token, on_refused=refuse))
    if not made:
        raise made.refused[0].reason
    return made


def generated(
    request: Request,
    *,
    name: str = "",
    on_token: Callable[[int, int], None] | None = None,
    on_drafts: Callable[[NDArray[np.int64]], None] | None = None,
    on_refused: Callable[[Refused], None] | None = None,
    start: Sequence[int] = (),
) -> Iterator[Made]:
    """Yield the objects of a request as they are meshed.

    Args:
        request: What to make.
        name: Title of objects for which no words were given; by default the request's.
        on_token: See `caddis.generation.pipeline.generate`.
        on_drafts: See `caddis.generation.pipeline.generate`.
        on_refused: Called for each object that cannot be made; the others are still made. When
            None, the first such object raises its error.
        start: Tokens that every object begins with.

    Raises:
        CaddisError: As `caddis.generation.pipeline.generate` does.
    """
    from caddis.generation.pipeline import generate

    def refused(item: int, reason: CaddisError) -> None:
        if on_refused is None:
            raise reason
        on_refused(Refused(item, reason))

    for one in generate(
        request, on_token=on_token, on_drafts=on_drafts, on_refused=refused, start=start
    ):
        yield made_of(one, name or request.words)


def made_of(one: Generated, name: str) -> Made:
    """Return a generated object with its title, licence and record."""
    record: dict[str, Any] = {**one.record(), "versions": versions()}
    return Made(
        one.mesh,
        one.report,
        title=", ".join(one.condition.values()) or name,
        licence=GENERATED_LICENCE,
        record=record,
        changes=one.changes,
        seconds=one.stage_seconds,
        generated=one,
    )
