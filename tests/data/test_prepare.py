import dataclasses
import json

import numpy as np
import pytest
import trimesh

from caddis.data import prepare as module
from caddis.data.attributes.reader import read
from caddis.data.prepare import prepare, sample
from caddis.data.quarantine import read_quarantine
from caddis.data.sources.families import Families
from caddis.data.splits import LARGEST_HELD_OUT_GROUP, UNSEEN
from caddis.data.training_set import NEAR, POINTS, QUERIES, THIN, UNIFORM, TrainingSet
from caddis.geometry.errors import DataError
from caddis.geometry.symmetry import SYMMETRIES

FILES = ("points.npy", "queries.npy", "objects.json", "quarantine.csv")


@pytest.fixture(scope="module")
def ball():
    mesh = trimesh.creation.icosphere(subdivisions=4, radius=0.5)
    one = module.ObjectRecord("ball-1", "test", "ball", mesh, is_solid=True)
    values = sample(one, seed=0)
    frame = values[POINTS * 6 + QUERIES * 4 :]
    return values[: POINTS * 6].reshape(POINTS, 6), values[POINTS * 6 : -4].reshape(-1, 4), frame


def _bytes(folder):
    return [(folder / name).read_bytes() for name in FILES]


def test_points_lie_on_the_solid_with_outward_normals(ball):
    points = ball[0].astype(float)
    np.testing.assert_allclose(np.linalg.norm(points[:, :3], axis=1), 0.5, atol=2e-3)
    np.testing.assert_allclose(np.linalg.norm(points[:, 3:], axis=1), 1.0, atol=2e-3)
    assert np.einsum("ij,ij->i", points[:, :3], points[:, 3:]).min() > 0.48


def test_queries_hold_the_signed_distance_of_the_rounded_point(ball):
    queries = ball[1].astype(float)
    exact = np.linalg.norm(queries[:, :3], axis=1) - 0.5
    np.testing.assert_allclose(queries[:, 3], exact, atol=2e-3)
    assert np.abs(queries[:, :3]).max() <= 0.5503


def test_queries_are_laid_out_near_then_uniform_then_thin(ball):
    distance = ball[1][:, 3].astype(float)
    spread = np.abs(distance)
    half = (NEAR.start + NEAR.stop) // 2
    assert len(distance) == QUERIES
    assert spread[NEAR.start : half].mean() == pytest.approx(0.8 * 0.01, rel=0.1)
    assert spread[half : NEAR.stop].mean() == pytest.approx(0.8 * 0.05, rel=0.15)
    inside = (distance[UNIFORM] < 0).mean()
    assert inside == pytest.approx(np.pi / 6 / 1.1**3, abs=0.04)
    quarter = (THIN.stop - THIN.start) // 4
    walls, gaps, creases = np.split(distance[THIN], [2 * quarter, 3 * quarter])
    assert walls.max() < 1e-3
    assert walls.mean() == pytest.approx(-0.05, rel=0.1)
    assert gaps.min() > -2e-3
    assert gaps.mean() == pytest.approx(0.03, rel=0.1)
    assert creases.std() == pytest.approx(0.006, rel=0.2)  # a ball has none: by its surface


def test_the_frame_is_the_symmetry_and_the_box(ball):
    assert SYMMETRIES[int(ball[2][0])].name == "revolved"
    np.testing.assert_allclose(ball[2][1:], 1.0, atol=1e-3)


def test_seed_and_id_decide_the_samples():
    one = module.ObjectRecord("a", "test", "a", trimesh.creation.box(), is_solid=True)
    assert sample(one, 0).tobytes() == sample(one, 0).tobytes()
    assert sample(one, 0).tobytes() != sample(one, 1).tobytes()
    assert sample(one, 0).tobytes() != sample(dataclasses.replace(one, id="b"), 0).tobytes()


def test_the_cache_is_what_training_reads(solid_source, tmp_path):
    seen = []
    summary = prepare(
        solid_source, tmp_path, workers=1, progress=lambda done, total: seen.append((done, total))
    )
    cache = TrainingSet(tmp_path)
    assert (summary.objects, summary.quarantined) == (4, 0)
    assert len(cache) == 4
    assert [one["id"] for one in cache.objects] == [one.id for one in solid_source]
    assert cache.objects[0]["captions"]
    assert [one["symmetry"] for one in cache.objects] == [
        "extruded-z-xy", "revolved", "revolved", "revolved"
    ]  # fmt: skip
    np.testing.assert_allclose(cache.sides[0], (1.0, 0.5, 0.25), atol=1e-3)
    assert seen[-1] == (4, 4)


def test_a_killed_run_goes_on_to_the_same_bytes(solid_source, tmp_path):
    prepare(solid_source, tmp_path / "whole", workers=1)

    def kill(done, _):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare(solid_source, tmp_path / "killed", workers=1, progress=kill)
    assert not (tmp_path / "killed" / "objects.json").exists()
    torn = next((tmp_path / "killed" / "samples").rglob("*.npy"))
    torn.write_bytes(torn.read_bytes()[:1000])
    prepare(solid_source, tmp_path / "killed", workers=1)
    assert _bytes(tmp_path / "whole") == _bytes(tmp_path / "killed")


