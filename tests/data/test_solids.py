import numpy as np

from caddis.data import solids as module
from caddis.data.solids import load_solid, solid_path, solids


def test_every_object_gets_a_solid_or_a_reason(raw_source, tmp_path):
    seen = []
    solids(raw_source, tmp_path, progress=lambda done, total: seen.append((done, total)))
    outcomes = [load_solid(tmp_path, one.id) for one in raw_source]
    assert [bool(outcome.mesh) for outcome in outcomes] == [True, False, True]
    assert outcomes[1].reason.startswith("flat")
    assert outcomes[0].stats["open_patches"] == 1
    assert outcomes[0].seconds > 0.0
    assert outcomes[2].mesh.is_watertight
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_second_run_makes_only_what_is_missing_damaged_or_old(raw_source, tmp_path, monkeypatch):
    solids(raw_source, tmp_path)
    paths = [solid_path(tmp_path, one.id) for one in raw_source]
    before = [_read(path) for path in paths]
    untouched = paths[1].stat().st_mtime_ns
    paths[0].unlink()
    paths[2].write_bytes(b"torn")
    solids(raw_source, tmp_path)
    assert paths[1].stat().st_mtime_ns == untouched
    assert [_read(path) for path in paths] == before
    monkeypatch.setattr(module, "RECIPE", "solid-next")
    solids(raw_source, tmp_path)
    assert {load_solid(tmp_path, one.id).recipe for one in raw_source} == {"solid-next"}


def _read(path):
    with np.load(path) as stored:
        return stored["vertices"].tobytes(), stored["faces"].tobytes()


def test_the_order_of_work_can_be_chosen(raw_source, tmp_path, monkeypatch):
    order = []
    monkeypatch.setattr(module, "_work", lambda item: order.append(item[0].id))
    solids(raw_source, tmp_path, first=lambda one: -int(one.id[-1]))
    assert order == ["obj-00002", "obj-00001", "obj-00000"]


def test_an_object_that_was_not_tried_is_none(tmp_path):
    assert load_solid(tmp_path, "obj-00000") is None
