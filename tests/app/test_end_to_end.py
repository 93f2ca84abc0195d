"""The shipped model, from the command line to the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import caddis
from caddis.app.cli import main


@pytest.mark.slow
def test_words_become_a_solid_that_prints_the_same_to_the_byte(tmp_path: Path) -> None:
    words = ["generate", "--text", "a round wooden stool", "--seed", "7", "--height-mm", "60"]
    for name in ("first.3mf", "again.3mf"):
        assert main([*words, "--out", str(tmp_path / name)]) == 0
    first, again = (tmp_path / name for name in ("first.3mf", "again.3mf"))
    assert first.read_bytes() == again.read_bytes()
    report = caddis.check(first, height_mm=60.0)
    assert report.is_solid
    record = json.loads((tmp_path / "first.3mf.json").read_text())
    assert record["gate"]["status"] == report.status
    assert len(record["weights_sha256"]) == 64


def test_every_listed_category_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "--list-categories"]) == 0
    names = capsys.readouterr().out.splitlines()
    assert {"car", "chair"} <= set(names)
    assert any(name.startswith("lamp (any of ") for name in names)
    assert set(caddis.categories()) <= set(names)


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--category", "chiar"], "chair"),
        (["--text", ""], "the text is empty"),
        (["--text", "???"], "no word that the model knows"),
        (["--text", "stool", "--preset", "giant"], "nano"),
        (["--text", "stool", "--process", "clay"], "fdm"),
        (["--text", "stool", "--surface", "clay"], "marching-cubes"),
        (["--text", "stool", "--weights", "no-such-run"], "no-such-run"),
    ],
)
def test_a_bad_request_is_one_line_and_no_file(
    options: list[str], what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", *options, "--out", str(tmp_path / "new" / "x.stl")]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("caddis: error: ")
    assert said.err.count("\n") == 1
    assert what in said.err
    assert said.out == ""
    assert list(tmp_path.iterdir()) == []
