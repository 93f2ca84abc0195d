"""Paths of the files that ship with Caddis, in a checkout and in an installed wheel."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def asset(*names: str) -> Path:
    """Return the path of a file or folder below `assets`; it need not exist.

    Example:
        >>> asset("models", "nano", "config.json").is_file()
        True
    """
    return Path(str(files("caddis.assets"))).joinpath(*names)
