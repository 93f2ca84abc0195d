"""Files appear whole or not at all."""

from pathlib import Path

import pytest

from caddis.geometry.errors import OutputError
from caddis.geometry.files.atomic import atomic_path, write_text


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    write_text(target, "old")
    with pytest.raises(ZeroDivisionError), atomic_path(target) as beside:
        beside.write_text("half")
        raise ZeroDivisionError
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_missing_folders_are_made_and_the_ending_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "x" / "y" / "b.stl"
    with atomic_path(target) as beside:
        assert beside.suffix == ".stl"
        beside.write_bytes(b"1")
    assert target.read_bytes() == b"1"


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write here"):
        write_text(tmp_path / "file" / "a.txt", "x")
    with pytest.raises(OutputError):
        write_text(tmp_path, "x")
