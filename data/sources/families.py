"""The parametric families as a source: nothing is stored, each object is built from a seed."""

from __future__ import annotations

import hashlib
import multiprocessing
from collections.abc import Iterator, Sequence

import trimesh

from caddis.data.families import OBJECTS_A_FAMILY
from caddis.data.families.registry import families
from caddis.data.record import ObjectRecord
from caddis.data.splits import UNSEEN
from caddis.geometry.errors import ConfigError, DataError, NotSolidError

FAMILIES = "families"
"""The `source` of their records."""
MOST = 10_000


class Families:
    """Objects of the parametric families, certified solids in the canonical frame.

    Args:
        count: Objects per family, 0 to 10,000.
        seed: Another seed gives other objects of the same families.
        names: Families to use; all by default.
        workers: Number of processes that build objects.

    Raises:
        ConfigError: The count is out of range, or there is no family of that name.
    """

    name = FAMILIES

    def __init__(
        self,
        count: int = OBJECTS_A_FAMILY,
        *,
        seed: int = 0,
        names: Sequence[str] = (),
        workers: int = 1,
    ) -> None:
        if not 0 <= count <= MOST:
            raise ConfigError(f"{count} objects per family", "families", f"Give 0 to {MOST}.")
        unknown = sorted(set(names) - set(families()))
        if unknown:
            raise ConfigError(
                f"there is no family {unknown[0]!r}",
                "families",
                f"Use one of {', '.join(families())}.",
            )
        self._tasks = [
            (name, seed, number) for name in (names or families()) for number in range(count)
        ]
        self._workers = workers

    def __len__(self) -> int:
        """Return the number of objects."""
        return len(self._tasks)

    def __iter__(self) -> Iterator[ObjectRecord]:
        """Yield the objects by family; those with held-out choices have the split "unseen"."""
        if self._workers <= 1:
            yield from map(_record, self._tasks)
            return
        with multiprocessing.get_context("spawn").Pool(self._workers) as pool:
            yield from pool.imap(_record, self._tasks, chunksize=16)


def family_object(record_id: str) -> ObjectRecord:
    """Build the object with an id such as "stool-0-00012".

    Raises:
        DataError: There is no object with this id.
    """
    name, _, place = record_id.partition("-")
    try:
        seed, number = map(int, place.split("-"))
    except ValueError as error:
        raise DataError("not the id of an object of a family", record_id) from error
    if name not in families():
        raise DataError(f"there is no family {name!r}", record_id)
    return _record((name, seed, number))


def object_seed(name: str, seed: int, number: int) -> int:
    """Return the seed of one object of a family, the same on every machine."""
    return int.from_bytes(hashlib.sha256(f"{name}/{seed}/{number}".encode()).digest()[:8])


def _record(task: tuple[str, int, int]) -> ObjectRecord:
    name, seed, number = task
    family = families()[name]
    shape, held_out = family.make(object_seed(name, seed, number))
    try:
        mesh, problem = shape.mesh(), ""
    except NotSolidError as error:
        mesh, problem = trimesh.Trimesh(), error.what
    return ObjectRecord(
        id=f"{name}-{seed}-{number:05d}",
        source=FAMILIES,
        name=name.replace("_", " "),
        mesh=mesh,
        category=family.category,
        kind="procedural",
        nouns=shape.nouns,
        licence="CC0-1.0",
        author="Caddis",
        split=UNSEEN if held_out else "",
        is_solid=True,
        problem=problem,
    )
