"""The journal keeps what was finished, whatever happened to its last line or to the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from caddis.app.batch.journal import Journal, Outcome, file_sha256
from caddis.geometry.errors import OutputError


def outcome(folder: Path, name: str) -> Outcome:
    path = folder / f"{name}.txt"
    path.write_text(name)
    return Outcome(name, f"digest-{name}", "good", files={path.name: file_sha256(path)})


def filled(folder: Path) -> list[Outcome]:
    folder.mkdir(exist_ok=True)
    outcomes = [outcome(folder, name) for name in "abc"]
    with Journal(folder) as journal:
        for one in outcomes:
            journal.write(one)
    return outcomes


def test_an_outcome_is_read_as_it_was_written(tmp_path: Path) -> None:
    outcomes = filled(tmp_path / "new")
    with Journal(tmp_path / "new") as journal:
        assert journal.finished() == {one.digest: one for one in outcomes}


@pytest.mark.parametrize("cut", [1, 2, 20, 60])
def test_a_truncated_last_line_is_dropped_and_written_again(cut: int, tmp_path: Path) -> None:
    outcomes = filled(tmp_path)
    path = tmp_path / "journal.jsonl"
    path.write_bytes(path.read_bytes()[:-cut])
    with Journal(tmp_path) as journal:
        assert set(journal.finished()) == {"digest-a", "digest-b"}
        journal.write(outcomes[2])
    with Journal(tmp_path) as journal:
        assert len(journal.finished()) == 3
    assert path.read_text().count("\n") == 3


def test_a_damaged_line_and_a_changed_or_missing_file_count_as_not_done(tmp_path: Path) -> None:
    filled(tmp_path)
    path = tmp_path / "journal.jsonl"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], "{}", "null", *lines[1:]]) + "\n")
    (tmp_path / "a.txt").write_text("changed")
    (tmp_path / "b.txt").unlink()
    with Journal(tmp_path) as journal:
        assert set(journal.finished()) == {"digest-c"}


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    with Journal(tmp_path), pytest.raises(OutputError, match="another batch"):
        Journal(tmp_path)
    with Journal(tmp_path):
        pass


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        Journal(tmp_path / "file")
