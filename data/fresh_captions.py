"""Captions of a prepared object, another one each time it is seen in training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from caddis.data.attributes.words import draw_caption

WRITTEN_SHARE = 0.3
"""How often a caption from a name, or a phrase about the category, is taken where there is one."""


def fresh_caption(entry: Mapping[str, Any], rng: np.random.Generator) -> str:
    """Return a caption of an object.

    Most are made up from its nouns and from the attributes that its shape has, so that no
    string is learned by heart; the others are those written for it: from its name, or phrases
    about its category that do not name it.

    Args:
        entry: The object in `objects.json`: "category", "captions", "nouns", "attributes".
        rng: Source of randomness; the same state, the same caption.

    Returns:
        A phrase; "" if nothing is known of the object.
    """
    written = entry["captions"]
    if written and rng.random() < WRITTEN_SHARE:
        return str(written[int(rng.integers(len(written)))])
    values = {name: reading[0] for name, reading in entry["attributes"].items()}
    made_up = draw_caption(entry["category"], entry["nouns"], values, rng)
    return made_up or (str(written[0]) if written else "")
