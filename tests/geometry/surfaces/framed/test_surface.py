import numpy as np
import pytest
import trimesh

from caddis.geometry.errors import ConfigError, NonFiniteError, NoSurfaceError
from caddis.geometry.shape_frame import ShapeFrame
from caddis.geometry.surfaces.framed import fits, framed_surface
from caddis.geometry.surfaces.marching_cubes import MarchingCubes
from caddis.geometry.symmetry import SYMMETRIES, symmetry
from tests.geometry.surfaces.framed.fields import (
    Framed,
    ball,
    box,
    cone,
    cut,
    cylinder,
    lamp,
    moved,
    rippled,
    torus,
    vase,
)
from tests.geometry.surfaces.sampling import CountingField
from tests.geometry.topology import has_degenerate_faces, is_edge_manifold, is_vertex_manifold

BRICK = (0.6, 0.4, 1.0)
ANGLE = cut(box((1.0, 1.0, 0.3)), moved(box((1.0, 1.0, 2.0)), (0.3, 0.3, 0.0)))


def surface(field, sides, name, resolution=48, **more) -> trimesh.Trimesh:
    return framed_surface(field, ShapeFrame(symmetry(name), sides), resolution, **more)


def mirror_image_is_the_same(mesh: trimesh.Trimesh, axis: int) -> bool:
    vertices = mesh.vertices + 0.0
    image = vertices * np.where(np.arange(3) == axis, -1.0, 1.0) + 0.0
    return set(map(tuple, vertices.tolist())) == set(map(tuple, image.tolist()))


def assert_sound(mesh: trimesh.Trimesh) -> None:
    assert is_edge_manifold(mesh.faces)
    assert is_vertex_manifold(mesh.faces)
    assert not has_degenerate_faces(mesh.vertices.astype(np.float32), mesh.faces)
    assert mesh.volume > 0
    assert mesh.vertices.dtype == np.float64


@pytest.mark.parametrize("kind", SYMMETRIES[:4] + SYMMETRIES[5:], ids=lambda kind: kind.name)
@pytest.mark.parametrize("flat", [False, True])
def test_a_brick_of_any_symmetry_is_sound_mirrored_and_has_its_volume(kind, flat):
    mesh = surface(box(BRICK), BRICK, kind.name, flat=flat)
    assert_sound(mesh)
    assert mesh.volume == pytest.approx(0.24, rel=5e-3)
    assert np.allclose(mesh.bounds, np.array([BRICK, BRICK]) * [[-0.5], [0.5]], atol=1e-3)
    for axis in np.flatnonzero(kind.mirrored):
        assert mirror_image_is_the_same(mesh, axis)


@pytest.mark.parametrize(
    ("field", "sides", "volume"),
    [
        (ball(0.5), (1.0, 1.0, 1.0), np.pi / 6),
        (torus(0.4, 0.1), (1.0, 1.0, 0.2), 2 * np.pi**2 * 0.4 * 0.01),
        (cylinder(0.3, 1.0), (0.6, 0.6, 1.0), np.pi * 0.09),
        (cone(0.3, 1.0), (0.6, 0.6, 1.0), np.pi * 0.03),
        (cut(ball(0.5), ball(0.48)), (1.0, 1.0, 1.0), 4 / 3 * np.pi * (0.125 - 0.48**3)),
    ],
    ids=["ball", "torus", "cylinder", "cone", "shell"],
)
def test_solids_of_revolution_have_their_volume(field, sides, volume):
    mesh = surface(field, sides, "revolved", 128)
    assert_sound(mesh)
    assert mesh.volume == pytest.approx(volume, rel=3e-3)
    assert len(mesh.faces) < 30_000


@pytest.mark.parametrize("axis", range(3))
def test_an_angle_is_extruded_along_any_axis_with_flat_ends_and_sharp_edges(axis):
    def turned(points):
        return ANGLE(np.roll(points, 2 - axis, axis=1))

    sides = tuple(np.roll((1.0, 1.0, 0.3), axis - 2).tolist())
    mesh = surface(turned, sides, f"extruded-{'xyz'[axis]}", 64)
    assert_sound(mesh)
    assert mesh.volume == pytest.approx(0.51 * 0.3, rel=1e-4)
    assert len(mesh.vertices) == 12
    assert set(np.abs(mesh.vertices[:, axis])) == {0.15}
    assert np.abs(turned(mesh.vertices.astype(np.float32))).max() < 1e-4


def test_a_vase_is_one_solid_with_its_thin_wall():
    mesh = surface(vase, (0.56, 0.56, 1.0), "revolved", 128)
    assert_sound(mesh)
    assert mesh.body_count == 1
    assert mesh.euler_number == 2
    assert np.abs(vase(mesh.vertices.astype(np.float32))).max() < 0.003


