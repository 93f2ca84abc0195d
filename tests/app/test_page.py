"""`caddis web`: graphs, figures, pictures and printable solids of webs."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PIL import Image

from caddis.app import cli
from caddis.geometry.files.mesh_io import load_mesh
from caddis.geometry.webs import Web
from caddis.geometry.webs.files import read_web, write_web
from tests.geometry.webs.webs import cube

FAST = ["--diameter-mm", "1.2", "--fineness", "2.5"]


@pytest.fixture(scope="module")
def orb(tmp_path_factory):
    path = tmp_path_factory.mktemp("web") / "orb.json"
    assert cli.main(["web", "build", "orb", "--seed", "3", "--out", str(path)]) == 0
    return path


def test_a_web_is_built_again_byte_for_byte(orb, tmp_path):
    again = tmp_path / "orb.json"
    cli.main(["web", "build", "orb", "--seed", "3", "--out", str(again)])
    assert again.read_bytes() == orb.read_bytes()


def test_a_web_is_measured_in_json_and_drawn(orb, tmp_path, capsys):
    picture = tmp_path / "orb.png"
    code = cli.main(
        ["web", "analyse", str(orb), "--json", "--picture", str(picture), "--size", "64"]
    )
    assert code == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["geometry"]["nodes"] == len(read_web(orb).nodes)
    assert figures["pulled along x"]["modulus_mpa"] > 0
    assert "extent" in figures["pulled along y"]["not loaded"]  # an orb is flat
    with Image.open(picture) as drawn:
        assert drawn.size == (64, 64)


def test_a_picture_of_forces_that_cannot_be_is_refused(orb, tmp_path, capsys):
    picture = tmp_path / "orb.png"
    asked = ["web", "analyse", str(orb), "--picture", str(picture), "--axis", "y"]
    assert cli.main(asked) == 2
    assert "extent" in capsys.readouterr().err
    assert not picture.exists()


def test_a_web_is_measured_in_tables(orb, capsys):
    assert cli.main(["web", "analyse", str(orb)]) == 0
    shown = capsys.readouterr().out
    for word in ("mean degree", "spread deg", "modulus mpa", "relative density"):
        assert word in shown


def test_a_web_is_drawn_by_its_tensions(orb, tmp_path):
    target = tmp_path / "drawn.png"
    assert cli.main(["web", "draw", str(orb), "--out", str(target), "--size", "64"]) == 0
    with Image.open(target) as drawn:
        assert np.asarray(drawn).std() > 5


def test_a_web_becomes_a_solid_with_its_record(tmp_path, capsys):
    source, target = write_web(cube(20.0), tmp_path / "cube.csv"), tmp_path / "cube.stl"
    code = cli.main(["web", "solid", str(source), "--out", str(target), "--base", "plate", *FAST])
    assert code == 0
    assert "cube.stl: " in capsys.readouterr().out
    assert load_mesh(target).is_watertight
    record = json.loads((tmp_path / "cube.stl.json").read_text())
    assert record["gate"]["is_solid"]
    assert record["print"]["base"] == "plate"


def test_a_web_that_stands_on_points_fails_the_gate_of_fdm(tmp_path):
    tip = Web([[0, 0, 0], [9, 2, 9], [-8, 1, 11], [1, -9, 12]], [[0, 1], [0, 2], [0, 3], [1, 2]])
    source = write_web(tip, tmp_path / "tip.csv")
    arguments = ["web", "solid", str(source), "--out", str(tmp_path / "a.3mf"), "--base", "none"]
    assert cli.main([*arguments, *FAST]) == 1


def test_samples_are_assembled_along_a_formula_to_a_web(orb, tmp_path, capsys):
    target = tmp_path / "curve.graphml"
    arguments = ["web", "assemble", "--web", str(orb), "--count", "5", "--nodes", "20"]
    arguments += ["--curve", "formula", "--x", "30*cos(t)", "--y", "30*sin(t)", "--z", "3*t"]
    assert cli.main([*arguments, "--end", "6", "--out", str(target)]) == 0
    assert "largest share" in capsys.readouterr().out
    assert read_web(target).parts.max() == 0


def test_samples_are_assembled_along_points_to_a_mesh(orb, tmp_path):
    points, target = tmp_path / "points.txt", tmp_path / "path.3mf"
    points.write_text("0 0 0\n30 0 0\n30 30 10\n")
    arguments = ["web", "assemble", "--web", str(orb), "--count", "3", "--nodes", "10"]
    arguments += ["--curve", "polyline", "--path", str(points), "--out", str(target), *FAST]
    assert cli.main(arguments) == 0
    record = json.loads((tmp_path / "path.3mf.json").read_text())
    assert record["assembly"]["parts"] == 1
    assert record["gate"]["is_solid"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["solid", "none.json", "--out", "a.stl"],
        ["solid", "none.json", "--out", "a.doc"],
        ["analyse", "none.xlsx"],
        ["build", "orb", "--out", "orb.stl"],
        ["build", "orb", "--seed", "-1", "--out", "orb.json"],
        ["assemble", "--out", "a.doc"],
        ["assemble", "--out", "a.json", "--nodes", "3", "--mean-degree", "7"],
        ["assemble", "--out", "a.json", "--curve", "polyline"],
        ["assemble", "--out", "a.json", "--curve", "formula", "--x", "__import__('os')"],
    ],
)
def test_bad_requests_are_refused_in_one_line(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["web", *arguments]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
