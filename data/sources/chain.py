"""Several sources, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caddis.data.record import ObjectRecord
from caddis.data.source import Source


class Chain:
    """The records of all sources in turn; their ids must differ between the sources."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = tuple(sources)

    @property
    def name(self) -> str:
        """The names of the sources."""
        return " and ".join(source.name for source in self._sources)

    def __len__(self) -> int:
        """Return the number of records of all sources."""
        return sum(map(len, self._sources))

    def __iter__(self) -> Iterator[ObjectRecord]:
        """Yield the records of the first source, then of the next."""
        for source in self._sources:
            yield from source
