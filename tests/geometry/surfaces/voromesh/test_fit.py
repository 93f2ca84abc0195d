import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from caddis.geometry.errors import (
    CaddisError,
    ConfigError,
    NoSurfaceError,
)
from caddis.geometry.field import SolidField
from caddis.geometry.frame import BOX_HALF_WIDTH
from caddis.geometry.gate import is_clean
from caddis.geometry.surfaces.marching_cubes import MarchingCubes
from caddis.geometry.surfaces.voromesh.backend import VoroMeshBackend
from caddis.geometry.surfaces.voromesh.extract import extract, extract_refitted
from caddis.geometry.surfaces.voromesh.fit import fit_field, fit_mesh, fit_samples
from caddis.geometry.surfaces.voromesh.guards import guarded
from caddis.geometry.surfaces.voromesh.representation import VoroMesh
from caddis.geometry.surfaces.voromesh.samples import Samples, from_mesh, on_field
from caddis.geometry.surfaces.voromesh.solver import (
    NearestLists,
    SolverOptions,
    bisector_distance,
    refine,
)
from caddis.geometry.surfaces.voromesh.start import mirrored_pairs


@pytest.fixture(scope="module")
def torus():
    return trimesh.creation.torus(0.35, 0.13, major_sections=48, minor_sections=24)


@pytest.fixture(scope="module")
def fitted(torus):
    return fit_mesh(torus, 500)


def _distances(mesh, other):
    points = from_mesh(mesh, 3000, np.random.default_rng(0)).points.astype(np.float32)
    return np.abs(SolidField(other)(points))


def test_a_mesh_becomes_cells_near_it_and_nearer_after_the_refit(torus, fitted):
    cells = extract(fitted.voromesh)
    better = extract_refitted(fitted.voromesh, fitted.samples)
    assert is_clean(cells)
    assert is_clean(better)
    assert cells.euler_number == better.euler_number == 0
    assert _distances(cells, torus).mean() < 0.003
    assert _distances(better, torus).mean() < 0.6 * _distances(cells, torus).mean()
    assert better.volume == pytest.approx(torus.volume, rel=0.01)


def test_the_same_seed_gives_the_same_generators(torus, fitted):
    assert fit_mesh(torus, 500).voromesh == fitted.voromesh
    assert fit_mesh(torus, 500, seed=1).voromesh != fitted.voromesh


def test_the_solver_lowers_its_residual(torus):
    samples = from_mesh(torus, 4000, np.random.default_rng(0))
    start = mirrored_pairs(samples, 200, np.random.default_rng(0))
    points = samples.points.astype(np.float32)
    errors = [
        np.abs(refine(start, samples, SolverOptions(steps=steps))(points)).mean()
        for steps in (0, 4, 16)
    ]
    assert errors[0] > 1.2 * errors[1]
    assert errors[1] > errors[2]


def test_size_and_place_do_not_matter_to_the_fit(torus):
    far = torus.copy().apply_scale(1000.0).apply_translation([5e3, 0.0, 0.0])
    one, other = fit_mesh(torus, 200), fit_mesh(far, 200)
    # not to the bit: rounding decides which of two spikes is cut off first
    volumes = extract(one.voromesh).volume, extract(other.voromesh).volume / 1e9
    assert volumes[0] == pytest.approx(volumes[1], rel=0.02)
    assert is_clean(extract_refitted(other.voromesh, other.samples))


def test_a_pair_stands_on_either_side_of_its_sample(torus):
    samples = from_mesh(torus, 3000, np.random.default_rng(0))
    start = mirrored_pairs(samples, 150, np.random.default_rng(0))
    inside, outside = start.generators[start.occupancy], start.generators[~start.occupancy]
    distance = cKDTree(samples.points).query((inside + outside) / 2.0)[0]
    assert distance.max() < 1e-12
    field = SolidField(torus)
    assert (field(inside.astype(np.float32)) < 0).all()
    assert (field(outside.astype(np.float32)) > 0).all()


def test_pairs_shrink_into_thin_walls():
    plate = trimesh.creation.box((1.0, 1.0, 0.05))
    samples = from_mesh(plate, 4000, np.random.default_rng(0))
    start = mirrored_pairs(samples, 200, np.random.default_rng(0))
    inside = np.abs(start.generators[start.occupancy])
    assert (inside < [0.5, 0.5, 0.025]).all()


def test_lists_name_the_nearest_however_points_move():
    rng = np.random.default_rng(2)
    queries, points = rng.normal(size=(300, 3)), rng.normal(size=(60, 3))
    lists = NearestLists(queries, points)
    for size in (0.0, 0.01, 0.05, 0.3, 0.01):
        points = points + size * rng.normal(size=points.shape)
        assert np.array_equal(lists.nearest(points), cKDTree(points).query(queries)[1])
    assert 1 < lists.renewals < 5


