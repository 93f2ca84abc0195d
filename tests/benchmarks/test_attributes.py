import csv

import pytest

from benchmarks import attributes as module
from benchmarks.attributes import NONE, QUESTIONS, choose, page, read_labels, said_of, score
from caddis.data.prepare import prepare
from caddis.data.sources.families import Families
from caddis.data.training_set import TrainingSet


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    cache = tmp_path_factory.mktemp("cache")
    prepare(Families(12, names=("stool", "table")), cache, workers=1)
    return TrainingSet(cache)


def test_objects_of_both_answers_are_chosen_and_the_same_again(data):
    chosen = choose(data, "legs", 0)
    assert [one.id for one in chosen] == [one.id for one in choose(data, "legs", 0)]
    assert len({one.id for one in chosen}) == len(chosen) == 24
    assert {one.said for one in chosen} >= {"3", "4", NONE}


def test_attributes_of_seats_are_asked_of_seats_only(data):
    assert {one.category for one in choose(data, "arms", 0)} == {"stool"}


@pytest.mark.parametrize(
    ("name", "reading", "label"),
    [
        ("legs", [4, 0.1], "4"), ("open", [True, 0.5], "yes"), ("open", [False, 0.0], NONE),
        ("holes", [0, 0.0], NONE), ("holes", [9, 9.0], NONE), ("top", ["round", 1.0], "round"),
        ("curved", [False, 0.0], "angular"), ("curved", [True, 0.9], "yes"),
    ],
)  # fmt: skip
def test_readings_become_the_labels_a_person_would_give(name, reading, label):
    assert said_of({"attributes": {name: reading}}, name) == label
    assert said_of({"attributes": {}}, name) == NONE


def test_precision_and_recall_are_counted(data):
    entries = {str(one["id"]): one for one in data.objects}
    truth = {name: said_of(one, "legs") for name, one in entries.items()}
    have = sum(label != NONE for label in truth.values())
    row = score("legs", truth, entries, data)
    assert (row.labelled, row.said, row.right, row.recall) == (24, have, have, 1.0)
    some = next(name for name, label in truth.items() if label == "3")
    row = score("legs", {**truth, some: "4"}, entries, data)
    assert (row.right, row.wrong[0]) == (have - 1, (("3", "4"), 1))
    assert f"| {(have - 1) / have:.2f} | " in page([row])


def test_the_shipped_labels_are_complete_and_of_the_right_words():
    with module.LABELS.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    counts = {name: sum(row["attribute"] == name for row in rows) for name in QUESTIONS}
    assert {name for name, count in counts.items() if count < 150} == set()
    pairs = [(row["attribute"], row["id"]) for row in rows]
    assert len(set(pairs)) == len(pairs)
    for name, labels in read_labels().items():
        allowed = {"yes", "no", "angular", "thin", "thick", *map(str, range(1, 100))}
        allowed |= {"round", "square", "rectangular", "oval", "hexagonal", "L-shaped", "other"}
        assert set(labels.values()) <= allowed, name
