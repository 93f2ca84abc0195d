"""`caddis web generate` and `train`: samples are written, drawn and compared with the wish."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from caddis.app import cli
from caddis.app.commands.web.generate import Generate, compared
from caddis.app.commands.web.train import Train
from caddis.generation.webs.conditions import WebCondition
from caddis.geometry.errors import ConfigError
from caddis.geometry.files.mesh_io import load_mesh
from caddis.geometry.webs.files import read_web, write_web
from tests.geometry.webs.webs import cube


@pytest.fixture
def own(tmp_path: Path) -> list[str]:
    """Options that cut pieces from a small web of our own, since building one takes seconds."""
    return ["web", "generate", "--web", str(write_web(cube(20.0), tmp_path / "cube.csv"))]


def test_a_folder_gets_a_graph_each_and_the_same_bytes_again(own, tmp_path, capsys) -> None:
    wish = ["--nodes", "8", "--edge-length-mm", "12", "--count", "3", "--seed", "4"]
    for name in "ab":
        assert cli.main([*own, *wish, "--out", str(tmp_path / name)]) == 0
    shown = capsys.readouterr().out
    assert "asked" in shown
    assert "mean degree" in shown
    names = [f"pieces-4-{number}.json" for number in (1, 2, 3)]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == names
    for name in names:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
        web = read_web(tmp_path / "a" / name)
        assert web.lengths.mean() == pytest.approx(12.0)


def test_a_file_says_the_format_and_several_are_numbered(own, tmp_path) -> None:
    assert cli.main([*own, "--out", str(tmp_path / "one.graphml")]) == 0
    assert cli.main([*own, "--count", "2", "--out", str(tmp_path / "two.csv")]) == 0
    made = {path.name for path in tmp_path.iterdir()} - {"cube.csv"}
    assert made == {"one.graphml", "two-1.csv", "two-2.csv"}


def test_a_sample_becomes_a_body_that_prints_and_both_can_be_had(own, tmp_path) -> None:
    options = ["--edge-length-mm", "15", "--diameter-mm", "1.5", "--fineness", "2.5"]
    options += ["--base", "plate", "--formats", "stl", "json", "--orientation", "0.4", "0.3", "0.3"]
    assert cli.main([*own, *options, "--out", str(tmp_path / "webs")]) == 0
    assert load_mesh(tmp_path / "webs/pieces-0-1.stl").is_watertight
    assert len(read_web(tmp_path / "webs/pieces-0-1.json").nodes) == 8
    record = json.loads((tmp_path / "webs/pieces-0-1.stl.json").read_text())
    assert record["edge_length_mm"] == 15
    assert record["web"] == "cube.csv"
    assert record["gate"]["is_solid"]


def test_a_picture_shows_the_samples_side_by_side(own, tmp_path) -> None:
    sheet, out = tmp_path / "sheet.png", tmp_path / "webs"
    options = ["--count", "2", "--picture", str(sheet), "--size", "64", "--out", str(out)]
    assert cli.main([*own, *options]) == 0
    with Image.open(sheet) as drawn:
        assert drawn.width > 2 * 64
        assert np.asarray(drawn)[:64].std() > 5


def test_the_table_holds_wanted_and_actual_values_and_their_mean() -> None:
    asked, first, _, mean = compared(WebCondition(nodes=8), [cube(20.0), cube(10.0)])
    assert asked[:3] == ("asked", "8", "any")
    assert first[:5] == ("1", "8", "12", "3", "20")
    assert mean[4] == "15"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--nodes", "3", "--mean-degree", "7"], "Possible here: 1.33333 to 2"),
        (["--nodes", "0"], "from 2 to 64"),
        (["--nodes", "10", "--edges", "8"], "Possible here: 9 to 45"),
        (["--edges", "9", "--mean-degree", "2"], "not both"),
        (["--edge-length-mm", "-2"], "above 0"),
        (["--edge-length-mm", "nan"], "above 0"),
        (["--orientation", "1", "1", "0"], "add up to 1"),
        (["--count", "0"], "from 1 to 10,000"),
        (["--model", "spider"], "Expected one of"),
        (["--model", "autoregressive", "--kind", "orb"], "options of the model pieces"),
        (["--weights", "runs"], "pieces have no weights"),
        (["--model", "autoregressive", "--weights", "none"], "is missing"),
        (["--web", "none.csv"], "none.csv"),
        (["--out", "web.doc"], "cannot write"),
        (["--out", "web.stl", "--formats", "stl"], "needs a folder"),
    ],
)
def test_impossible_webs_are_refused_in_one_line(
    options: list[str], said: str, tmp_path: Path, monkeypatch, capsys
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["web", "generate", *options]) == 2
    shown = capsys.readouterr().err
    assert said in shown
    assert shown.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_assembly_is_drawn_by_its_tensions(own, tmp_path) -> None:
    picture = tmp_path / "row.png"
    options = ["web", "assemble", *own[2:], "--count", "2", "--curve", "formula", "--x", "30*t"]
    options += ["--y", "t", "--z", "t", "--end", "1", "--picture", str(picture), "--size", "64"]
    assert cli.main([*options, "--out", str(tmp_path / "row.json")]) == 0
    with Image.open(picture) as drawn:
        assert drawn.size == (64, 64)
        assert np.asarray(drawn).std() > 5


def test_single_samples_have_no_curve_and_assemblies_no_edge_length() -> None:
    assert "curve" not in Generate.__dataclass_fields__
    with pytest.raises(ConfigError):
        cli.parse(["web", "assemble", "--edge-length-mm", "3", "--out", "a.json"])


def test_a_training_goes_to_a_folder_of_its_model() -> None:
    command = cli.parse(["web", "train", "--model", "autoregressive", "--steps", "7"])
    assert isinstance(command, Train)
    assert command.settled().out == Path("runs/webs/autoregressive")
    assert command.settled().steps == 7
    named = cli.parse(["web", "train", "--model", "analog-diffusion", "--out", "here"])
    assert isinstance(named, Train)
    assert named.settled().out == Path("here")


def test_an_unknown_model_is_not_trained(capsys) -> None:
    assert cli.main(["web", "train", "--model", "pieces"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.slow
def test_a_model_is_trained_and_then_generates(tmp_path, capsys) -> None:
    run, webs = tmp_path / "run", tmp_path / "webs"
    small = ["--width", "16", "--layers", "1", "--heads", "1", "--batch", "2", "--webs", "1"]
    small += ["--per-web", "4", "--cache", str(tmp_path / "cache"), "--out", str(run)]
    model = ["--model", "autoregressive"]
    assert cli.main(["web", "train", *model, "--steps", "2", *small]) == 0
    assert f"--weights {run}" in capsys.readouterr().out
    options = ["--weights", str(run), "--nodes", "10", "--count", "2", "--out", str(webs)]
    assert cli.main(["web", "generate", *model, *options]) == 0
    assert [len(read_web(path).nodes) for path in webs.iterdir()] == [10, 10]
