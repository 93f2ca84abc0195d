import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import ConfigError, EmptyMeshError, NonFiniteError
from caddis.geometry.pictures.render import render


def _pixels(mesh: trimesh.Trimesh, **options: float) -> np.ndarray:
    return np.asarray(render(mesh, 64, **options), dtype=np.float64)


def _covered(pixels: np.ndarray) -> np.ndarray:
    """Where the picture is not background (which is nearly grey; the clay is not)."""
    return pixels[..., 0] - pixels[..., 2] > 12


def test_picture_has_the_asked_size_and_the_object_fills_it():
    image = render(trimesh.creation.icosphere(3), 96)
    covered = _covered(np.asarray(image, dtype=np.float64))
    assert image.size == (96, 96)
    rows = np.flatnonzero(covered.any(axis=1))
    assert 0.85 * 96 < rows[-1] - rows[0] + 1 <= 96
    assert not covered[0].any()


def test_up_is_up_and_the_front_is_seen_from_the_front():
    cone = trimesh.creation.cone(0.5, 1.0)
    widths = _covered(_pixels(cone)).sum(axis=1)
    assert widths[:16].sum() < widths[-16:].sum()
    plate = trimesh.creation.box((1.0, 0.02, 1.0))
    knob = trimesh.creation.box((0.2, 0.2, 0.2)).apply_translation((0.3, -0.1, 0.3))
    front = _pixels(trimesh.util.concatenate([plate, knob]), azimuth_deg=0.0, elevation_deg=0.0)
    back = _pixels(trimesh.util.concatenate([plate, knob]), azimuth_deg=180.0, elevation_deg=0.0)
    assert (
        front[4:28, 34:60, 0].std() > 3 * back[4:28, 4:30, 0].std()
    )  # the knob is seen, at the right


def test_positive_azimuth_walks_the_camera_towards_plus_x():
    plate = trimesh.creation.box((0.02, 1.0, 1.0))
    knob = trimesh.creation.box((0.2, 0.2, 0.2)).apply_translation((0.1, 0.0, 0.0))
    mesh = trimesh.util.concatenate([plate, knob])
    right = _pixels(mesh, azimuth_deg=90.0, elevation_deg=0.0)[16:48, 16:48, 0]
    left = _pixels(mesh, azimuth_deg=-90.0, elevation_deg=0.0)[16:48, 16:48, 0]
    assert right.std() > 3 * left.std()


def test_a_ray_through_a_hole_shows_the_background():
    torus = trimesh.creation.torus(1.0, 0.2)
    covered = _covered(_pixels(torus, elevation_deg=89.0))
    assert not covered[28:36, 28:36].any()
    assert covered.any()


def test_inside_out_faces_are_shaded_like_outward_ones():
    mesh = trimesh.creation.icosphere(3)
    flipped = mesh.copy()
    flipped.invert()
    assert np.abs(_pixels(mesh) - _pixels(flipped)).max() <= 1


@settings(max_examples=10, deadline=None)
@given(st.floats(1e-6, 1e6), st.floats(-1e3, 1e3))
def test_units_and_place_do_not_matter(scale: float, shift: float):
    mesh = trimesh.creation.box((1.0, 2.0, 3.0))
    moved = trimesh.Trimesh((mesh.vertices + shift) * scale, mesh.faces, process=False)
    assert np.abs(_pixels(mesh) - _pixels(moved)).mean() < 0.5


def test_creases_stay_sharp_and_round_surfaces_become_smooth():
    box = _pixels(trimesh.creation.box((1.0, 1.0, 1.0)), azimuth_deg=0.0, elevation_deg=0.0)
    assert np.ptp(box[24:40, 24:40, 0]) <= 6  # a flat face, evenly lit
    coarse, fine = (_pixels(trimesh.creation.icosphere(n)) for n in (2, 5))
    inner = (slice(20, 44), slice(20, 44))
    assert np.abs(coarse[inner] - fine[inner]).mean() < 4.0


def test_same_mesh_gives_the_same_bytes():
    mesh = trimesh.creation.torus(1.0, 0.3)
    assert render(mesh, 64).tobytes() == render(mesh, 64).tobytes()


def test_bad_meshes_and_options_are_refused():
    box = trimesh.creation.box()
    with pytest.raises(EmptyMeshError):
        render(trimesh.Trimesh())
    with pytest.raises(EmptyMeshError):
        render(trimesh.Trimesh(np.ones((3, 3)), [[0, 1, 2]], process=False))
    broken = trimesh.Trimesh(np.full((3, 3), np.nan), [[0, 1, 2]], process=False)
    with pytest.raises(NonFiniteError):
        render(broken)
    with pytest.raises(ConfigError):
        render(box, 0)
    with pytest.raises(ConfigError):
        render(box, 8, elevation_deg=90.0)
