import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import ConfigError, NotSolidError
from caddis.geometry.field import SolidField
from caddis.geometry.mesh.manifold import to_manifold
from caddis.geometry.solidify.solidify import solidify

THICK = 0.02


def _box(extents, centre=(0.0, 0.0, 0.0)):
    mesh = trimesh.creation.box(extents)
    mesh.apply_translation(centre)
    return mesh


def _side_of(solid, *points):
    return np.sign(SolidField(solid.mesh)(np.array(points, dtype=np.float32)))


def _without(mesh, normal):
    keep = (mesh.face_normals @ np.array(normal)) < 0.9
    return trimesh.Trimesh(mesh.vertices, mesh.faces[keep], process=False)


def _shuffled(mesh, seed):
    """A soup: no shared vertices, faces in random order and turned at random."""
    rng = np.random.default_rng(seed)
    corners = np.array(mesh.triangles)[rng.permutation(len(mesh.faces))]
    turned = rng.random(len(corners)) < 0.5
    corners[turned] = corners[turned, ::-1]
    return trimesh.Trimesh(
        corners.reshape(-1, 3), np.arange(3 * len(corners)).reshape(-1, 3), process=False
    )


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 99), st.tuples(*[st.floats(0.15, 1.0)] * 3))
def test_any_box_soup_becomes_that_box(seed, extents):
    mesh = _shuffled(_box(extents), seed)
    solid = solidify(mesh, resolution=64)
    to_manifold(solid.mesh)
    scale = 1.0 / max(extents)
    assert solid.mesh.is_watertight
    step = 1.1 / 63  # of the grid: nothing finer is promised to a soup
    np.testing.assert_allclose(solid.mesh.extents, np.array(extents) * scale, atol=step)
    assert solid.mesh.volume == pytest.approx(np.prod(extents) * scale**3, rel=0.05)
    assert np.abs(solid.mesh.vertices).max() == pytest.approx(0.5)


def test_a_thick_solid_keeps_its_size_and_a_thin_plate_gets_the_stated_wall():
    thick = solidify(_box((1.0, 0.6, 0.1)))
    thin = solidify(_box((1.0, 0.6, 0.006)))
    assert thick.mesh.extents[2] == pytest.approx(0.1, abs=0.004)
    assert thin.mesh.extents[2] == pytest.approx(THICK, abs=0.005)
    assert thin.mesh.is_watertight


def test_an_open_sheet_becomes_a_slab_of_the_stated_thickness():
    ring = trimesh.creation.cylinder(radius=0.4, height=1.0)
    sheet = _without(_without(ring, (0, 0, 1)), (0, 0, -1))
    solid = solidify(sheet)
    wall = solid.mesh.volume / sheet.area
    assert wall == pytest.approx(THICK, rel=0.15)
    assert (_side_of(solid, (0, 0, 0), (0, 0, 0.3)) > 0).all(), "a tube is hollow"


def test_a_cup_stays_open():
    outer = trimesh.creation.cylinder(radius=0.4, height=0.9)
    inner = trimesh.creation.cylinder(radius=0.33, height=0.9)
    inner.apply_translation((0.0, 0.0, 0.1))
    solid = solidify(_shuffled(trimesh.boolean.difference([outer, inner]), 1))
    side = _side_of(solid, (0, 0, 0), (0, 0, 0.4), (0, 0, -0.47), (0.4, 0, 0))
    np.testing.assert_array_equal(side, [1, 1, -1, -1])


def test_inner_walls_and_hidden_cavities_are_filled():
    shells = trimesh.util.concatenate([_box((1, 1, 1)), _box((0.6, 0.6, 0.6)), _box((1, 1, 0.001))])
    solid = solidify(_shuffled(shells, 2))
    assert solid.mesh.volume == pytest.approx(1.0, rel=0.02)
    assert solid.mesh.body_count == 1


