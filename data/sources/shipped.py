"""The training data of the shipped models (pack and families), optionally with LDraw parts."""

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
    """Return the pack, then `families` objects of each family, then the LDraw parts if given.

    Raises:
        ConfigError: The number of families is out of range.
        DataError: The pack is missing or damaged, or `ldraw` is not that library.
    """
    own: list[Source] = [] if ldraw is None else [LDraw(ldraw)]
    return Chain([Pack(pack), Families(families, workers=workers), *own])