@pytest.mark.slow
def test_the_number_of_workers_does_not_matter(solid_source, tmp_path):
    prepare(solid_source, tmp_path / "one", workers=1)
    prepare(solid_source, tmp_path / "two", workers=2)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def test_new_labels_do_not_sample_again(solid_source, tmp_path, monkeypatch):
    prepare(solid_source, tmp_path, workers=1)
    monkeypatch.setattr(module, "sample", lambda *_: pytest.fail("sampled again"))
    renamed = [dataclasses.replace(one, category="stool") for one in solid_source]
    prepare(type(solid_source)(renamed), tmp_path, workers=1)
    assert {one["category"] for one in TrainingSet(tmp_path).objects} == {"stool"}


def test_bad_meshes_are_listed_and_never_stop_the_run(raw_source, tmp_path, monkeypatch):
    unreadable = dataclasses.replace(next(iter(raw_source)), id="torn", problem="not an STL")
    records = [*raw_source, unreadable]
    summary = prepare(type(raw_source)(records), tmp_path, workers=1)
    assert summary.objects == 2
    reasons = {one.id: one.reason for one in read_quarantine(tmp_path)}
    assert reasons["torn"] == "not an STL"
    assert reasons["obj-00001"].startswith("flat")


def test_an_unforeseen_failure_is_one_reason_among_others(solid_source, tmp_path, monkeypatch):
    def fail(record, seed):
        if record.id == "obj-00002":
            raise RuntimeError("boom")
        return sample(record, seed)

    monkeypatch.setattr(module, "sample", fail)
    prepare(solid_source, tmp_path, workers=1)
    assert [one.reason for one in read_quarantine(tmp_path)] == ["unexpected RuntimeError"]


def test_twins_without_a_split_get_the_same_one(tmp_path, solid_source):
    first = next(iter(solid_source))
    twins = [dataclasses.replace(first, id=f"twin-{i}") for i in range(8)]
    prepare(type(solid_source)(twins), tmp_path, workers=1)
    assert len({one["split"] for one in TrainingSet(tmp_path).objects}) == 1


def test_twins_of_an_object_with_a_split_share_it(tmp_path, solid_source):
    first, *others = solid_source
    records = [dataclasses.replace(first, split="test"), *others[:1]]
    records += [dataclasses.replace(first, id=f"twin-{i}") for i in range(4)]
    prepare(type(solid_source)(records), tmp_path, workers=1)
    found = {one["id"]: one["split"] for one in TrainingSet(tmp_path).objects}
    assert {found[f"twin-{i}"] for i in range(4)} == {"test"}


def test_many_twins_stay_in_training_and_the_given_split_stays(tmp_path, solid_source):
    first = next(iter(solid_source))
    records = [dataclasses.replace(first, split="test")]
    records += [dataclasses.replace(first, id=f"twin-{i}") for i in range(LARGEST_HELD_OUT_GROUP)]
    prepare(type(solid_source)(records), tmp_path, workers=1)
    found = [one["split"] for one in TrainingSet(tmp_path).objects]
    assert found == ["test"] + ["train"] * LARGEST_HELD_OUT_GROUP


def test_held_out_combinations_keep_their_split_whatever_they_are_like(tmp_path, solid_source):
    first = next(iter(solid_source))
    records = [dataclasses.replace(first, split=UNSEEN)]
    records += [dataclasses.replace(first, id=f"twin-{i}") for i in range(2)]
    prepare(type(solid_source)(records), tmp_path, workers=1)
    found = [one["split"] for one in TrainingSet(tmp_path).objects]
    assert found[0] == UNSEEN
    assert UNSEEN not in found[1:]


def test_attributes_and_nouns_are_those_of_the_shape(tmp_path):
    prepare(Families(22, names=("stool",)), tmp_path, workers=1)
    for one, record in zip(
        TrainingSet(tmp_path).objects, Families(22, names=("stool",)), strict=True
    ):
        expected = {name: reading.value for name, reading in read(record.mesh).items()}
        found = {name: value for name, (value, _) in one["attributes"].items()}
        relative = {"height", "width"}
        assert {name: value for name, value in found.items() if name not in relative} == expected
        assert one["nouns"] == ["stool"]
    words = [one["attributes"].get("height") for one in TrainingSet(tmp_path).objects]
    assert {word[0] for word in words if word} == {"tall", "short"}


def test_splits_that_are_given_stay(tmp_path, solid_source):
    given = [dataclasses.replace(one, split="val") for one in solid_source]
    prepare(type(solid_source)(given), tmp_path, workers=1)
    assert [one["split"] for one in json.loads((tmp_path / "objects.json").read_text())] == (
        ["val"] * 4
    )


def test_a_source_without_one_usable_object_is_refused(raw_source, tmp_path):
    with pytest.raises(DataError, match="no object"):
        prepare(type(raw_source)([list(raw_source)[1]]), tmp_path, workers=1)
