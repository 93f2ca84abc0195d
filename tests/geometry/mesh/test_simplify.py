import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import ConfigError
from caddis.geometry.gate import is_clean
from caddis.geometry.mesh.clean import clean_shells
from caddis.geometry.mesh.simplify import simplify
from caddis.geometry.surfaces.marching_cubes import mesh_from_grid
from tests.geometry.shapes import ball, box, cup, spindle, together, turned, without_faces


def chain(resolution=48, links=3, radius=0.04):
    """Linked thin rings: where a careless collapse pinches or crosses the surface."""
    axis = np.linspace(-0.55, 0.55, resolution + 1)
    x, y, z = np.meshgrid(axis, axis, axis, indexing="ij")
    rings = []
    for k in range(links):
        a, b = (y, z) if k % 2 else (z, y)
        along = x - (k - (links - 1) / 2) * 0.24
        rings.append(np.hypot(np.hypot(along, a) - 0.18, b) - radius)
    return mesh_from_grid(np.minimum.reduce(rings).astype(np.float32), 0.55)


@pytest.mark.parametrize("wanted", [90, 300, 1000])
def test_thin_rings_stay_clean_and_whole_at_the_wanted_count(wanted):
    mesh = chain()
    slim = simplify(mesh, wanted)
    assert len(slim.faces) == pytest.approx(wanted, rel=0.05)
    assert clean_shells(slim) == clean_shells(mesh) == 3
    assert [part.euler_number for part in slim.split()] == [0, 0, 0]


@settings(max_examples=15)
@given(st.integers(40, 1200))
def test_a_ball_is_simplified_to_any_count(wanted):
    slim = simplify(ball(), wanted)
    assert len(slim.faces) == pytest.approx(wanted, rel=0.05)
    assert is_clean(slim)
    assert slim.volume == pytest.approx(ball().volume, rel=0.15)


def test_flat_faces_are_merged_without_moving_the_shape():
    fine = cup().subdivide().subdivide()
    slim = simplify(fine, 100)
    assert len(slim.faces) <= 105
    assert is_clean(slim)
    assert slim.volume == pytest.approx(fine.volume, rel=1e-3)
    np.testing.assert_allclose(slim.bounds, fine.bounds, atol=1e-3)


def test_small_shells_are_not_lost_on_the_way():
    mesh = together(ball(20, subdivisions=4), turned(ball(3)), ball(1, at=(30, 0, 0)))
    assert clean_shells(simplify(mesh, 600)) == 3


def test_what_has_few_faces_already_comes_back_as_a_copy():
    solid = box()
    slim = simplify(solid, 12)
    assert slim is not solid
    assert (slim.faces == solid.faces).all() and (slim.vertices == solid.vertices).all()


def test_a_tetrahedron_is_the_least_a_ball_can_be():
    slim = simplify(ball(subdivisions=2), 4)
    assert is_clean(slim)
    assert len(slim.faces) < 12


@pytest.mark.parametrize("mesh", [spindle(), without_faces(ball(), [5])])
def test_a_mesh_that_is_not_clean_is_simplified_as_well_as_it_goes(mesh):
    assert len(simplify(mesh, 150).faces) == pytest.approx(150, rel=0.05)


def test_the_same_mesh_gives_the_same_bytes():
    first, second = (simplify(chain(), 500) for _ in range(2))
    assert first.vertices.tobytes() == second.vertices.tobytes()
    assert first.faces.tobytes() == second.faces.tobytes()


def test_the_input_is_left_alone():
    mesh = chain()
    before = mesh.vertices.copy()
    simplify(mesh, 500)
    assert (mesh.vertices == before).all()


def test_fewer_than_four_faces_are_refused():
    with pytest.raises(ConfigError, match="at least 4"):
        simplify(box(), 3)


def test_the_gate_still_passes_a_simplified_solid():
    solid = trimesh.creation.cylinder(radius=10, height=20, sections=200).subdivide()
    assert is_clean(simplify(solid, 400))
