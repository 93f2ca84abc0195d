"""Does the reader of attributes see what a person sees?

`python -m benchmarks.attributes sheets` draws numbered sheets of objects for each attribute, to be
looked at and labelled; `python -m benchmarks.attributes score` compares the labels in
`benchmarks/attribute_labels.csv` with the reader and writes docs/attributes.md.

Of each attribute 90 objects are drawn that the reader says it of, its values in turn, and 60
of the same categories that it does not say it of. Only categories that captions say the
attribute of are looked at: nobody asks for the neck of a bed. Labels are made without seeing what
the reader says.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import trimesh
import tyro
from tyro.conf import subcommand

from benchmarks.common import markdown
from benchmarks.common.pictures import save_png
from caddis.data.attributes.reader import read
from caddis.data.attributes.words import is_said
from caddis.data.families.registry import families
from caddis.data.sources.families import FAMILIES, family_object
from caddis.data.sources.pack import OPENMIX, Pack
from caddis.data.training_set import TrainingSet
from caddis.geometry.errors import DataError
from caddis.geometry.files.atomic import write_text
from caddis.geometry.pictures.contact_sheet import contact_sheet
from caddis.geometry.pictures.render import render

LABELS = Path(__file__).with_name("attribute_labels.csv")
PRESENT, ABSENT = 90, 60
UNSURE = "?"
NONE = "no"
"""The label of an object that does not have the attribute."""
_ON_A_SHEET, _COLUMNS, _SIZE = 50, 10, 150
QUESTIONS = {
    "tall": "more than 1.5 times as high as wide or deep: yes or no",
    "slender": "more than 3.2 times as high as wide or deep: yes or no",
    "low": "less than half as high as wide or deep: yes or no",
    "flat": "less than .15 times as high as wide or deep, lying: yes or no",
    "long": "one ground side more than 2.3 times the other and longer than the height: yes or no",
    "wide": "wider (along the front) than 1.5 times the depth and 1.2 times the height: yes or no",
    "narrow": "much narrower (along the front) than deep or than high: yes or no",
    "thin": "a thin plate that stands upright: yes or no",
    "cubic": "about as wide as deep as high: yes or no",
    "top": "the outline of the flat top: round, square, rectangular, oval, hexagonal, L-shaped, no",
    "body": "the outline of the body, cut level: round, square, rectangular, oval, hexagonal, "
            "L-shaped, no",
    "turned": "round all about the upright axis, as from a lathe, without handles: yes or no",
    "legs": "how many separate feet it stands on, 2 or more; wheels do not count; else no",
    "wheels": "how many wheels it stands on; else no",
    "open": "a container, open at the top, at least a quarter of its height deep: yes or no",
    "walls": "of a container: thin or thick where that strikes, else no",
    "handles": "of a container: how many loop handles; else no",
    "neck": "a vessel or turned thing with a narrow neck in its upper half: yes or no",
    "foot": "stands on a foot wider than what is just above it: yes or no",
    "conical": "tapers evenly, with straight sides, from end to end: yes or no",
    "levels": "how many boards above each other things can stand on, the top too; else no",
    "steps": "how many steps of stairs; else no",
    "back": "a seat with a back: yes or no",
    "arms": "a seat with arms at both sides: yes or no",
    "curved": "mostly curved faces (yes), only flat faces that meet at edges (angular), else no",
    "holes": "how many holes go through it; no for none",
}  # fmt: skip
SPOKEN = {"holes": 6}
"""Larger numbers are never said."""


@dataclass(frozen=True)
class Candidate:
    """One object for one attribute.

    Attributes:
        id: The object.
        category: Its category.
        said: What the reader says, as a label.
    """

    id: str
    category: str
    said: str


@dataclass(frozen=True)
class Options:
    """What both commands read.

    Attributes:
        cache: Prepared data.
        seed: Another choice of objects.
    """

    cache: Path = Path("cache/openmix")
    seed: int = 0


@dataclass(frozen=True)
class Sheets(Options):
    """Draw the sheets.

    Attributes:
        out: Folder of the pictures and of a list of the objects on each.
        only: Only these attributes.
    """

    out: Path = Path("out/attributes")
    only: tuple[str, ...] = ()

    def run(self) -> None:
        """Draw three sheets of 50 an attribute."""
        data = TrainingSet(self.cache)
        picked = {name: choose(data, name, self.seed) for name in self.only or QUESTIONS}
        wanted = {one.id for some in picked.values() for one in some}
        meshes = read_meshes(data, wanted)
        for name, some in picked.items():
            for start in range(0, len(some), _ON_A_SHEET):
                part = some[start : start + _ON_A_SHEET]
                tiles = [
                    (render(meshes[one.id], _SIZE), f"{start + at} {one.category}"[:22])
                    for at, one in enumerate(part)
                ]
                sheet = contact_sheet(tiles, _COLUMNS)
                save_png(sheet, self.out / f"{name}-{start // _ON_A_SHEET}.png")
            rows = [f"{at},{one.id}" for at, one in enumerate(some)]
            write_text(self.out / f"{name}.csv", "\n".join(["number,id", *rows]) + "\n")
            print(f"{name}: {len(some)} objects. {QUESTIONS[name]}")


@dataclass(frozen=True)
class Score(Options):
    """Compare labels and reader.

    Attributes:
        out: The page to write.
    """

    out: Path = Path("docs/attributes.md")

    def run(self) -> None:
        """Write the page."""
        data = TrainingSet(self.cache)
        labels = read_labels()
        said: dict[str, Mapping[str, object]] = {str(one["id"]): one for one in data.objects}
        wanted = {one for some in labels.values() for one in some}
        said |= {one: _read_anew(one) for one in wanted - said.keys() if _is_of_a_family(one)}
        rows = [score(name, labels[name], said, data) for name in QUESTIONS if name in labels]
        write_text(self.out, page(rows))


def _is_of_a_family(record_id: str) -> bool:
    return record_id.partition("-")[0] in families()


def _read_anew(record_id: str) -> dict[str, object]:
    """Return the entry of an object of a family that was not prepared."""
    record = family_object(record_id)
    found = {name: [one.value, one.number] for name, one in read(record.mesh).items()}
    return {"category": record.category, "attributes": found}


@dataclass(frozen=True)
class Row:
    """How well one attribute is read.

    Attributes:
        name: The attribute.
        labelled: Objects with a label that is sure.
        said: Of these, those that the reader says it of.
        right: Of these, those whose label is the same.
        recall: Estimated share of the objects that have it of which it is said.
        wrong: The commonest errors: (said, label) and how many.
    """

    name: str
    labelled: int
    said: int
    right: int
    recall: float
    wrong: Sequence[tuple[tuple[str, str], int]]


def choose(data: TrainingSet, name: str, seed: int) -> list[Candidate]:
    """Choose objects for one attribute, mixed up."""
    rng = np.random.default_rng((seed, list(QUESTIONS).index(name)))
    present, absent = _candidates(data, name)
    chosen = _in_turn(present, PRESENT, rng)
    there = {one.category for one in chosen}
    others = [one for one in absent if one.category in there]
    chosen += [others[int(row)] for row in rng.permutation(len(others))[:ABSENT]]
    if len(chosen) < PRESENT + ABSENT:  # few have it: more of those that have not
        taken = {one.id for one in chosen}
        rest = [one for one in (*present, *absent) if one.id not in taken]
        more = rng.permutation(len(rest))[: PRESENT + ABSENT - len(chosen)]
        chosen += [rest[int(row)] for row in more]
    return [chosen[int(row)] for row in rng.permutation(len(chosen))]


def _candidates(data: TrainingSet, name: str) -> tuple[list[Candidate], list[Candidate]]:
    present, absent = [], []
    for one in data.objects:
        if not is_said(one["category"], name):
            continue
        candidate = Candidate(str(one["id"]), one["category"], said_of(one, name))
        (absent if candidate.said == NONE else present).append(candidate)
    return present, absent


def said_of(entry: Mapping[str, object], name: str) -> str:
    """Return what the reader says of an object, as a label."""
    attributes = entry["attributes"]
    reading = attributes.get(name) if isinstance(attributes, Mapping) else None
    value = None if reading is None else reading[0]
    if name == "curved":
        return {True: "yes", False: "angular"}.get(value, NONE)  # type: ignore[arg-type]
    if value is None or value is False or value == 0:
        return NONE
    if isinstance(value, int) and not isinstance(value, bool) and value > SPOKEN.get(name, 99):
        return NONE
    return "yes" if value is True else str(value)


def _in_turn(present: Sequence[Candidate], count: int, rng: np.random.Generator) -> list[Candidate]:
    """Choose going round the values, and within a value round the categories."""
    groups: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for row in rng.permutation(len(present)):
        groups[present[row].said, present[row].category].append(present[row])
    ranked = []
    used: Counter[str] = Counter()
    depth = 0
    while any(len(group) > depth for group in groups.values()):
        for (said, _), group in groups.items():
            if len(group) > depth:
                ranked.append((used[said], group[depth]))
                used[said] += 1
        depth += 1
    return [one for _, one in sorted(ranked, key=lambda pair: pair[0])[:count]]


def read_meshes(data: TrainingSet, ids: set[str]) -> dict[str, trimesh.Trimesh]:
    """Return the meshes of objects of the pack and of the families."""
    sources = {str(one["id"]): one["source"] for one in data.objects}
    found = {name: family_object(name).mesh for name in ids if sources[name] == FAMILIES}
    for record in Pack(OPENMIX):
        if record.id in ids:
            found[record.id] = record.mesh
    return found


def read_labels() -> dict[str, dict[str, str]]:
    """Return the labels by attribute and object; unsure ones are left out.

    Raises:
        DataError: The table is missing or damaged.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows():
        if row["label"] != UNSURE:
            found[row["attribute"]][row["id"]] = row["label"]
    return found


