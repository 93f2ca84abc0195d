"""Captions of a prepared object, drawn again each time that training sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from caddis.data.attributes.words import draw_caption

WRITTEN_SHARE = 0.3
"""Chance that a stored caption (from the name, or a phrase about the category) is taken."""


def fresh_caption(entry: Mapping[str, Any], rng: np.random.Generator) -> str:
    """Return a caption of an object.

    Most captions are composed at random from the object's nouns and the attributes of its shape, so
    that the model does not memorise fixed strings. The others are stored captions: made from its
    name, or phrases that describe its category without naming it.

    Args:
        entry: The object in `objects.json`: "category", "captions", "nouns", "attributes".
        rng: Source of randomness; the same state gives the same caption.

    Returns:
        A phrase; "" if nothing is known of the object.
    """
    written = entry["captions"]
    if written and rng.random() < WRITTEN_SHARE:
        return str(written[int(rng.integers(len(written)))])
    values = {name: reading[0] for name, reading in entry["attributes"].items()}
    made_up = draw_caption(entry["category"], entry["nouns"], values, rng)
    return made_up or (str(written[0]) if written else "")
