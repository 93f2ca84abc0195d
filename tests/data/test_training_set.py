import json
import shutil

import numpy as np
import pytest

from caddis.data.prepare import prepare
from caddis.data.training_set import MIN_OBJECTS, UNIFORM, TrainingSet
from caddis.geometry.errors import DataError
from caddis.geometry.symmetry import SYMMETRIES
from tests.data.conftest import four_solids


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A cache of four solids; not to be changed."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare(four_solids(), folder, workers=1)
    return folder


@pytest.fixture
def cache(prepared, tmp_path):
    return shutil.copytree(prepared, tmp_path / "cache", ignore=shutil.ignore_patterns("samples"))


def _relabel(folder, **changes):
    objects = json.loads((folder / "objects.json").read_text())
    (folder / "objects.json").write_text(json.dumps([one | changes for one in objects]))


def test_rows_are_those_of_the_split(cache):
    _relabel(cache, split="val")
    opened = TrainingSet(cache)
    assert opened.rows("val").tolist() == [0, 1, 2, 3]
    assert opened.rows("train").tolist() == []


def test_a_category_needs_enough_training_objects(cache):
    _relabel(cache, split="train", category="lamp")
    opened = TrainingSet(cache)
    assert opened.categories == []
    opened = TrainingSet(cache)
    opened.objects = opened.objects * (MIN_OBJECTS // 4)
    assert opened.categories == ["lamp"]


def test_sides_and_symmetries_are_those_of_the_objects(cache):
    opened = TrainingSet(cache)
    np.testing.assert_allclose(opened.sides[0], (1.0, 0.5, 0.25), atol=1e-3)
    assert opened.sides.dtype == np.float32
    names = [SYMMETRIES[place].name for place in opened.symmetries]
    assert names == [one["symmetry"] for one in opened.objects]


@pytest.mark.parametrize("field", ["symmetry", "sides", "attributes"])
def test_data_of_an_older_version_is_refused(cache, field):
    objects = json.loads((cache / "objects.json").read_text())
    for one in objects:
        del one[field]
    (cache / "objects.json").write_text(json.dumps(objects))
    with pytest.raises(DataError, match=r"older version.*caddis data prepare"):
        TrainingSet(cache)


def test_uniform_queries_are_their_part_of_the_array(cache):
    opened = TrainingSet(cache)
    rows = np.array([1, 3])
    np.testing.assert_array_equal(opened.uniform_queries(rows), opened.queries[rows][:, UNIFORM])


@pytest.mark.parametrize("name", ["objects.json", "points.npy", "queries.npy"])
@pytest.mark.parametrize("damage", ["missing", "torn", "short"])
def test_missing_and_damaged_files_are_refused_with_a_hint(cache, name, damage):
    path = cache / name
    if damage == "missing":
        path.unlink()
    elif damage == "torn":
        path.write_bytes(path.read_bytes()[:50])
    elif name == "objects.json":
        path.write_text("[]")
    else:
        np.save(path, np.load(path)[:1])
    with pytest.raises(DataError, match="caddis data prepare"):
        TrainingSet(cache)
