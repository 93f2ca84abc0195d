"""What there is to learn from: `python -m benchmarks.data` writes docs/data.md and its pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import tyro

from benchmarks.common import markdown
from benchmarks.common.markdown import table
from benchmarks.common.pictures import save_jpeg
from caddis.data.families import OBJECTS_A_FAMILY
from caddis.data.families.registry import families
from caddis.data.inventory import by_attribute
from caddis.data.licences import licences
from caddis.data.pack import yield_tables
from caddis.data.quarantine import YieldRow, read_quarantine
from caddis.data.record import ObjectRecord
from caddis.data.sources.families import Families
from caddis.data.sources.pack import OPENMIX, Pack
from caddis.data.training_set import TrainingSet
from caddis.geometry.files.atomic import write_text
from caddis.geometry.pictures.contact_sheet import contact_sheet
from caddis.geometry.pictures.render import render

SPLITS = ("train", "val", "test")
_FAMILY_SIZE = 84
QUALITY = 60  # of the JPEGs: some 1.2 MB for the pack and all families
KNOWN = (
    "obj-02606, a sandwich, is learned as a burger: there are too few sandwiches for a class",
    "obj-00606 and two more kick scooters are learned as motorbikes",
    "obj-00068, the only headphones, lie on their side",
    "trousers and shorts lie flat, as they came, so that they are thin plates",
)
"""Faults seen on the picture of the shipped pack; correcting a label would change the pack."""


@dataclass(frozen=True)
class Options:
    """What to describe.

    Attributes:
        pack: Folder of the pack.
        out: The page to write; the picture goes beside it.
        count: Objects on the picture, in turn from each class.
        size: Side of one picture in pixels.
        columns: Objects in a row of the picture.
        each: Objects of each family on the pictures of the families.
        cache: The prepared data, which have the attributes; the page leaves them out without it.
    """

    pack: Path = OPENMIX
    out: Path = Path("docs/data.md")
    count: int = 210
    size: int = 96
    columns: int = 14
    each: int = 3
    cache: Path = Path("cache/openmix")


def shown(records: Sequence[ObjectRecord], count: int) -> list[ObjectRecord]:
    """Choose `count` objects, going round the classes, in each by id; sorted by class."""
    classes: dict[str, list[ObjectRecord]] = {}
    for record in sorted(records, key=lambda one: one.id):
        classes.setdefault(record.category, []).append(record)
    # halfway along each class, so that not only its first author is seen
    turns = [
        (turn, category, group[(len(group) // 2 + turn * 7919) % len(group)])
        for category, group in classes.items()
        for turn in range(min(count, len(group)))
    ]
    chosen: dict[str, ObjectRecord] = {}
    for _, _, record in sorted(turns, key=lambda one: one[:2]):
        chosen.setdefault(record.id, record)
        if len(chosen) == count:
            break
    return sorted(chosen.values(), key=lambda one: (one.category, one.id))


def write_picture(records: Sequence[ObjectRecord], path: Path, options: Options) -> None:
    """Draw the objects with their classes."""
    tiles = [
        (render(one.mesh, options.size), one.category.replace("_", " ") or "(no class)")
        for one in records
    ]
    save_jpeg(contact_sheet(tiles, options.columns, font_size=11), path, QUALITY)


def write_family_pictures(options: Options) -> list[Path]:
    """Draw `each` objects of every family, one picture a room, and return the pictures."""
    rooms: dict[str, list[str]] = {}
    for name, family in families().items():
        rooms.setdefault(family.build.__module__.split(".")[-2], []).append(name)
    written = []
    for room, names in rooms.items():
        tiles = [
            (render(one.mesh, _FAMILY_SIZE), one.name[:16])
            for one in Families(options.each, names=names)
        ]
        path = options.out.with_name(f"families-{room}.jpg")
        save_jpeg(contact_sheet(tiles, 5 * options.each, font_size=10), path, QUALITY)
        written.append(path)
    return written


def page(
    options: Options, records: Sequence[ObjectRecord], picture: Path, rooms: Sequence[Path]
) -> str:
    """Return docs/data.md."""
    dropped = read_quarantine(options.pack)
    offered = len(records) + len(dropped)
    by_source, by_class = yield_tables(options.pack)
    return markdown.page(
        [
            *markdown.header("The shipped objects", "python -m benchmarks.data"),
            f"{offered:,} objects were offered, {len(records):,} became closed solids with a "
            f"valid distance field ({len(records) / offered:.0%}). `caddis data info`, `yield`, "
            "`licences` and `contact-sheet` print the same for any pack; "
            "`assets/openmix/quarantine.csv` names every object that was left out.",
            "",
            *_splits(records),
            *_yield("Yield by source", "source", by_source),
            *_reasons([one.reason for one in dropped]),
            *_licences(options.pack),
            *_picture(options, picture),
            *_families(rooms),
            *_attributes(options.cache),
            *_yield("Yield by class", "class", by_class),
        ]
    )


def _splits(records: Sequence[ObjectRecord]) -> list[str]:
    kinds = sorted({one.kind for one in records})
    count = Counter((one.kind, one.split) for one in records)
    rows = [
        (kind, *(count[kind, split] for split in SPLITS), sum(count[kind, s] for s in SPLITS))
        for kind in kinds
    ]
    every = [sum(count[kind, split] for kind in kinds) for split in SPLITS]
    return [
        "## Splits", "",
        "Objects are split by the hash of their id; near-duplicates are in the same split.", "",
        *table(("kind", *SPLITS, "all"), [*rows, ("all", *every, sum(every))]),
    ]  # fmt: skip


def _yield(title: str, group: str, rows: Sequence[YieldRow]) -> list[str]:
    cells = [
        (row.group or "(none)", row.offered, row.kept, f"{row.kept / row.offered:.0%}", row.reasons)
        for row in rows
    ]
    head = (group, "offered", "kept", "share", "commonest reasons for the rest")
    return [f"## {title}", "", *table(head, cells)]


def _reasons(reasons: Sequence[str]) -> list[str]:
    rows = Counter(reasons).most_common()
    return ["## Why objects were left out", "", *table(("reason", "objects"), rows)]


def _licences(pack: Path) -> list[str]:
    count: Counter[str] = Counter()
    authors: dict[str, set[str]] = {}
    for row in licences(pack):
        count[row.licence] += row.count
        authors.setdefault(row.licence, set()).add(row.author)
    rows = [(name, number, len(authors[name])) for name, number in count.most_common()]
    return [
        "## Licences", "",
        "`caddis data licences` names the authors.", "",
        *table(("licence", "objects", "authors"), rows),
    ]  # fmt: skip


def _families(rooms: Sequence[Path]) -> list[str]:
    rows = []
    for name, family in families().items():
        held = " or ".join(
            " with ".join(f"{choice} {value}" for choice, value in combination.items())
            for combination in family.held_out
        )
        rows.append((name.replace("_", " "), family.category.replace("_", " "), held))
    return [
        "## Parametric families", "",
        f"{len(rows)} families (`data/families`, CC0-1.0) make objects from seeds: nothing is "
        f"stored, `caddis data prepare` makes {OBJECTS_A_FAMILY} of each, or as many as "
        "`--families` says. Every object is one closed solid, and what its family says of it is "
        "checked by the readers of attributes (`tests/data/families`). Combinations of choices in "
        "the last column never appear in training: such objects have the split `unseen`.", "",
        *table(("family", "learned as", "held out of training"), rows),
        "The first objects of each family, not selected by hand:", "",
        *(f"![{room.stem}]({room.name})" for room in rooms), "",
    ]  # fmt: skip


def _attributes(cache: Path) -> list[str]:
    if not (cache / "objects.json").is_file():
        return []
    objects = TrainingSet(cache).objects
    return [
        "## Attributes", "",
        f"Read off the shapes of {len(objects):,} prepared objects, families included "
        "(`caddis data info`); [how often the readers are right](attributes.md).", "",
        *table(("attribute", "objects", "most frequent values"), by_attribute(objects)),
    ]  # fmt: skip


def _picture(options: Options, picture: Path) -> list[str]:
    return [
        "## Pictures",
        "",
        f"{options.count} objects, taken from the classes in turn and not selected by hand, each "
        "with the class that it is learned as; seen from the front left, Z up. Wrong labels and "
        "up-axes that were found on such sheets are corrected in `data/curation.toml` and "
        "`data/curation.csv`, with the reason.",
        "",
        f"![Objects of every class]({picture.name})",
        "",
        "Known faults that were not corrected:",
        "",
        *(f"- {one};" for one in KNOWN[:-1]),
        f"- {KNOWN[-1]}.",
        "",
    ]


def main(options: Options) -> None:
    """Write the picture and the page."""
    records = list(Pack(options.pack))
    picture = options.out.with_name(f"{options.out.stem}-objects.jpg")
    write_picture(shown(records, options.count), picture, options)
    rooms = write_family_pictures(options)
    write_text(options.out, page(options, records, picture, rooms))


if __name__ == "__main__":
    main(tyro.cli(Options, description=__doc__))
