from caddis.data.inventory import by_attribute, by_split, entries_of
from caddis.data.record import ObjectRecord

ENTRIES = [
    {"category": "chair", "split": "train", "attributes": {"legs": [4, 0.1], "back": [True, 0.5]}},
    {"category": "chair", "split": "unseen", "attributes": {"legs": [3, 0.1], "back": [False, 0]}},
    {"category": "", "split": "test", "attributes": {"legs": [4, 0.2]}},
]


def test_objects_are_counted_by_value_and_split():
    assert by_split(ENTRIES, "category") == [
        ("all", "1", "0", "1", "1", "3"),
        ("chair", "1", "0", "0", "1", "2"),
        ("(none)", "0", "0", "1", "0", "1"),
    ]


def test_values_of_attributes_are_counted():
    assert by_attribute(ENTRIES) == [("back", "2", "yes 1, no 1"), ("legs", "3", "4 2, 3 1")]


def test_records_have_no_attributes_before_they_are_prepared():
    record = ObjectRecord(id="a", source="s", name="n", mesh=None, split="train", licence="MIT")
    (entry,) = entries_of([record])
    assert entry["attributes"] == {}
    assert by_split([entry], "licence")[1] == ("MIT", "1", "0", "0", "0", "1")