@pytest.mark.parametrize("name", ["none", "x", "y", "xy", "revolved"])
def test_a_pole_of_radius_six_thousandths_survives(name):
    mesh = surface(cylinder(0.006, 1.0), (0.012, 0.012, 1.0), name, 64)
    assert_sound(mesh)
    assert mesh.body_count == 1
    assert np.ptp(mesh.vertices[:, 2]) == pytest.approx(1.0, abs=1e-2)
    assert mesh.volume == pytest.approx(np.pi * 0.006**2, rel=0.1)


@pytest.mark.parametrize("name", ["none", "x", "xy", "extruded-z-xy", "extruded-x-y"])
def test_a_plate_of_a_hundredth_survives(name):
    mesh = surface(box((1.0, 0.5, 0.01)), (1.0, 0.5, 0.01), name, 64)
    assert_sound(mesh)
    assert mesh.body_count == 1
    assert mesh.volume == pytest.approx(0.005, rel=0.04)


def test_a_lamp_keeps_its_pole_and_its_disc():
    mesh = surface(lamp, (0.4, 0.4, 1.0), "revolved", 128)
    assert_sound(mesh)
    assert mesh.body_count == 1
    assert mesh.volume == pytest.approx(np.pi * (0.006**2 * 0.98 + 0.04 * 0.02), rel=5e-3)


@pytest.mark.parametrize("name", ["none", "xy", "revolved"])
def test_the_framed_surface_lies_on_the_plain_one(name):
    field = torus(0.4, 0.1)
    plain = MarchingCubes().from_field(field, 96)
    framed = surface(field, (1.0, 1.0, 0.2), name, 96)
    assert framed.volume == pytest.approx(plain.volume, rel=5e-3)
    assert np.abs(field(framed.vertices.astype(np.float32))).max() < 1.5e-3


def test_marching_cubes_uses_the_frame_that_a_field_has():
    frame = ShapeFrame(symmetry("revolved"), (0.6, 0.6, 1.0))
    mesh = MarchingCubes().from_field(Framed(cylinder(0.3, 1.0), frame), 64)
    assert len(mesh.vertices) < 300
    assert MarchingCubes().from_field(cylinder(0.3, 1.0), 64).vertices.shape[0] > 3000


def test_a_frame_that_leaves_the_box_asked_for_is_not_used():
    frame = ShapeFrame(symmetry("xy"), (1.0, 1.0, 1.0))
    assert fits(frame, 0.55)
    assert not fits(frame, 0.5)
    mesh = MarchingCubes().from_field(Framed(ball(0.5), frame), 32, bound=0.4)
    assert np.abs(mesh.vertices).max() <= 0.4


@pytest.mark.parametrize("name", ["none", "xy", "revolved", "extruded-z-xy"])
def test_the_surface_may_lie_a_little_outside_of_the_box(name):
    mesh = surface(cylinder(0.504, 0.508), (1.0, 1.0, 0.5), name, 48)
    assert mesh.bounds[1][0] == pytest.approx(0.504, abs=1e-3)


@pytest.mark.parametrize("name", ["none", "x", "xy", "revolved", "extruded-y"])
def test_fields_without_surface_are_refused(name):
    for value in (-1.0, 1.0):
        with pytest.raises(NoSurfaceError):
            surface(lambda p, v=value: np.full(len(p), v, np.float32), BRICK, name, 16)
    with pytest.raises(NonFiniteError):
        surface(lambda p: np.full(len(p), np.nan, np.float32), BRICK, name, 16)


@pytest.mark.parametrize("resolution", [3, 513])
def test_a_resolution_out_of_range_is_refused(resolution):
    with pytest.raises(ConfigError):
        surface(ball(0.5), (1.0, 1.0, 1.0), "xy", resolution)


def test_only_the_kept_part_is_evaluated_and_little_of_it():
    counts = {}
    for name in ("none", "xy", "revolved"):
        field = CountingField(ball(0.5))
        surface(field, (1.0, 1.0, 1.0), name, 96, flat=False)
        counts[name] = field.evaluations
    assert counts["xy"] < 0.35 * counts["none"] < 0.12 * 97**3
    assert counts["revolved"] < 15_000


@pytest.mark.parametrize("name", ["revolved", "extruded-z-xy"])
def test_rippled_straight_profiles_become_straight(name):
    field, sides = {
        "revolved": (cylinder(0.3, 1.0), (0.6, 0.6, 1.0)),
        "extruded-z-xy": (box(BRICK), BRICK),
    }[name]
    noisy = rippled(field, 0.003, turned=name == "revolved")
    before, after = (surface(noisy, sides, name, 128, flat=flat) for flat in (False, True))
    assert_sound(after)
    assert len(after.vertices) < 0.3 * len(before.vertices)
    errors = [np.abs(field(mesh.vertices.astype(np.float32))) for mesh in (before, after)]
    assert errors[1].mean() < 0.5 * errors[0].mean()
