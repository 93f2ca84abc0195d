"""`caddis generate` and `caddis showcase` around a pipeline that answers at once."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
import trimesh
from PIL import Image

import caddis
from caddis.app.cli import main, parse
from caddis.app.commands.generate import Generate
from caddis.app.commands.showcase import SHOWN
from caddis.generation import pipeline
from caddis.generation.pipeline import Generated, Request
from caddis.generation.request import Sampling
from caddis.geometry.errors import CaddisError, NoSurfaceError
from caddis.geometry.files.mesh_io import load_mesh
from caddis.geometry.gate import check

TOKENS = 4


def made(request: Request, item: int) -> Generated:
    height = request.height_mm or 60.0
    mesh = trimesh.creation.box((20.0, 30.0, height))
    mesh.apply_translation((0.0, 0.0, height / 2))
    given = {"text": request.text, "category": request.category}
    return Generated(
        mesh=mesh,
        tokens=np.arange(TOKENS),
        seed=request.seed,
        item=item,
        candidate=0,
        condition={name: value for name, value in given.items() if value},
        height_mm=height,
        report=check(mesh, profile=request.process, height_mm=height),
        changes=(),
        stage_seconds={"tokens": 0.3, "surface": 0.1},
        weights_sha256="0" * 64,
    )


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    seen: list[Request] = []

    def generate(
        request: Request,
        *,
        on_token: Callable[[int, int], None],
        on_refused: Callable[[int, CaddisError], None],
        **_: object,
    ) -> Iterator[Generated]:
        seen.append(request)
        for written in range(1, TOKENS + 1):
            on_token(written, TOKENS)
        for item in range(request.count):
            if request.text == "nothing" or (item == 1 and request.text == "all but the second"):
                on_refused(item, NoSurfaceError("no candidate has a surface", request.words))
                continue
            yield made(request, item)

    monkeypatch.setattr(pipeline, "generate", generate)
    return seen


def test_a_file_comes_with_its_record_and_a_table(
    requests: list[Request], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "stool.3mf"
    words = ["--text", "a round stool", "--seed", "7", "--height-mm", "50"]
    assert main(["generate", *words, "--out", str(out)]) == 0
    assert load_mesh(out).extents[2] == pytest.approx(50.0)
    record = json.loads((tmp_path / "stool.3mf.json").read_text())
    assert record["seed"] == 7
    assert record["condition"] == {"text": "a round stool"}
    assert record["title"] == "a round stool"
    assert record["versions"]["caddis"] == caddis.__version__
    shown = capsys.readouterr().out
    for cell in ("a round stool", "7", str(TOKENS), "20.0 x 30.0 x 50.0", "pass", "0.4"):
        assert cell in shown
    assert len(requests) == 1


def test_several_objects_fill_a_folder_in_every_format(
    requests: list[Request], tmp_path: Path
) -> None:
    out = tmp_path / "lamps"
    options = ["--category", "table_lamp", "--count", "2", "--seed", "3", "--formats", "stl", "glb"]
    assert main(["generate", *options, "--out", str(out)]) == 0
    names = {f"table-lamp-3-{number}.{kind}" for number in (1, 2) for kind in ("stl", "glb")}
    assert {path.name for path in out.iterdir()} == names | {f"{name}.json" for name in names}
    assert requests[0].count == 2


def test_a_picture_is_drawn_beside_each_object(requests: list[Request], tmp_path: Path) -> None:
    out = tmp_path / "x.3mf"
    assert main(["generate", "--text", "x", "--count", "2", "--picture", "--out", str(out)]) == 0
    for number in (1, 2):
        with Image.open(tmp_path / f"x-{number}.png") as picture:
            assert picture.width >= 512
            assert len(picture.convert("L").getcolors(256)) > 10


def test_timings_print_the_stages_shares(
    requests: list[Request], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", "--text", "x", "--timings", "--out", str(tmp_path / "x.stl")]) == 0
    shown = capsys.readouterr().out
    assert "75 %" in shown
    assert "25 %" in shown


def test_a_failed_gate_is_said_and_the_file_is_kept(
    requests: list[Request], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "tower.stl"
    assert main(["generate", "--text", "x", "--height-mm", "400", "--out", str(out)]) == 1
    assert "1 of 1 failed the print gate" in capsys.readouterr().err
    assert out.exists()


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--text", "nothing"], "no candidate has a surface"),
        (["--text", "x", "--count", "0"], "count must be"),
        (["--text", "x", "--height-mm", "nan"], "height_mm must be"),
        (["--text", "x", "--faces", "3"], "faces must be"),
        (["--text", "x", "--temperature", "-1"], "temperature must be"),
    ],
)
def test_a_bad_request_is_one_line_and_no_file(
    options: list[str],
    what: str,
    requests: list[Request],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "deep" / "x.stl"
    assert main(["generate", *options, "--out", str(out)]) == 2
    said = capsys.readouterr()
    assert what in said.err
    assert said.out == ""
    assert not out.parent.exists()


def test_an_existing_file_is_replaced_only_with_force(
    requests: list[Request], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.stl"
    out.write_text("somebody's work")
    assert main(["generate", "--text", "x", "--out", str(out)]) == 2
    assert "exists already" in capsys.readouterr().err
    assert out.read_text() == "somebody's work"
    assert requests == []
    assert main(["generate", "--text", "x", "--out", str(out), "--force"]) == 0
    assert len(load_mesh(out).faces) == 12


def test_an_object_that_cannot_be_made_does_not_hold_up_the_others(
    requests: list[Request], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["generate", "--text", "all but the second", "--count", "3"]
    assert main([*words, "--out", str(tmp_path / "x.stl")]) == 1
    assert sorted(path.name for path in tmp_path.glob("*.stl")) == ["x-1.stl", "x-3.stl"]
    assert "object 2 could not be made" in capsys.readouterr().err


def test_a_path_that_cannot_be_written_is_refused_before_the_work(
    requests: list[Request], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("x")
    assert main(["generate", "--text", "x", "--out", str(tmp_path / "file" / "x.stl")]) == 2
    assert main(["generate", "--text", "x", "--out", str(tmp_path / "x.blend")]) == 2
    assert capsys.readouterr().err.count("caddis: error:") == 2
    assert requests == []


def test_the_command_line_has_the_pipelines_options_and_defaults() -> None:
    parsed = parse(["generate"])
    assert isinstance(parsed, Request)
    assert {one.name: getattr(parsed, one.name) for one in fields(Request)} == vars(Request())


def test_python_and_the_command_line_take_the_same_options() -> None:
    function = set(inspect.signature(caddis.generate).parameters) - {"on_token"}
    command = {field.name for field in fields(Generate)} - {"sampling"}
    command |= {field.name for field in fields(Sampling)}
    assert function <= command
    assert command - function == {
        "force",
        "formats",
        "list_categories",
        "out",
        "picture",
        "timings",
        "verbose",
    }


def test_categories_are_listed_one_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Few:
        categories = ("chair", "floor_lamp", "table_lamp")
        groups = {"lamp": ("floor_lamp", "table_lamp")}  # noqa: RUF012

    monkeypatch.setattr("caddis.generation.models.load_models", lambda *_: Few())
    assert main(["generate", "--list-categories"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "chair",
        "floor_lamp",
        "lamp (any of floor_lamp, table_lamp)",
        "table_lamp",
    ]


def test_showcase_leaves_six_objects_a_sheet_and_a_hint(
    requests: list[Request], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["showcase", "--out", str(tmp_path)]) == 0
    assert len(requests) == len(SHOWN) == 6
    assert len(list(tmp_path.glob("*.3mf"))) == len(list(tmp_path.glob("*.stl"))) == 6
    with Image.open(tmp_path / "showcase.png") as sheet:
        assert sheet.width > 3 * 320
    shown = capsys.readouterr().out
    assert all(words in shown for words, _ in SHOWN)
    assert "caddis generate --list-categories" in shown
