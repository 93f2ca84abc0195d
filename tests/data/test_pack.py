import dataclasses

import pytest

from caddis.data import pack as module
from caddis.data.curation import Curated
from caddis.data.licences import LicenceRow, licences
from caddis.data.pack import PackConfig, build_pack, yield_tables
from caddis.data.pack_files import shards
from caddis.data.quarantine import read_quarantine
from caddis.data.solids import solids
from caddis.data.sources.pack import Pack
from caddis.geometry.errors import DataError


@pytest.fixture
def made(raw_source, solid_folder, tmp_path):
    summary = build_pack(raw_source, solid_folder, tmp_path / "pack")
    return summary, tmp_path / "pack"


def test_what_cannot_be_a_solid_is_in_the_quarantine_list_and_not_in_the_pack(made):
    summary, folder = made
    assert (summary.objects, summary.quarantined) == (2, 1)
    assert [one.id for one in Pack(folder)] == ["obj-00000", "obj-00002"]
    lost = read_quarantine(folder)
    assert [one.id for one in lost] == ["obj-00001"]
    assert lost[0].reason.startswith("flat")


def test_a_record_comes_back_as_a_certified_solid_with_all_that_is_known(made):
    one = next(iter(Pack(made[1])))
    assert one.is_solid
    assert one.mesh.is_watertight
    assert one.mesh.extents.max() == pytest.approx(1.0, abs=1e-3)
    assert (one.category, one.licence, one.author) == ("chair", "CC0-1.0", "Kenney")
    assert one.split in {"train", "val", "test"}
    assert any("chair" in caption for caption in one.captions)
    assert len(Pack(made[1])) == 2


def test_the_same_input_gives_the_same_bytes(made, raw_source, solid_folder, tmp_path):
    build_pack(raw_source, solid_folder, tmp_path / "again")
    for first, second in zip(shards(made[1]), shards(tmp_path / "again"), strict=True):
        assert first.read_bytes() == second.read_bytes()


def test_curation_turns_renames_and_drops(raw_source, solid_folder, tmp_path, monkeypatch):
    before = next(iter(raw_source)).mesh.extents
    quarter = [[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]]

    def mended(record_id, *_):
        drop = "a scene" if record_id == "obj-00002" else None
        return Curated("crate", module.np.array(quarter), drop)

    monkeypatch.setattr(module, "curated", mended)
    build_pack(raw_source, solid_folder, tmp_path / "pack")
    (one,) = Pack(tmp_path / "pack")
    assert one.category == "crate"
    assert one.mesh.extents == pytest.approx(before[[0, 2, 1]] / before.max(), abs=0.02)
    assert one.mesh.volume > 0
    assert {row.reason for row in read_quarantine(tmp_path / "pack")} >= {"a scene"}


def test_yield_is_told_by_source_and_by_category(made):
    by_source, by_category = yield_tables(made[1])
    assert [(row.group, row.offered, row.kept) for row in by_source] == [("kenney", 3, 2)]
    assert [(row.group, row.offered, row.kept) for row in by_category] == [("chair", 3, 2)]


def test_licences_are_counted_by_author(made):
    assert licences(made[1]) == [LicenceRow("CC0-1.0", "Kenney", "kenney", 2)]


@pytest.mark.parametrize("change", [{"licence": "CC-BY-NC-4.0"}, {"licence": ""}, {"author": " "}])
def test_objects_that_may_not_be_shipped_are_refused(raw_source, tmp_path, change):
    records = [dataclasses.replace(one, **change) for one in raw_source]
    with pytest.raises(DataError):
        build_pack(type(raw_source)(records), tmp_path, tmp_path / "pack")


def test_objects_that_were_not_tried_are_refused_unless_the_pack_is_partial(raw_source, tmp_path):
    with pytest.raises(DataError, match="not solidified"):
        build_pack(raw_source, tmp_path, tmp_path / "pack")
    solids(type(raw_source)(list(raw_source)[:1]), tmp_path / "solids")
    summary = build_pack(
        raw_source, tmp_path / "solids", tmp_path / "pack", PackConfig(partial=True)
    )
    assert summary.objects == 1


def test_a_pack_over_its_limit_is_refused(raw_source, solid_folder, tmp_path):
    with pytest.raises(DataError, match="bytes"):
        build_pack(raw_source, solid_folder, tmp_path / "pack", PackConfig(max_bytes=10))


def test_shards_hold_so_many_rows_and_older_further_ones_go(raw_source, solid_folder, tmp_path):
    for rows, expected in ((1, 2), (5, 1)):
        config = PackConfig(rows_a_shard=rows)
        build_pack(raw_source, solid_folder, tmp_path / "pack", config)
        assert len(shards(tmp_path / "pack")) == expected
        assert len(list(Pack(tmp_path / "pack"))) == 2


def test_a_missing_or_damaged_pack_is_refused_with_a_hint(made, tmp_path):
    with pytest.raises(DataError, match="caddis data pack"):
        Pack(tmp_path / "nowhere")
    shard = shards(made[1])[0]
    shard.write_bytes(shard.read_bytes()[:-20])
    with pytest.raises(DataError):
        Pack(made[1])
