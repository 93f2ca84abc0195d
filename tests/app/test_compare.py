"""`caddis compare` on meshes, on points and on what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import trimesh

from caddis.app.cli import main
from caddis.geometry.files.export import export_mesh
from caddis.geometry.files.mesh_io import load_mesh
from caddis.geometry.metrics import compare


def saved(side: float, path: Path) -> Path:
    box = trimesh.creation.box((side, side, side))
    return export_mesh(box, path, title="box", licence="CC0-1.0")


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    return saved(19.0, tmp_path / "made.3mf"), saved(20.0, tmp_path / "wanted.stl")


def test_two_solids_are_compared_in_a_table(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *map(str, pair)]) == 0
    shown = capsys.readouterr().out
    assert "made.3mf (A), wanted.stl (B)" in shown
    rows = {row[0]: row[1:] for row in map(cells, shown.splitlines()) if len(row) == 4}
    assert float(rows["mean distance, mm"][0]) == pytest.approx(0.5, abs=0.01)
    assert float(rows["mean distance, % of the longest side"][0]) == pytest.approx(2.5, abs=0.05)
    assert float(rows["Hausdorff distance, mm"][1]) == pytest.approx(0.75**0.5, abs=0.05)
    assert float(rows["intersection over union"][2]) == pytest.approx(0.95**3, abs=1e-3)


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("│┃").split("│")]


def test_json_holds_the_same_numbers(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *map(str, pair), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    a, b = (load_mesh(path) for path in pair)
    assert found == json.loads(json.dumps(compare(a, b).to_json()))
    assert found["mean_mm"]["a_to_b"] == pytest.approx(0.5, abs=0.01)
    assert found["volume_ratio"] == pytest.approx(0.95**3)


def test_points_have_distances_alone(
    pair: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    points = tmp_path / "scan.xyz"
    np.savetxt(points, np.random.default_rng(0).uniform(-10.0, 10.0, (500, 3)))
    for order in ((points, pair[1]), (pair[1], points)):
        assert main(["compare", *map(str, order), "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["hausdorff_mm"]["a_to_b"] > 0.0
        assert [found[key] for key in ("normal_consistency", "volume_ratio", "iou")] == [None] * 3
    assert main(["compare", str(points), str(pair[1])]) == 0
    assert "unknown" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_named(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", str(pair[0]), "missing.stl"]) == 2
    assert "missing.stl" in capsys.readouterr().err
