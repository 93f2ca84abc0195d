"""Results belong to one visitor, and are removed when they are old or too many."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from caddis.app.page.jobs.results import Result, Store
from caddis.geometry.errors import InputError

RESULT = Result(
    title="a <b>stool</b>", kind="create", size_mm=(1.0, 2.0, 3.0), faces=12,
    gate={"profile": "fdm", "status": "pass", "checks": []}, changes=("x",),
    stage_seconds={"gate": 0.5}, picture="picture.png", view="view.glb", files=("a.stl",),
    command="caddis generate", python="import caddis", origin={"tokens": [1]},
)  # fmt: skip


def saved(store: Store, visitor: str) -> Path:
    folder = store.new_folder(visitor)
    RESULT.save(folder)
    return folder


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    RESULT.save(tmp_path)
    loaded = Result.load(tmp_path)
    assert loaded.title == RESULT.title
    assert loaded.origin == RESULT.origin
    assert tuple(loaded.files) == RESULT.files


def test_a_visitor_finds_own_results_only(tmp_path: Path) -> None:
    store = Store(tmp_path / "results")
    own, other = saved(store, "me"), saved(store, "you")
    assert store.folder("me", own.name) == own
    assert store.all_of("me") == [own]
    with pytest.raises(InputError):
        store.folder("me", other.name)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "/", "x" * 16, "0" * 15, "0" * 16, "a" * 16 + "/.."]
)
def test_a_name_of_no_result_is_refused(name: str, tmp_path: Path) -> None:
    store = Store(tmp_path / "results")
    saved(store, "me")
    with pytest.raises(InputError, match="does not exist"):
        store.folder("me", name)


def test_a_visitors_name_never_becomes_a_path(tmp_path: Path) -> None:
    store = Store(tmp_path / "results")
    folder = store.new_folder("../../etc")
    assert folder.is_relative_to(tmp_path / "results")
    assert "etc" not in str(folder.relative_to(tmp_path))


def test_old_results_and_the_oldest_of_too_many_are_removed(tmp_path: Path) -> None:
    store = Store(tmp_path / "results", keep_s=100.0, most=2)
    folders = [saved(store, "me") for _ in range(4)]
    for age, folder in zip((500, 30, 20, 10), folders, strict=True):
        when = time.time() - age
        os.utime(folder / "result.json", (when, when))
        os.utime(folder, (when, when))
    store.prune()
    assert store.all_of("me") == [folders[3], folders[2]]
