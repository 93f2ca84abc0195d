import numpy as np
import pytest
import trimesh

from caddis.geometry.errors import ConfigError, NoSurfaceError
from caddis.geometry.field import SolidField
from caddis.geometry.frame import canonical_transform, to_canonical
from caddis.geometry.gate import is_clean
from caddis.geometry.surfaces.voromesh.backend import surface_in_place


def test_a_field_of_the_canonical_frame_becomes_a_solid_in_its_own_place():
    ring = trimesh.creation.annulus(30.0, 50.0, 40.0).apply_translation((500.0, -20.0, 7.0))
    field = SolidField(to_canonical(ring))
    mesh = surface_in_place(field, 24, *canonical_transform(ring.vertices))
    assert is_clean(mesh)
    assert mesh.volume == pytest.approx(ring.volume, rel=0.03)
    assert np.abs(mesh.bounds - ring.bounds).max() < 2.0


def test_a_field_without_a_surface_and_a_resolution_out_of_range_are_named():
    with pytest.raises(NoSurfaceError):
        surface_in_place(lambda points: np.ones(len(points), np.float32), 16, np.zeros(3), 1.0)
    with pytest.raises(ConfigError, match="resolution"):
        surface_in_place(lambda points: np.ones(len(points), np.float32), 1, np.zeros(3), 1.0)
