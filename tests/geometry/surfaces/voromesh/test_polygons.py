import numpy as np

from caddis.geometry.gate import is_clean
from caddis.geometry.surfaces.voromesh.diagram import diagram
from caddis.geometry.surfaces.voromesh.dual import boundary
from caddis.geometry.surfaces.voromesh.extract import extract
from caddis.geometry.surfaces.voromesh.polygons import PolygonMesh
from caddis.geometry.surfaces.voromesh.representation import VoroMesh


def test_the_faces_of_cells_are_polygons_around_the_solid_that_is_extracted():
    places = np.random.default_rng(0).normal(size=(300, 3))
    ball = VoroMesh(places, np.linalg.norm(places, axis=1) < 1.0)
    cells = boundary(diagram(ball))
    solid = extract(ball)
    assert is_clean(solid)
    assert np.isclose(cells.mesh().volume, solid.volume, rtol=1e-3)
    assert cells.sizes.max() > 4
    assert len(cells.triangles()) == (cells.sizes - 2).sum()


def test_a_fan_starts_at_the_first_corner():
    house = PolygonMesh(np.zeros((5, 3)), np.array([3, 1, 2, 4, 0]), np.array([0, 5]))
    assert house.triangles().tolist() == [[3, 1, 2], [3, 2, 4], [3, 4, 0]]
