"""What the shipped models learn from (the pack, the families), and what may be put beside it."""

from __future__ import annotations

from pathlib import Path

from caddis.data.families import OBJECTS_A_FAMILY
from caddis.data.source import Source
from caddis.data.sources.chain import Chain
from caddis.data.sources.families import Families
from caddis.data.sources.ldraw import LDraw
from caddis.data.sources.pack import OPENMIX, Pack


def shipped(
    families: int = OBJECTS_A_FAMILY,
    *,
    workers: int = 1,
    pack: Path = OPENMIX,
    ldraw: Path | None = None,
) -> Source:
    """Return the pack followed by `families` objects of each family, and the LDraw library's parts.

    Raises:
        ConfigError: The number of families is out of range.
        DataError: The pack is missing or damaged, or `ldraw` is not that library.
    """
    own: list[Source] = [] if ldraw is None else [LDraw(ldraw)]
    return Chain([Pack(pack), Families(families, workers=workers), *own])
