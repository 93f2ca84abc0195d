import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import trimesh

from caddis.data.sources.folder import Folder
from caddis.data.sources.openmix import OpenMix
from caddis.geometry.errors import DataError


@pytest.fixture
def folder(tmp_path):
    for name in ("chair/a.stl", "chair/b b.stl", "loose.ply", "Floor Lamp/x.obj"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        trimesh.creation.box((1, 2, 3)).export(path)
    (tmp_path / "notes.txt").write_text("not a mesh")
    (tmp_path / "chair" / "torn.stl").write_bytes(b"solid nothing")
    return tmp_path


def test_files_come_in_the_order_of_their_paths_with_their_folder_as_category(folder):
    records = list(Folder(folder))
    assert len(Folder(folder)) == len(records) == 5
    assert [(one.name, one.category) for one in records] == [
        ("x", "floor_lamp"),
        ("a", "chair"),
        ("b b", "chair"),
        ("torn", "chair"),
        ("loose", ""),
    ]
    assert len({one.id for one in records}) == 5
    assert [one.id for one in Folder(folder)] == [one.id for one in records]


def test_a_file_that_cannot_be_read_says_so(folder):
    problems = {one.name: one.problem for one in Folder(folder)}
    assert problems["torn"]
    assert problems["a"] == ""


def test_metadata_replaces_guesses(folder):
    (folder / "metadata.csv").write_text(
        "file,name,category,captions,licence,author,split\n"
        "chair/a.stl,Old throne,throne,a seat; a chair for a king,CC0-1.0,Ann,test\n"
    )
    one = next(one for one in Folder(folder) if one.category == "throne")
    assert one.captions == ("a seat", "a chair for a king")
    assert (one.name, one.licence, one.author, one.split) == (
        "Old throne",
        "CC0-1.0",
        "Ann",
        "test",
    )


def test_metadata_without_file_names_is_refused(folder):
    (folder / "metadata.csv").write_text("name\nchair\n")
    with pytest.raises(DataError, match="file"):
        Folder(folder)


def test_a_folder_without_meshes_is_refused(tmp_path):
    with pytest.raises(DataError, match="no mesh"):
        Folder(tmp_path)


def _shard(path, **changes):
    box = trimesh.creation.box((1.0, 0.5, 0.25))
    row = {
        "id": "obj-1",
        "source": "kenney",
        "kind": "artist-or-scan",
        "label": "",
        "name": "crate",
        "tags": "wood, box; storage",
        "licence": "CC0-1.0",
        "author": "Kenney",
        "longest_side_m": None,
        "vertices": np.rint(box.vertices * 65534).astype("<i2").tobytes(),
        "faces": box.faces.astype("<u2").tobytes(),
        "faces_dtype": "<u2",
    }
    pq.write_table(pa.Table.from_pylist([row | changes]), path)


def test_open_mix_rows_become_records(tmp_path):
    _shard(tmp_path / "openmix-000.parquet")
    _shard(tmp_path / "openmix-001.parquet", id="obj-2", longest_side_m=0.5)
    source = OpenMix(tmp_path)
    first, second = source
    assert len(source) == 2
    assert first.tags == ("wood", "box", "storage")
    np.testing.assert_allclose(first.mesh.extents, (1.0, 0.5, 0.25), atol=1e-4)
    assert first.mesh.is_volume
    assert (first.longest_side_m, second.longest_side_m) == (None, 0.5)
    assert (first.category, first.is_solid) == ("", False)


def test_missing_and_damaged_shards_are_refused(tmp_path):
    with pytest.raises(DataError, match="no openmix"):
        OpenMix(tmp_path)
    (tmp_path / "openmix-000.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(DataError, match="not a Parquet"):
        OpenMix(tmp_path)