def test_slopes_are_those_of_finite_differences():
    rng = np.random.default_rng(3)
    x, p, q = rng.normal(size=(3, 20, 3))
    value, slope_p, slope_q, unit, length = bisector_distance(x, p, q)
    middle = (p + q) / 2.0
    assert value == pytest.approx(np.einsum("ij,ij->i", x - middle, p - q) / length)
    assert unit * length[:, None] == pytest.approx(q - p)
    for axis in np.eye(3):
        step = 1e-6 * axis
        up, down = (bisector_distance(x, p + sign * step, q)[0] for sign in (1, -1))
        assert slope_p @ axis == pytest.approx((up - down) / 2e-6, abs=1e-6)
        up, down = (bisector_distance(x, p, q + sign * step)[0] for sign in (1, -1))
        assert slope_q @ axis == pytest.approx((up - down) / 2e-6, abs=1e-6)


def test_edges_of_a_box_come_out_sharp():
    box = trimesh.creation.box((1.0, 0.8, 0.6))
    fitted = fit_mesh(box, 700)
    mesh = extract_refitted(fitted.voromesh, fitted.samples)
    assert is_clean(mesh)
    corners = cKDTree(mesh.vertices).query(box.vertices)[0]
    assert np.median(corners) < 0.01
    assert mesh.volume == pytest.approx(box.volume, rel=2e-3)


def test_a_surface_needs_a_generator_on_each_side():
    with pytest.raises(ConfigError):
        fit_samples(Samples(np.eye(3), np.eye(3)), 1)


def test_guards_take_spikes_away():
    box = trimesh.creation.box()
    samples = from_mesh(box, 4000, np.random.default_rng(0))
    start = mirrored_pairs(samples, 200, np.random.default_rng(0))
    safe = guarded(start, samples, 0.1, 60)
    assert len(start) < len(safe) <= len(start) + 60
    assert np.array_equal(safe.generators[: len(start)], start.generators)
    before, after = (np.abs(extract(one).vertices).max() for one in (start, safe))
    assert after < before


@pytest.mark.parametrize("size", [(1.0, 0.8, 0.1), (1.0, 0.1, 0.1), (1.0, 1.0, 1.0)])
def test_guards_stand_near_and_know_their_side(size):
    box = trimesh.creation.box(size)
    samples = from_mesh(box, 8000, np.random.default_rng(0))
    start = mirrored_pairs(samples, 150, np.random.default_rng(0))
    made = guarded(start, samples, 0.1, 100)
    places, inside = made.generators[len(start) :], made.occupancy[len(start) :]
    assert len(places)
    outward = np.abs(places) - np.array(size) / 2.0
    assert np.array_equal(inside, (outward < 0.0).all(axis=1))
    beyond = np.linalg.norm(outward.clip(min=0.0), axis=1)
    assert beyond.max() < 0.1 + 1e-9


@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e12])
@pytest.mark.parametrize(
    "shape",
    [
        np.ones((12, 3)),
        np.eye(3),
        np.eye(4, 3),
        np.outer(np.arange(12.0), [1.0, 2.0, 3.0]),
        np.random.default_rng(0).normal(size=(40, 3)) * [1.0, 1.0, 0.0],
        np.random.default_rng(1).normal(size=(40, 3)),
        np.random.default_rng(2).normal(size=(80, 3)) + np.repeat([[0, 0, 0], [1e6, 0, 0]], 40, 0),
    ],
    ids=["equal", "three", "four", "collinear", "coplanar", "noise", "two far parts"],
)
def test_any_points_end_in_a_clean_solid_or_an_error(shape, scale):
    points = np.repeat(shape, 2, axis=0) * scale
    normals = np.random.default_rng(3).normal(size=points.shape)
    samples = Samples(points, normals / np.linalg.norm(normals, axis=1, keepdims=True))
    try:
        mesh = extract_refitted(fit_samples(samples, 40), samples)
    except CaddisError as error:
        assert error.what
    else:
        assert is_clean(mesh)


def test_an_inside_out_mesh_is_turned(torus):
    turned = trimesh.Trimesh(torus.vertices, torus.faces[:, ::-1], process=False)
    assert extract(fit_mesh(turned, 300).voromesh).volume > 0.0


