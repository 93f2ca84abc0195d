"""Whatever the generators: a clean solid, or a clear error."""

import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from caddis.geometry.errors import CaddisError, NoSurfaceError
from caddis.geometry.files.export import export_mesh
from caddis.geometry.files.mesh_io import load_mesh
from caddis.geometry.gate import is_clean
from caddis.geometry.surfaces.voromesh.extract import extract
from caddis.geometry.surfaces.voromesh.representation import VoroMesh


def _cloud(count, seed=0, radius=0.9):
    rng = np.random.default_rng(seed)
    places = rng.normal(size=(count, 3))
    return VoroMesh(places, np.linalg.norm(places, axis=1) < radius)


def _clean_or_refused(voromesh):
    try:
        mesh = extract(voromesh)
    except CaddisError as error:
        assert error.what
        return
    assert is_clean(mesh)
    assert np.array_equal(mesh.vertices, mesh.vertices.astype(np.float32))


def test_a_ball_of_cells_is_their_union():
    voromesh = _cloud(600)
    mesh = extract(voromesh)
    assert mesh.is_volume
    rng = np.random.default_rng(1)
    points = rng.uniform(-1.5, 1.5, (4000, 3)).astype(np.float32)
    assert (mesh.contains(points) == (voromesh(points) < 0)).mean() > 0.999


@given(
    arrays(np.float64, st.tuples(st.integers(0, 30), st.just(3)), elements=st.floats(-1, 1)),
    st.randoms(use_true_random=False),
)
@settings(max_examples=30)
def test_any_few_generators_give_a_clean_solid_or_an_error(places, random):
    _clean_or_refused(VoroMesh(places, [random.random() < 0.5 for _ in places]))


@given(st.integers(0, 10_000), st.integers(2, 4), st.floats(0.1, 0.9))
@settings(max_examples=6)
def test_cospherical_generators_of_a_lattice_are_no_trouble(seed, side, share):
    rng = np.random.default_rng(seed)
    lattice = np.stack(np.meshgrid(*[np.arange(side + 2.0)] * 3), axis=-1).reshape(-1, 3)
    _clean_or_refused(VoroMesh(lattice, rng.random(len(lattice)) < share))


@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e12])
@pytest.mark.parametrize("shift", [0.0, 3.0])
def test_size_and_place_do_not_matter(scale, shift):
    mesh = extract(_cloud(200).transformed(scale, np.full(3, shift * scale)))
    assert is_clean(mesh)


def test_a_solid_too_far_from_the_origin_is_refused_or_clean():
    for shift in (1e4, 1e6, 1e8):
        _clean_or_refused(_cloud(100).transformed(1.0, np.full(3, shift)))


@pytest.mark.parametrize(
    "places",
    [
        np.zeros((0, 3)),
        np.zeros((1, 3)),
        np.zeros((40, 3)),
        np.outer(np.arange(20.0), [1.0, 2.0, 3.0]),
        np.random.default_rng(0).normal(size=(30, 3)) * [1.0, 1.0, 0.0],
        np.eye(4, 3),
    ],
    ids=["none", "one", "coincident", "collinear", "coplanar", "four"],
)
def test_generators_that_enclose_nothing_are_refused(places):
    with pytest.raises(NoSurfaceError):
        extract(VoroMesh(places, np.arange(len(places)) % 2 == 0))


def test_coincident_generators_count_once_and_outside_wins():
    one = _cloud(200)
    doubled = one.merged(one)
    assert extract(doubled).volume == pytest.approx(extract(one).volume, rel=1e-4)
    with pytest.raises(NoSurfaceError):
        extract(one.merged(VoroMesh(one.generators, np.zeros(len(one)))))


def test_far_generators_leave_the_solid_alone():
    one = _cloud(300)
    far = VoroMesh(1e6 * np.random.default_rng(4).normal(size=(20, 3)), np.zeros(20, bool))
    _clean_or_refused(one.merged(far))
    on_a_sphere = np.random.default_rng(5).normal(size=(100, 3))
    on_a_sphere /= np.linalg.norm(on_a_sphere, axis=1, keepdims=True)
    ball = VoroMesh(np.vstack([on_a_sphere, np.zeros((1, 3))]), np.arange(101) == 100)
    assert is_clean(extract(ball))


@pytest.mark.parametrize("ending", [".stl", ".ply", ".obj"])
def test_the_file_is_as_clean_as_the_mesh(tmp_path, ending):
    mesh = extract(_cloud(400))
    path = export_mesh(mesh, tmp_path / f"solid{ending}", title="cells", licence="none")
    again = load_mesh(path)
    assert is_clean(again)
    assert len(again.faces) == len(mesh.faces)


def test_the_same_generators_give_the_same_bytes():
    one, two = (extract(_cloud(300)) for _ in range(2))
    assert np.asarray(one.vertices).tobytes() == np.asarray(two.vertices).tobytes()
    assert np.array_equal(one.faces, two.faces)


def test_an_outside_cell_within_makes_a_cavity():
    grid = np.stack(np.meshgrid(*[np.arange(5.0)] * 3), axis=-1).reshape(-1, 3)
    middle = np.abs(grid - 2.0).max(axis=1)
    mesh = extract(VoroMesh(grid, middle == 1.0))
    assert mesh.volume == pytest.approx(26.0, rel=0.01)
    assert isinstance(mesh, trimesh.Trimesh)
    assert mesh.body_count == 2
