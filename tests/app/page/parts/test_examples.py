"""Examples are stored once, shown only with their weights, and offered in every format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from caddis.app.outputs import FORMATS, slug
from caddis.app.page.jobs.results import Result
from caddis.app.page.parts.examples import FOLDER, SHOWN, Example, load_examples
from caddis.app.page.parts.views import write_picture, write_view
from caddis.geometry.files.export import export_mesh
from caddis.geometry.files.mesh_io import load_mesh
from tests.app.page.jobs.test_results import RESULT
from tests.geometry.shapes import box

WORDS = SHOWN[0]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder with one example, a box, made by the weights "w"."""
    made, folder = tmp_path / "made", tmp_path / "examples"
    made.mkdir()
    folder.mkdir()
    export_mesh(box(), made / "a.3mf", title=WORDS, licence="CC0-1.0")
    write_picture(box(), made / "picture.png", 64)
    write_view(box(), made / "view.glb")
    files = tuple(f"a.{ending}" for ending in FORMATS)
    replace(RESULT, title=WORDS, files=files, origin={"weights_sha256": "w"}).save(made)
    Example.keep(made, folder, slug(WORDS))
    return folder


def test_an_example_becomes_a_result_with_files_of_every_format(kept: Path, tmp_path: Path) -> None:
    (example,) = load_examples(tmp_path / "shown", "w", kept)
    (tmp_path / "result").mkdir()
    example.copy_to(tmp_path / "result")
    result = Result.load(tmp_path / "result")
    assert result.title == WORDS
    for name in (*result.files, result.picture, result.view):
        assert (tmp_path / "result" / name).stat().st_size > 0
    assert load_mesh(tmp_path / "result" / "a.ply").is_watertight


def test_examples_of_other_weights_are_not_shown(kept: Path, tmp_path: Path) -> None:
    assert load_examples(tmp_path / "shown", "other", kept) == []


def test_shipped_examples_are_complete() -> None:
    for record in FOLDER.glob("*.json"):
        example = Example(FOLDER, record.stem)
        assert example.result.gate["passed"], record.name
        assert load_mesh(example.file("3mf")).is_watertight
