import numpy as np
import pytest

from caddis.geometry.surfaces.gridpull.noise import noise_level
from tests.geometry.surfaces.gridpull.clouds import ball, plate, scanned


@pytest.mark.parametrize("noise", [0.002, 0.005, 0.01])
def test_the_noise_of_a_scan_is_found(noise):
    points, _ = scanned(ball(), 6000, noise)
    assert noise_level(points, np.random.default_rng(0)) == pytest.approx(noise, rel=0.1)


def test_a_clean_scan_has_almost_none():
    points, _ = scanned(ball(), 6000)
    assert noise_level(points, np.random.default_rng(0)) < 2e-4


def test_the_other_side_of_a_thin_wall_is_no_noise():
    points, _ = scanned(plate(), 8000)
    assert noise_level(points, np.random.default_rng(0)) < 0.3 * 0.025


def test_the_unit_carries_over():
    points, _ = scanned(ball(), 2000, 0.01)
    one, other = (noise_level(scale * points, np.random.default_rng(0)) for scale in (1.0, 1e6))
    assert other == pytest.approx(1e6 * one, rel=1e-6)
