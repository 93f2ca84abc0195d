import numpy as np
import pytest

from caddis.geometry.surfaces.gridpull import orientation
from caddis.geometry.surfaces.gridpull.normals import tangent_planes
from caddis.geometry.surfaces.gridpull.orientation import oriented
from tests.geometry.surfaces.gridpull.clouds import ball, plate, ring, scanned, wing


def _wrong(mesh, count, noise=0.0, neighbours=16):
    """Share of normals that look to the wrong side."""
    points, normals = scanned(mesh, count, noise)
    centre, size = mesh.bounds.mean(axis=0), mesh.extents.max()
    points = (points - centre) / size
    made = oriented(points, tangent_planes(points, neighbours))
    return float((np.einsum("ij,ij->i", made, normals) < -0.3).mean())


@pytest.mark.parametrize("make", [ball, ring, plate, wing])
def test_normals_of_a_clean_scan_look_outwards(make):
    assert _wrong(make(), 8000) < 0.01


@pytest.mark.parametrize("count", [100, 300, 1000])
def test_normals_of_a_sparse_ball_look_outwards(count):
    assert _wrong(ball(), count) < 0.02


def test_normals_of_points_in_pairs_look_outwards():
    points, _ = scanned(ball(), 500)
    twice = np.repeat(points, 2, axis=0)
    assert np.isfinite(oriented(twice, tangent_planes(twice, 16))).all()


def test_normals_of_a_noisy_ball_look_outwards():
    assert _wrong(ball(), 8000, noise=0.005, neighbours=32) < 0.01


def test_a_wrongly_oriented_part_is_corrected_at_its_rim(monkeypatch):
    points, normals = scanned(ball(), 8000)
    planes = tangent_planes(points, 16)
    evidence = np.where(points[:, 2:] > 0.3, -normals, normals)
    monkeypatch.setattr(orientation, "light_gradient", lambda _: evidence)

    def wrong():
        return (np.einsum("ij,ij->i", oriented(points, planes), normals) < 0.0).mean()

    assert wrong() < 0.001
    monkeypatch.setattr(orientation, "_RIMS", 0.0)
    assert wrong() > 0.15


def test_same_points_give_the_same_normals():
    points, _ = scanned(ball(), 2000)
    planes = tangent_planes(points, 16)
    assert np.array_equal(oriented(points, planes), oriented(points, planes))
