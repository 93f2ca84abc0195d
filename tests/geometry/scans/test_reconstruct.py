"""Scans of every kind become one closed solid, or one clear error."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import trimesh

from caddis.geometry.errors import ConfigError, EmptyMeshError, NonFiniteError, TooLargeError
from caddis.geometry.mesh.clean import is_clean
from caddis.geometry.mesh.sampling import sample_surface
from caddis.geometry.options.points import ReconstructOptions
from caddis.geometry.scans.reconstruct import forecast, reconstruct

BALL = trimesh.creation.icosphere(3, 15.0)
COARSE = ReconstructOptions(resolution=48)


def scan(count: int = 2000) -> np.ndarray:
    return np.hstack(sample_surface(BALL, count, np.random.default_rng(1)))


def test_a_mesh_keeps_its_size_when_no_height_is_asked_for() -> None:
    made = reconstruct(BALL).mesh
    np.testing.assert_allclose(made.extents, 30.0, rtol=0.02)
    assert made.is_watertight
    assert made.volume == pytest.approx(BALL.volume, rel=0.03)


def test_a_soup_with_missing_faces_is_closed() -> None:
    soup = BALL.copy()
    soup.update_faces(np.arange(len(soup.faces)) % 50 > 0)
    assert not soup.is_watertight
    made, changes = reconstruct(soup, ReconstructOptions(height_mm=10.0))
    assert any("holes" in change for change in changes)
    assert made.is_watertight
    assert made.volume == pytest.approx(4 / 3 * np.pi * 5.0**3, rel=0.05)


@pytest.mark.parametrize("columns", [3, 6])
def test_points_become_a_solid_of_their_own_size_on_the_bed(columns: int) -> None:
    made, changes = reconstruct(scan()[:, :columns] + 100.0 * (columns == 3), COARSE)
    assert is_clean(made)
    assert made.volume == pytest.approx(BALL.volume, rel=0.03)
    assert made.bounds[0, 2] == pytest.approx(0.0, abs=1e-9)
    assert changes == ()


def test_a_mesh_is_made_anew_when_a_back_end_is_named() -> None:
    inner = trimesh.creation.icosphere(2, 14.0).apply_translation((8.0, 0.0, 0.0))
    soup = trimesh.util.concatenate([BALL, inner.submesh([range(200)], append=True)])
    made, _ = reconstruct(soup, ReconstructOptions(surface="gridpull", resolution=48))
    assert is_clean(made)


def test_options_thin_turn_and_simplify() -> None:
    tall = scan(4000)[:, :3] * [1.0, 3.0, 1.0]
    options = ReconstructOptions(resolution=48, voxel_mm=1.0, up="y", faces=500, height_mm=50.0)
    made, changes = reconstruct(tall, options)
    assert made.extents[2] == pytest.approx(50.0)
    assert made.extents[0] == pytest.approx(50.0 / 3.0, rel=0.05)
    assert len(made.faces) == pytest.approx(500, rel=0.05)
    assert is_clean(made)
    assert len(changes) == 2
    assert "thinned 4,000 points" in changes[0]


def test_noise_and_outliers_reach_the_back_end() -> None:
    rough = scan()[:, :3] + np.random.default_rng(2).normal(0.0, 0.3, (2000, 3))
    smooth, close = (
        reconstruct(rough, ReconstructOptions(resolution=48, noise_mm=noise)).mesh.area
        for noise in (0.5, 0.0)
    )
    assert smooth < close


def test_progress_is_reported() -> None:
    reports: list[tuple[int, int]] = []
    reconstruct(scan(), COARSE, on_step=lambda done, steps: reports.append((done, steps)))
    assert reports[-1] == (100, 100)
    assert [done for done, _ in reports] == sorted(done for done, _ in reports)
    assert reports[-2][0] < 100  # judging the solid takes time, too


def test_bad_input_is_refused() -> None:
    with pytest.raises(ConfigError, match="gridpull"):
        reconstruct(scan(), ReconstructOptions(surface="clay"))
    with pytest.raises(ConfigError, match="columns"):
        reconstruct(np.zeros((100, 4)))
    with pytest.raises(EmptyMeshError):
        reconstruct(np.zeros((0, 3)))
    with pytest.raises(NonFiniteError):
        reconstruct(np.full((100, 3), np.nan))
    for scale in (1e-12, 1e12):
        with pytest.raises(TooLargeError, match="--unit"):
            reconstruct(scan()[:, :3] * scale, COARSE)
        assert reconstruct(scan()[:, :3] * scale, replace(COARSE, height_mm=20.0)).mesh.extents[
            2
        ] == pytest.approx(20.0)


def test_there_is_no_forecast_where_none_is_possible() -> None:
    assert forecast(BALL) is None
    assert forecast(scan(), ReconstructOptions(surface="poisson")) is None
    assert forecast(BALL, ReconstructOptions(surface="gridpull")) is not None
    with pytest.raises(ConfigError, match="gridpull"):
        forecast(scan(), ReconstructOptions(surface="clay"))


@pytest.mark.open3d
def test_poisson_is_a_choice() -> None:
    made = reconstruct(scan(4000), ReconstructOptions(surface="poisson", resolution=64)).mesh
    assert made.is_watertight
    assert made.volume == pytest.approx(BALL.volume, rel=0.05)
