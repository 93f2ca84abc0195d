"""The interface between the origins of objects and the code that uses them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from caddis.data.record import ObjectRecord


class Source(Protocol):
    """Something that yields records, in the same order every time.

    An object that cannot be read is not silently skipped: it is yielded with an empty mesh and its
    `problem`, and so reaches the quarantine list.
    """

    @property
    def name(self) -> str:
        """Short name for tables and error messages."""
        ...

    def __iter__(self) -> Iterator[ObjectRecord]:
        """Yield every record once; meshes are made as they are asked for."""
        ...

    def __len__(self) -> int:
        """Return the number of records."""
        ...