def _rows() -> Iterator[dict[str, str]]:
    try:
        with LABELS.open(encoding="utf-8", newline="") as stream:
            yield from csv.DictReader(stream)
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"the labels cannot be read: {error}", str(LABELS)) from error


def score(
    name: str, labels: Mapping[str, str], entries: Mapping[str, Mapping[str, object]],
    data: TrainingSet,
) -> Row:  # fmt: skip
    """Compare the reader with the labels of one attribute.

    Recall is estimated for all objects of the categories: those that the reader says nothing of
    were drawn more thinly, so that each missed one counts for as many as it stands for.
    """
    pairs = [
        (said_of(entries[one], name), label)
        for one, label in labels.items()
        if one in entries and is_said(str(entries[one]["category"]), name)
    ]
    said = [(got, label) for got, label in pairs if got != NONE]
    silent = [label for got, label in pairs if got == NONE]
    right = sum(got == label for got, label in said)
    present, absent = _candidates(data, name)
    categories = {one.category for one in present}
    heard = len(present) * right / max(len(said), 1)
    quiet = sum(one.category in categories for one in absent)
    missed = quiet * sum(label != NONE for label in silent) / max(len(silent), 1)
    wrong = Counter(pair for pair in said if pair[0] != pair[1]).most_common(3)
    return Row(name, len(pairs), len(said), right, heard / max(heard + missed, 1e-9), wrong)


