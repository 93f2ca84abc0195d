"""Seeds derived from names, so that any part of a run can be repeated on its own."""

from __future__ import annotations

import hashlib


def derived_seed(*parts: object) -> int:
    """Return a seed in [0, 2^63) from the parts' text, the same on every machine."""
    text = "/".join(str(part) for part in parts)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1
