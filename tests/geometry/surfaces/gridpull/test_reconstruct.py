"""Scans with faults become the solid that was scanned."""

import numpy as np
import pytest
import trimesh

from caddis.geometry.mesh.clean import is_clean
from caddis.geometry.surfaces.gridpull import Settings, reconstruct
from tests.geometry.surfaces.gridpull.clouds import ball, plate, ring, scanned, wing

COARSE = Settings(resolution=64)


def _agrees(made: trimesh.Trimesh, truth: trimesh.Trimesh, *, volume: float, size: float) -> None:
    assert is_clean(made)
    assert made.body_count == truth.body_count
    assert made.volume == pytest.approx(truth.volume, rel=volume)
    assert np.abs(made.bounds - truth.bounds).max() < size


def test_a_scan_without_normals_becomes_the_solid_in_its_own_unit_and_place():
    points, _ = scanned(ring())
    _agrees(reconstruct(points, settings=COARSE), ring(), volume=0.01, size=0.5)


def test_a_noisy_scan_is_smoothed():
    points, _ = scanned(ring(), 6000, noise=0.8)
    made = reconstruct(points, settings=COARSE)
    _agrees(made, ring(), volume=0.03, size=2.0)
    assert made.area < 1.05 * ring().area


def test_strays_are_left_out():
    points, _ = scanned(ring())
    strays = np.random.default_rng(1).uniform(-90, 90, (150, 3)) + ring().centroid
    points = np.vstack([points, strays, [[1e7, 0.0, 0.0]]])
    _agrees(reconstruct(points, settings=COARSE), ring(), volume=0.02, size=1.5)


def test_a_hole_in_the_scan_is_closed():
    points, _ = scanned(ball(), 4000)
    points = points[points[:, 2] < 0.35]
    made = reconstruct(points, settings=COARSE)
    assert is_clean(made)
    assert made.volume == pytest.approx(ball().volume, rel=0.05)


def test_a_thin_plate_keeps_both_sides():
    points, _ = scanned(plate(), 8000)
    made = reconstruct(points, settings=Settings(resolution=96))
    _agrees(made, plate(), volume=0.2, size=0.02)


def test_a_wing_thinner_than_the_cells_of_coarse_grids_does_not_bulge():
    points, _ = scanned(wing(), 6000)
    made = reconstruct(points, settings=Settings(resolution=96))
    _agrees(made, wing(), volume=0.02, size=0.02)
    _, away, _ = trimesh.proximity.closest_point(wing(), made.vertices)
    assert away.max() < 1.5 / 96


def test_several_parts_stay_apart():
    two = trimesh.util.concatenate([ball(), ball(0.3, (1.0, 0.0, 0.0))])
    points, _ = scanned(two, 5000)
    _agrees(reconstruct(points, settings=COARSE), two, volume=0.02, size=0.01)


def test_uneven_density_does_not_change_the_surface():
    points, _ = scanned(ring(), 12_000)
    chance = np.exp(-(np.ptp(points[:, 0]) ** -1) * 3.0 * (points[:, 0] - points[:, 0].min()))
    points = points[np.random.default_rng(9).random(len(points)) < chance]
    _agrees(reconstruct(points, settings=COARSE), ring(), volume=0.01, size=0.6)


def test_inward_normals_are_corrected():
    points, normals = scanned(ball())
    first = reconstruct(points, normals, COARSE)
    second = reconstruct(points, -5.0 * normals, COARSE)
    _agrees(first, ball(), volume=0.01, size=0.01)
    assert np.array_equal(first.vertices, second.vertices)


def test_same_points_give_the_same_bytes():
    points, _ = scanned(ring(), 1500)
    first, second = (reconstruct(points, settings=COARSE) for _ in range(2))
    assert first.vertices.tobytes() == second.vertices.tobytes()
    assert first.faces.tobytes() == second.faces.tobytes()


@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e12])
def test_the_unit_does_not_matter(scale):
    points, _ = scanned(ball(), 1500)
    made = reconstruct(points * scale, settings=COARSE)
    assert made.volume == pytest.approx(ball().volume * scale**3, rel=0.02)


def test_progress_is_reported_to_the_end():
    reports = []
    points, _ = scanned(ball(), 1000)
    reconstruct(points, settings=COARSE, on_step=lambda done, steps: reports.append((done, steps)))
    assert [done for done, _ in reports] == sorted(done for done, _ in reports)
    assert reports[-1][0] == reports[-1][1]
    assert len({steps for _, steps in reports}) == 1