INTRODUCTION = """\
from the labels in `benchmarks/attribute_labels.csv`. A person made the labels from the sheets of
`python -m benchmarks.attributes sheets`, without knowing the readings; unclear objects are left
out. Precision is the share of readings that equal the label. Recall is estimated for all objects
of the same categories. `data/attributes/` defines how each attribute is read; an attribute that
does not apply to an object has no reading. Some thresholds (of narrow, thin, long, cubic, walls,
curved, neck, foot, legs and wheels) were changed after seeing the errors on these labels, so their
precision is an upper bound. Ten labels were corrected after looking at the objects from behind,
where handles can be hidden."""


def page(rows: Sequence[Row]) -> str:
    """Return docs/attributes.md."""
    head = ("attribute", "asked", "labelled", "said", "right", "precision", "recall",
            "errors: said, seen")  # fmt: skip
    shown = [
        [row.name, QUESTIONS[row.name], row.labelled, row.said, row.right,
         f"{row.right / max(row.said, 1):.2f}", f"{row.recall:.2f}",
         "; ".join(f"{said}, {seen} ({count})" for (said, seen), count in row.wrong)]
        for row in rows
    ]  # fmt: skip
    return markdown.page([
        *markdown.header("Attributes read off the shape, checked by eye",
                         "python -m benchmarks.attributes score"),
        INTRODUCTION, "",
        *markdown.table(head, shown),
    ])  # fmt: skip


Command = Annotated[Sheets, subcommand("sheets")] | Annotated[Score, subcommand("score")]

if __name__ == "__main__":
    tyro.cli(Command, description=__doc__).run()  # type: ignore[arg-type]
