"""Output paths are chosen and checked before any work."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caddis.app.cli import main
from caddis.app.outputs import FORMATS, check_writable, plan_meshes, slug
from caddis.geometry.errors import ConfigError, OutputError, UnsupportedFormatError


def test_a_file_for_one_object_is_kept_as_it_is(tmp_path: Path) -> None:
    assert plan_meshes(tmp_path / "stool.3mf", ["any"]) == [(tmp_path / "stool.3mf",)]


def test_a_file_for_several_objects_is_numbered(tmp_path: Path) -> None:
    plan = plan_meshes(tmp_path / "lamp.stl", ["a", "b"])
    assert plan == [(tmp_path / "lamp-1.stl",), (tmp_path / "lamp-2.stl",)]


def test_a_folder_gets_one_file_per_object_and_format(tmp_path: Path) -> None:
    out = tmp_path / "lamps"
    assert plan_meshes(out, ["a", "b"], ("stl", "glb")) == [
        (out / "a.stl", out / "a.glb"),
        (out / "b.stl", out / "b.glb"),
    ]
    assert plan_meshes(out, ["a"]) == [(out / "a.3mf",)]


def test_a_folder_that_exists_may_have_a_dot_in_its_name(tmp_path: Path) -> None:
    (tmp_path / "v1.2").mkdir()
    assert plan_meshes(tmp_path / "v1.2", ["a"]) == [(tmp_path / "v1.2" / "a.3mf",)]


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"\.blend"):
        plan_meshes(tmp_path / "stool.blend", ["a"])


def test_formats_for_a_single_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="folder"):
        plan_meshes(tmp_path / "stool.stl", ["a"], ("3mf",))


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="is a file"):
        check_writable(tmp_path / "file" / "deep" / "stool.stl", force=False)


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "stool.stl").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        check_writable(tmp_path / "stool.stl", force=False)


def test_a_folder_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(OutputError, match="cannot write here"):
        check_writable(Path("/proc/none/stool.stl"), force=False)


def test_the_check_leaves_nothing_behind(tmp_path: Path) -> None:
    check_writable(tmp_path / "new" / "folder" / "stool.stl", force=False)
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=80))
def test_no_words_lead_out_of_the_folder(words: str) -> None:
    name = slug(words)
    assert 0 < len(name) <= 40
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert name.strip("-") == name


def test_every_format_is_planned_by_its_ending(tmp_path: Path) -> None:
    for ending in FORMATS:
        assert plan_meshes(tmp_path / f"a.{ending.upper()}", ["a"])


def test_records_are_not_replaced_either(tmp_path: Path) -> None:
    (tmp_path / "a.stl.json").write_text("somebody's record")
    with pytest.raises(OutputError, match="exists already"):
        plan_meshes(tmp_path / "a.stl", ["a"])
    assert plan_meshes(tmp_path / "a.stl", ["a"], force=True) == [(tmp_path / "a.stl",)]


@pytest.mark.parametrize(
    "command",
    [
        ["web", "build", "orb"],
        ["web", "draw", "web.json"],
        ["web", "solid", "web.json"],
        ["web", "generate"],
        ["web", "assemble"],
        ["reconstruct", "scan.ply"],
        ["repair", "part.stl"],
        ["generate", "--text", "a stool"],
        ["data", "contact-sheet"],
    ],
)
def test_no_command_replaces_a_file_that_is_there(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ending = {"draw": "png", "contact-sheet": "png", "build": "json"}.get(command[1], "stl")
    out = tmp_path / f"out.{ending}"
    out.write_text("somebody's work")
    assert main([*command, "--out", str(out)]) == 2
    assert "--force" in capsys.readouterr().err
    assert out.read_text() == "somebody's work"
