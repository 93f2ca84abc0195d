"""The forecast of a reconstruction is shown in words, and grows with the resolution."""

from __future__ import annotations

import re

import numpy as np

from caddis.app.page.parts.forecasts import AUTOMATIC, expected
from caddis.geometry.options.points import ReconstructOptions
from caddis.geometry.scans.reconstruct import forecast
from tests.geometry.shapes import box

POINTS = {"count": 50_000, "mesh": False, "size_mm": [10.0, 20.0, 30.04]}


def gigabytes(said: str) -> float:
    found = re.search(r"([\d.]+) GB", said)
    assert found, said
    return float(found[1])


def test_there_is_no_forecast_before_there_is_a_scan() -> None:
    assert expected({}, AUTOMATIC, 128) == ""


def test_points_and_size_are_shown_and_a_finer_grid_takes_more() -> None:
    coarse, fine = (expected(POINTS, AUTOMATIC, cells) for cells in (32, 256))
    assert "50,000 points, 10.0 × 20.0 × 30.0 mm" in coarse
    assert " s on a free core" in coarse
    assert gigabytes(coarse) < gigabytes(fine)


def test_a_mesh_is_repaired_unless_a_surface_is_named() -> None:
    mesh = {**POINTS, "mesh": True}
    assert "repaired" in expected(mesh, AUTOMATIC, 128)
    assert "GB" in expected(mesh, "gridpull", 128)


def test_the_page_shows_the_forecast_of_a_reconstruction() -> None:
    for known, scan in ((POINTS, np.zeros((50_000, 3))), ({**POINTS, "mesh": True}, box())):
        for surface in ("gridpull", "voromesh"):
            will = forecast(scan, ReconstructOptions(surface=surface, resolution=96))
            assert will is not None
            assert f"and {will.size / 1e9:.1f} GB" in expected(known, surface, 96)
