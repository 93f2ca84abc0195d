"""Stray points are removed, and points on a surface are kept."""

import numpy as np
import pytest

from caddis.geometry.surfaces.gridpull import Settings, distances
from caddis.geometry.surfaces.gridpull.normals import tangent_planes
from caddis.geometry.surfaces.gridpull.outliers import outliers
from tests.geometry.surfaces.gridpull.clouds import ball, plate, ring, scanned


@pytest.mark.parametrize("solid", [ball, plate, ring])
def test_clean_scans_keep_their_points(solid):
    points, _ = scanned(solid(), 5000)
    assert outliers(points, tangent_planes(points, 16)).mean() < 1e-3


def test_noisy_scans_keep_their_points():
    points, _ = scanned(ball(), 5000, noise=0.005)
    assert outliers(points, tangent_planes(points, 48)).mean() < 0.01


def test_strays_near_a_surface_are_found_by_the_planes_of_other_points():
    points, _ = scanned(ball(), 5000)
    rng = np.random.default_rng(3)
    above = points[rng.permutation(5000)[:100]]
    above = above * (1.0 + rng.uniform(0.08, 0.2, (100, 1)))
    both = np.vstack([points, above])
    found = outliers(both, tangent_planes(both, 16))
    assert found[:5000].mean() < 1e-3
    assert found[5000:].mean() > 0.95


def test_strays_that_support_each_other_are_removed_in_several_rounds():
    points, _ = scanned(ball(), 8000)
    strays = np.random.default_rng(4).uniform(-1.05, 1.05, (400, 3)) * np.abs(points).max()
    settings = Settings(resolution=64)
    kept = distances(np.vstack([points, strays]), None, settings)
    radius = np.linalg.norm(kept.cloud.to_scan(kept.samples.points), axis=1)
    off = np.abs(radius / np.abs(points).max() - 1.0)
    assert (off > 0.08).sum() <= 4
    assert len(radius) > 0.9 * 8000
