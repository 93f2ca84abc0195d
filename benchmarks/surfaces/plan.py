"""What is measured, in the order of its worth: a run that is stopped leaves whole tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from benchmarks.surfaces import cost, poisson_recon
from benchmarks.surfaces import methods as m
from benchmarks.surfaces.item import Item

LIMIT, LARGE_LIMIT, PAPER_LIMIT = 30, 120, 3600
"""Processor seconds for one item."""
FAULTS = ("noisy", "broken", "outliers")
MAIN = (m.GRIDPULL, m.POISSON_TRUE, m.POISSON)
OTHERS = (m.VOROMESH, m.GRIDPULL_129, m.RECON, m.RECON_TRUE, m.BALLS, m.ALPHA)
FIELDS = (m.CUBES, m.CUBES_128, m.VOROMESH_FIELD)
SCANS = (m.GRIDPULL, m.VOROMESH, m.POISSON)
_PAPER_MESHES = ("spot", "fandisk", "rocker_arm", "max_planck")
_MORE = ("nefertiti", "screwdriver", "fish", "ballA", "cheburashka", "boot", "koala", "hammer")
PAPERS = {32: (*_PAPER_MESHES, *_MORE), 64: _PAPER_MESHES}
GRIDPULL_PAPER = ("spot",)
_FEW, _SOME = 4, 14
_LARGEST = "10000000"


def plan(names: list[str], thin: tuple[str, ...], scans: list[str]) -> Iterator[Item]:
    """Yield every item once; `names` in the order of `inputs.names`."""
    seen: set[Item] = set()
    for item in chain(_first(names, thin, scans), _then(names, thin, scans)):
        if item not in seen and (poisson_recon.installed() or "PoissonRecon" not in item.method):
            seen.add(item)
            yield item


def _first(names: list[str], thin: tuple[str, ...], scans: list[str]) -> Iterator[Item]:
    """A little of everything."""
    few = names[:_FEW]
    yield from _every(["clean", *FAULTS], few, MAIN)
    yield from _every(["clean"], thin[:3], (*MAIN, m.VOROMESH))
    yield from _every(["mesh"], PAPERS[32][:4], _ours(32))
    yield from _every(["mesh"], PAPERS[32][:1], _papers(32))
    yield from (item for item in cost.plan() if item.name != _LARGEST and item.kind == "points")
    yield from _every(["scan"], scans[-3:], SCANS[::2])
    yield from _every(["mesh"], few[:2], FIELDS)
    yield from _every(["clean"], few[1:3], OTHERS)
    yield from _every(["scan"], scans[-3:], SCANS)
    yield from (item for item in cost.plan() if item.name != _LARGEST)
    yield from _every(["mesh"], few[:3], FIELDS)
    yield from _every(["clean"], few, OTHERS)


def _then(names: list[str], thin: tuple[str, ...], scans: list[str]) -> Iterator[Item]:
    """The rest, most of it for machines with hours."""
    some = names[:_SOME]
    yield from _every(["clean"], names, MAIN)
    yield from _every(["clean"], thin, (m.VOROMESH,))
    yield from _every(FAULTS, names, MAIN)
    yield from _every(["scan"], scans, SCANS)
    yield from _every(["clean"], GRIDPULL_PAPER, (m.GRIDPULL, m.GRIDPULL_129, m.GRIDPULL_PAPER))
    for grid, chosen in PAPERS.items():
        yield from _every(["mesh"], chosen, _papers(grid))
    yield from cost.plan()
    yield from _every(["dense"], some, MAIN)
    yield from _every(["clean"], some, OTHERS)
    yield from _every(["noisy", "broken"], some, (m.RECON,))
    yield from _every(["mesh"], some, FIELDS)
    yield from _every(["mesh"], names, (m.refitted_name(32),))
    yield from _every(["dense"], names, MAIN[:2])
    yield from _every(FAULTS, some, (m.VOROMESH,))


def _every(kinds: Sequence[str], names: Sequence[str], methods: Sequence[str]) -> Iterator[Item]:
    return (Item(kind, way, name) for name in names for kind in kinds for way in methods)


def _papers(grid: int) -> tuple[str, ...]:
    return m.paper_name(grid), *_ours(grid)


def _ours(grid: int) -> tuple[str, ...]:
    return m.cells_name(grid), m.refitted_name(grid)


def limit(item: Item) -> int:
    """Return the processor seconds that an item may take."""
    if "paper" in item.method or item.kind in cost.SIZES:
        return PAPER_LIMIT
    return LARGE_LIMIT if item.kind in {"dense", "scan", "mesh"} else LIMIT
