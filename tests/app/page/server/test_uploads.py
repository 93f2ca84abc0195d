"""Of the paths that visitors send, only that of an upload is opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from caddis.app.page.server import uploads
from caddis.app.page.server.job_service import shown_name
from caddis.app.page.server.uploads import MESHES, take_upload
from caddis.geometry.errors import InputError, TooLargeError, UnsupportedFormatError


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """The folder of uploads and that of the job; a secret file lies outside of both."""
    for name in ("uploads", "job", "uploads-of-others"):
        (tmp_path / name).mkdir()
    for name in ("secret.stl", "uploads-of-others/secret.stl"):
        (tmp_path / name).write_text("secret")
    return tmp_path / "uploads", tmp_path / "job"


def test_an_upload_is_copied_under_a_fixed_name(places: tuple[Path, Path]) -> None:
    stored, job = places
    (stored / "a; rm -rf.STL").write_bytes(b"mesh")
    taken = take_upload(str(stored / "a; rm -rf.STL"), stored, MESHES, job)
    assert taken == job / "upload.stl"
    assert taken.read_bytes() == b"mesh"


def test_other_paths_are_refused(places: tuple[Path, Path]) -> None:
    stored, job = places
    (stored / "link.stl").symlink_to(stored.parent / "secret.stl")
    (stored / "folder").symlink_to(stored.parent)
    (stored / "real.stl").touch()
    os.link(stored / "real.stl", stored / "hard.stl")
    for path in (
        "/etc/passwd",
        str(stored.parent / "secret.stl"),
        str(stored / "link.stl"),
        str(stored / "folder" / "secret.stl"),
        str(stored / ".." / "secret.stl"),
        str(stored) + "-of-others/secret.stl",
        "secret.stl",
        str(stored),
        str(stored / "gone.stl"),
        "",
        None,
        "\0.stl" if os.name == "nt" else "x.stl",
    ):
        with pytest.raises(InputError):
            take_upload(path, stored, MESHES, job)
    assert list(job.iterdir()) == []


def test_other_endings_and_large_files_are_refused(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    stored, job = places
    (stored / "a.exe").write_bytes(b"x")
    with pytest.raises(UnsupportedFormatError):
        take_upload(str(stored / "a.exe"), stored, MESHES, job)
    monkeypatch.setattr(uploads, "MAX_MB", 0)
    (stored / "a.stl").write_bytes(b"x")
    with pytest.raises(TooLargeError):
        take_upload(str(stored / "a.stl"), stored, MESHES, job)


def test_a_files_name_is_shown_in_plain_characters() -> None:
    assert shown_name("x/<img src=x>'\n.stl") == "_img src_x___.stl"
    assert len(shown_name("x/" + "a" * 300 + ".stl")) == 60