def test_gaps_in_a_soup_are_sealed_but_gaps_between_solids_stay():
    cracked = trimesh.util.concatenate(
        [_without(_box((0.49, 1, 1), (x, 0, 0)), (-np.sign(x), 0, 0)) for x in (-0.255, 0.255)]
    )
    assert (_side_of(solidify(cracked), (0.02, 0, 0), (0.3, 0.1, 0.1)) < 0).all()
    apart = trimesh.util.concatenate([_box((0.46, 1, 1), (x, 0, 0)) for x in (-0.27, 0.27)])
    assert _side_of(solidify(apart), (0.0, 0.0, 0.0))[0] > 0
    assert solidify(apart).stats.bodies == 2


def test_a_thin_rod_survives():
    rod = trimesh.creation.cylinder(radius=0.004, height=0.8)
    head = _box((0.3, 0.3, 0.1), (0, 0, 0.45))
    foot = _box((0.3, 0.3, 0.1), (0, 0, -0.45))
    solid = solidify(trimesh.util.concatenate([rod, head, foot]))
    assert solid.stats.bodies == 1
    assert _side_of(solid, (0.0, 0.0, 0.0))[0] < 0


def test_a_solid_that_passes_through_itself_is_not_trusted():
    tube = trimesh.creation.annulus(0.012, 0.014, 0.8)
    tube.invert()
    bowl = _box((0.5, 0.5, 0.2), (0, 0, 0.5))
    both = trimesh.util.concatenate([tube, bowl, _box((0.5, 0.5, 0.05), (0, 0, -0.41))])
    assert _side_of(solidify(both), (0.0, 0.0, 0.0))[0] < 0


def test_bodies_that_almost_touch_become_one():
    pile = trimesh.util.concatenate([_box((1, 1, 0.2)), _box((0.5, 0.5, 0.2), (0, 0, 0.208))])
    assert solidify(pile).stats.bodies == 1


def test_specks_are_dropped_and_counted():
    solid = solidify(trimesh.util.concatenate([_box((1, 1, 0.5)), _box((0.02,) * 3, (0, 0, 0.4))]))
    assert solid.stats.specks == 1
    assert solid.stats.bodies == 1


def test_the_same_mesh_gives_the_same_bytes():
    mesh = _shuffled(trimesh.creation.torus(0.3, 0.1), 5)
    first, second = solidify(mesh, resolution=48), solidify(mesh, resolution=48)
    assert first.mesh.vertices.tobytes() == second.mesh.vertices.tobytes()
    assert first.mesh.faces.tobytes() == second.mesh.faces.tobytes()


def test_faces_are_merged_to_what_the_shape_needs():
    ball = solidify(trimesh.creation.icosphere(subdivisions=4), max_faces=1000)
    box = solidify(trimesh.creation.box())
    assert ball.stats.faces <= 1000
    assert box.stats.faces < 400


@pytest.mark.parametrize(
    ("mesh", "reason"),
    [
        (trimesh.Trimesh(np.zeros((0, 3)), np.zeros((0, 3), dtype=int), process=False), "no faces"),
        (
            trimesh.Trimesh([[0, 0, 0], [1, 0, np.nan], [0, 1, 0]], [[0, 1, 2]], process=False),
            "NaN",
        ),
        (trimesh.Trimesh([[1, 1, 1]] * 3, [[0, 1, 2]], process=False), "no extent"),
        (_box((1, 1, 0.001)), "flat"),
        (_box((1, 0.01, 0.01)), "needle"),
        (trimesh.Trimesh([[0, 0, 0], [1, 1, 1], [0.5] * 3], [[0, 1, 1]], process=False), "no face"),
    ],
)
def test_what_cannot_be_a_solid_is_refused_with_the_reason(mesh, reason):
    with pytest.raises(NotSolidError, match=reason):
        solidify(mesh)


def test_a_swarm_of_bodies_is_refused():
    swarm = [
        _box((0.05,) * 3, (0.2 * x, 0.2 * y, 0.2 * z))
        for x in range(4)
        for y in range(4)
        for z in range(4)
    ]
    with pytest.raises(NotSolidError, match="bodies"):
        solidify(trimesh.util.concatenate(swarm))


def test_options_out_of_range_are_refused():
    with pytest.raises(ConfigError):
        solidify(trimesh.creation.box(), resolution=4)
