import numpy as np
import pytest
import trimesh

from caddis.geometry.errors import ConfigError, EmptyMeshError, NonFiniteError
from caddis.geometry.field import SolidField
from caddis.geometry.frame import to_canonical
from caddis.geometry.gate import is_clean
from caddis.geometry.mesh.sampling import sample_surface
from caddis.geometry.surfaces.voromesh.reconstruct import from_points


def _scan(count=3000):
    ring = trimesh.creation.annulus(30.0, 50.0, 40.0).apply_translation((500.0, -20.0, 7.0))
    return ring, *sample_surface(ring, count, np.random.default_rng(0))


def test_points_with_a_field_become_a_solid_in_their_own_place():
    ring, points, normals = _scan()
    field = SolidField(to_canonical(ring))
    mesh = from_points(points, normals, field=field, resolution=24)
    assert is_clean(mesh)
    assert mesh.volume == pytest.approx(ring.volume, rel=0.03)
    assert np.abs(mesh.bounds - ring.bounds).max() < 2.0


@pytest.mark.open3d
def test_points_alone_become_a_solid():
    ring, points, _ = _scan(6000)
    mesh = from_points(points, resolution=32)
    assert is_clean(mesh)
    assert mesh.volume == pytest.approx(ring.volume, rel=0.05)


def test_bad_points_are_named():
    with pytest.raises(ConfigError):
        from_points(np.zeros((9, 2)))
    with pytest.raises(EmptyMeshError):
        from_points(np.zeros((2, 3)))
    with pytest.raises(EmptyMeshError):
        from_points(np.ones((50, 3)))
    with pytest.raises(NonFiniteError):
        from_points(np.full((50, 3), np.nan))
