"""Several drafts of one object: which meets the words of the text best, read off their shapes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from caddis.data.attributes.asked import Wish, scores
from caddis.data.attributes.reader import read
from caddis.data.attributes.reading import Readings
from caddis.geometry.errors import NotSolidError
from caddis.geometry.frame import to_canonical
from caddis.geometry.surfaces.connected import WHOLE, Connected


def best_first(surfaces: Sequence[Connected], wishes: Sequence[Wish]) -> list[int]:
    """Return the numbers of drafts, those that meet most wishes first.

    Drafts in one piece stay before the others. Where two meet equally many, their order stays.

    Args:
        surfaces: Of N drafts.
        wishes: At least one.
    """
    if not surfaces:
        return []
    sides = np.array([np.ptp(one.mesh.vertices, axis=0) for one in surfaces])
    found = scores(wishes, [_readings(one) for one in surfaces], sides)
    broken = np.array([float(one.share < WHOLE) for one in surfaces])
    return [int(row) for row in np.lexsort((-found, broken))]


def verdicts(surface: Connected, wishes: Sequence[Wish]) -> dict[str, bool | None]:
    """Tell for the words of each wish whether a draft meets it; None if that cannot be read off.

    Words of proportion ("tall") are left out: they have no limit of their own.
    """
    stated = [wish for wish in wishes if not wish.proportion]
    readings = _readings(surface) if stated else {}
    return {wish.words: wish.met_by(readings) for wish in stated}


def _readings(surface: Connected) -> Readings:
    try:
        return read(to_canonical(surface.mesh))
    except NotSolidError:
        return {}
