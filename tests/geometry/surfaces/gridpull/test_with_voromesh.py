import pytest

from caddis.geometry.mesh.clean import is_clean
from caddis.geometry.surfaces.backends import point_backend
from tests.geometry.surfaces.gridpull.clouds import ring, scanned


def test_points_become_a_clean_voromesh_in_their_own_unit_and_place():
    points, _ = scanned(ring(), 2000)
    made = point_backend("voromesh").from_points(points, resolution=16)
    assert is_clean(made)
    assert made.volume == pytest.approx(ring().volume, rel=0.05)
    assert abs(made.bounds - ring().bounds).max() < 3.0
