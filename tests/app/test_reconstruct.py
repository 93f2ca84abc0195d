"""`caddis reconstruct` prints the size of the scan and a forecast, and keeps units."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import trimesh

from caddis.app.cli import main
from caddis.geometry.mesh.sampling import sample_surface


def scan(folder: Path, longest: float) -> Path:
    ball = trimesh.creation.icosphere(3, longest / 2.0)
    path = folder / "scan.npy"
    np.save(path, sample_surface(ball, 1500, np.random.default_rng(0))[0])
    return path


def test_what_was_read_and_what_it_takes_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "part.stl"
    options = ["--resolution", "32", "--unit", "cm", "--out", str(out)]
    assert (
        main(["reconstruct", str(scan(tmp_path, 3.0)), *options]) == 1
    )  # a ball touches the bed in a point
    said = capsys.readouterr().err
    assert "1,500 points" in said
    assert "GB" in said
    assert "--unit" not in said
    np.testing.assert_allclose(trimesh.load_mesh(out).extents, 30.0, rtol=0.03)


def test_a_scan_that_is_too_small_for_millimetres_gets_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--resolution", "32", "--out", str(tmp_path / "part.stl")]
    assert main(["reconstruct", str(scan(tmp_path, 0.2)), *options]) == 1  # too small to print
    assert "give the --unit" in capsys.readouterr().err


def test_a_base_is_cut_where_it_is_asked_for_and_the_height_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "part.stl"
    options = ["--resolution", "32", "--base", "--height-mm", "30", "--out", str(out)]
    assert main(["reconstruct", str(scan(tmp_path, 30.0)), *options]) == 0
    assert "flat base" in capsys.readouterr().out
    assert trimesh.load_mesh(out).extents[2] == pytest.approx(30.0, abs=1e-3)