def test_samples_move_onto_the_zero_set_of_a_field():
    directions = np.random.default_rng(0).normal(size=(200, 3))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    start = Samples(directions * 0.31, directions)
    moved = on_field(start, _ball, 0.05)
    assert np.linalg.norm(moved.points, axis=1) == pytest.approx(0.3, abs=1e-4)
    assert moved.normals == pytest.approx(directions, abs=1e-2)


def _ball(points):
    return (np.linalg.norm(points, axis=1) - 0.3).astype(np.float32)


def test_the_back_end_meshes_a_field_and_says_when_there_is_none():
    mesh = VoroMeshBackend().from_field(_ball, 16, bound=0.5)
    assert is_clean(mesh)
    radii = np.linalg.norm(mesh.vertices, axis=1)
    assert np.abs(radii - 0.3).max() < 0.005
    with pytest.raises(NoSurfaceError):
        VoroMeshBackend().from_field(lambda p: np.ones(len(p), np.float32), 16)


def _thin_plate(points):
    """A plate of .016 between the nodes z = 0 and z = .0458 of a grid of 24 cells."""
    offset = np.abs(points - np.float32([0.0, 0.0, 0.021])) - np.float32([0.4, 0.4, 0.008])
    return offset.max(axis=1)


def test_a_finer_search_finds_what_is_thinner_than_the_cells():
    with pytest.raises(NoSurfaceError):
        fit_field(_thin_plate, 24, search=24)
    samples = fit_field(_thin_plate, 24, search=96).samples
    high = samples.points[:, 2]
    assert np.median(np.abs(high - 0.021)) == pytest.approx(0.008, abs=1e-4)
    assert 0.4 < (high > 0.021).mean() < 0.6


def test_a_wall_of_a_third_of_a_cell_keeps_both_of_its_sides():
    fitted = fit_field(_thin_plate, 24, search=96)
    mesh = extract_refitted(fitted.voromesh, fitted.samples)
    assert is_clean(mesh)
    assert np.abs(_thin_plate(mesh.triangles_center)).mean() < 0.003
    assert mesh.volume == pytest.approx(0.8 * 0.8 * 0.016, rel=0.1)


@given(st.floats(0.6, 1.0), st.integers(0, 10_000))
@settings(max_examples=5)
def test_a_plate_thinner_than_a_cell_is_kept_wherever_it_lies(thickness, seed):
    cell = 2.0 * BOX_HALF_WIDTH / 16
    half = np.array([0.35, 0.35, thickness / 2.0 * cell])
    rng = np.random.default_rng(seed)
    turn = trimesh.transformations.random_rotation_matrix(rng.random(3))[:3, :3]
    place = rng.uniform(0.0, cell, 3)

    def field(points):
        beyond = np.abs((points - place) @ turn) - half
        outside = np.linalg.norm(np.maximum(beyond, 0.0), axis=1)
        return (outside + np.minimum(beyond.max(axis=1), 0.0)).astype(np.float32)

    fitted = fit_field(field, 16, search=128)
    mesh = extract_refitted(fitted.voromesh, fitted.samples)
    assert mesh.euler_number == 2
    assert mesh.volume == pytest.approx(8.0 * half.prod(), rel=0.03)
    assert np.abs(field(mesh.triangles_center)).mean() < 0.02 * cell


@pytest.mark.parametrize("place", [(0.0, 0.0, 0.3), (0.45, 0.45, 0.45)])
def test_what_leaves_the_box_is_cut_flat_on_its_border(place):
    def field(points):
        return (np.linalg.norm(points - place, axis=1) - 0.4).astype(np.float32)

    made = VoroMeshBackend().from_field(field, 16)
    cubes = MarchingCubes().from_field(field, 64)
    assert made.volume == pytest.approx(cubes.volume, rel=0.02)
    assert np.abs(made.bounds - cubes.bounds).max() < 0.8 * 2.0 * BOX_HALF_WIDTH / 16


@pytest.mark.parametrize("resolution", [-8, 0, 3, 600])
def test_a_resolution_out_of_range_is_refused_whatever_the_search(resolution):
    for search in (None, 64):
        with pytest.raises(ConfigError, match=str(resolution)):
            fit_field(_ball, resolution, search=search)


def test_as_many_generators_as_asked_but_for_guards_that_no_spike_needs(torus):
    samples = from_mesh(torus, 4000, np.random.default_rng(0))
    assert 94 <= len(fit_samples(samples, 100)) <= 100


def test_a_fit_is_a_file_that_gives_the_same_mesh(tmp_path, fitted):
    again = VoroMesh.load(fitted.voromesh.save(tmp_path / "torus.npz"))
    assert np.array_equal(extract(again).vertices, extract(fitted.voromesh).vertices)
