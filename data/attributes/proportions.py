"""Proportions of the bounding box as words: tall, wide, thin ..."""

from __future__ import annotations

import numpy as np

from caddis.data.attributes.reading import Reading, Readings
from caddis.data.attributes.solid import Solid

BUILDS = ("cubic", "slender", "tall", "flat", "low", "long", "wide", "narrow", "thin")


def proportions(solid: Solid) -> Readings:
    """Return the words that apply to a box with sides w (x), d (y), h (z), independently.

    | word | when | number |
    |---|---|---|
    | cubic | all sides within 8 % | longest / shortest |
    | tall | h > 1.5 max(w, d) | h / max(w, d) |
    | slender | tall, and h > 3.2 max(w, d) | the same |
    | low | h < .5 max(w, d) | the same |
    | flat | h < .15 max(w, d) | the same |
    | long | max(w, d) > 2.3 min(w, d) and > 1.4 h | max(w, d) / min(w, d) |
    | wide | w > 1.5 d and w > 1.2 h | w / d |
    | narrow | w < .38 d or w < .25 h | w / max(d, h) |
    | thin | d < .14 w and d < .14 h (a plate that stands) | d / min(w, h) |
    """
    w, d, h = (max(float(side), 1e-6) for side in solid.size)
    across, short = max(w, d), min(w, d)
    spread = float(np.max(solid.size) / np.min(solid.size))
    rows = {
        "cubic": (spread < 1.08, spread),
        "tall": (h > 1.5 * across, h / across),
        "slender": (h > 3.2 * across, h / across),
        "low": (h < 0.5 * across, h / across),
        "flat": (h < 0.15 * across, h / across),
        "long": (across > 2.3 * short and across > 1.4 * h, across / short),
        "wide": (w > 1.5 * d and w > 1.2 * h, w / d),
        "narrow": (w < 0.38 * d or w < 0.25 * h, w / max(d, h)),
        "thin": (d < 0.14 * min(w, h), d / min(w, h)),
    }
    return {word: Reading(bool(is_so), number) for word, (is_so, number) in rows.items()}
