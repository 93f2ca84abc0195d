import json

import numpy as np
import pytest

from data.prepare import prepare
from data.training_set import MIN_OBJECTS, UNIFORM, TrainingSet
from geometry.errors import DataError


@pytest.fixture
def cache(solid_source, tmp_path):
    prepare(solid_source, tmp_path, workers=1)
    return tmp_path


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


def test_extents_are_those_of_the_boxes(cache):
    np.testing.assert_allclose(TrainingSet(cache).extents[0], (1.0, 0.5, 0.25), atol=0.01)


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
