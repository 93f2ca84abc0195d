import pytest

from caddis.data.quarantine import (
    Quarantined,
    YieldRow,
    read_quarantine,
    write_quarantine,
    yield_rows,
)
from caddis.geometry.errors import DataError


def test_what_is_written_is_read_back_sorted_by_id(tmp_path):
    rows = [
        Quarantined("b", "kenney", "chair", 'flat, "very"'),
        Quarantined("a", "ycb", "", "no faces"),
    ]
    write_quarantine(tmp_path, rows)
    assert read_quarantine(tmp_path) == [rows[1], rows[0]]


def test_no_list_means_nothing_was_dropped(tmp_path):
    assert read_quarantine(tmp_path) == []


def test_another_table_is_refused(tmp_path):
    (tmp_path / "quarantine.csv").write_text("x,y\n1,2\n")
    with pytest.raises(DataError):
        read_quarantine(tmp_path)


def test_yield_is_counted_by_group_with_its_commonest_reasons():
    rows = yield_rows(
        ["a", "a", "b"], [("a", "flat"), ("a", "flat"), ("a", "needle"), ("c", "no faces")]
    )
    assert rows == [
        YieldRow("a", 5, 2, "flat (2); needle (1)"),
        YieldRow("b", 1, 1, ""),
        YieldRow("c", 1, 0, "no faces (1)"),
    ]
