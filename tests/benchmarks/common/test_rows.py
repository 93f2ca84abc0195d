"""Rows are measured once, survive a kill in the middle of a line, and are found again."""

from pathlib import Path

import pytest

from benchmarks.common.rows import Rows, kept


def test_a_row_is_measured_once_unless_asked_for_anew(tmp_path: Path) -> None:
    calls: list[int] = []

    def count(step: int) -> dict[str, int]:
        calls.append(step)
        return {"calls": len(calls)}

    path = tmp_path / "out" / "rows.jsonl"
    assert Rows(path).once({"part": "a"}, count, 1) == {"part": "a", "calls": 1}
    assert Rows(path).once({"part": "a"}, count, 1)["calls"] == 1
    assert Rows(path).once({"part": "b"}, count, 1)["calls"] == 2
    assert Rows(path).once({"part": "a"}, count, 1, again=True)["calls"] == 3
    assert Rows(path).once({"part": "a"}, count, 1)["calls"] == 3


def test_rows_come_back_as_json_holds_them(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    added = Rows(path).add({"key": (1, 2), "value": 0.1})
    assert Rows(path).rows == [added] == [{"key": [1, 2], "value": 0.1}]
    assert Rows(path).find({"key": (1, 2)}) == added
    assert Rows(path).find({"key": (1, 3)}) is None


def test_a_line_that_a_killed_run_did_not_end_is_measured_again(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    first, second = Rows(path).add({"a": 1}), Rows(path).add({"a": 2})
    whole = path.read_text()
    path.write_text(whole[:-4])
    rows = Rows(path)
    assert rows.rows == [first]
    rows.add(second)
    assert path.read_text() == whole


def test_closed_rows_are_not_open_for_new_ones(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    Rows(path).add({"a": 1})
    assert Rows(path).open_for({"a": 2})
    closed = Rows(path, closed=True)
    assert closed.open_for({"a": 1})
    assert not closed.open_for({"a": 2})


def test_figures_are_kept_in_their_own_file(tmp_path: Path) -> None:
    path = tmp_path / "runs" / "one.json"
    assert kept(path, lambda: {"value": (1, 2)}) == {"value": [1, 2]}
    assert kept(path, lambda: pytest.fail("measured again")) == {"value": [1, 2]}
    assert kept(path, lambda: {"value": 3}, fresh=True) == kept(path, dict) == {"value": 3}
