import re

import trimesh

from benchmarks.data import Options, page, shown
from caddis.data.pack_files import row_of, write_shards
from caddis.data.quarantine import Quarantined, write_quarantine
from caddis.data.record import ObjectRecord


def record(number, category):
    return ObjectRecord(
        id=f"object-{number}",
        source="somewhere",
        name=f"{category} {number}",
        mesh=trimesh.creation.box((1.0, 0.5, 0.2)),
        category=category,
        kind="artist-or-scan",
        captions=(f"a {category}",),
        licence="CC0-1.0",
        author="Ada",
        split="test" if number == 5 else "train",
        is_solid=True,
    )


def test_every_class_is_shown_before_one_is_shown_twice():
    records = [record(number, "chair") for number in range(6)] + [record(6, "lamp")]
    assert {one.category for one in shown(records, 2)} == {"chair", "lamp"}
    three = shown(records, 3)
    assert [one.category for one in three] == ["chair", "chair", "lamp"]
    assert len({one.id for one in three}) == 3
    assert len(shown(records, 100)) == 7


def test_the_page_counts_what_was_kept_and_what_was_left_out(tmp_path):
    records = [record(number, "chair") for number in range(6)]
    write_shards(tmp_path, [row_of(one) for one in records], 4)
    write_quarantine(tmp_path, [Quarantined("bad", "somewhere", "lamp", "flat")])
    text = page(Options(pack=tmp_path, cache=tmp_path), records, tmp_path / "objects.jpg", [])
    assert "7 objects were offered, 6 became closed solids" in text
    assert re.search(r"\| all \| 5 \| 0 \| 1 \| 6 \|", text)
    assert "| flat | 1 |" in text
    assert "| CC0-1.0 | 6 | 1 |" in text
    assert "| lamp | 1 | 0 | 0% | flat (1) |" in text
