import numpy as np
import trimesh

from caddis.geometry.surfaces.marching_cubes import MarchingCubes
from caddis.geometry.surfaces.voromesh.corner_start import corner_pairs
from caddis.geometry.surfaces.voromesh.extract import extract
from caddis.geometry.surfaces.voromesh.samples import Samples, from_mesh

RESOLUTION, BOUND = 12, 0.6
CELL = 0.1


def _ball(points):
    return (np.linalg.norm(points, axis=1) - 0.4).astype(np.float32)


def _start():
    mesh = trimesh.creation.icosphere(subdivisions=5, radius=0.4)
    samples = from_mesh(mesh, 8000, np.random.default_rng(0))
    return corner_pairs(_ball, samples, RESOLUTION, BOUND).voromesh


def test_generators_inside_are_inside_and_the_others_out():
    start = _start()
    assert ((_ball(start.generators) < 0.0) == start.occupancy).all()


def test_all_corners_near_the_surface_are_there():
    start = _start()
    ticks = np.arange(-7, 8) * CELL
    corners = np.stack(np.meshgrid(ticks, ticks, ticks), axis=-1).reshape(-1, 3)
    far = np.abs(_ball(corners)) / CELL
    pairs, guards = (far < 0.9).sum(), ((far > 1.0) & (far < 1.85)).sum()
    assert 2 * pairs < 1.1 * start.occupancy.sum() + (~start.occupancy).sum()
    assert 1.8 * pairs + guards <= len(start) <= 2 * (far < 1.0).sum() + (far < 1.95).sum()


def test_the_start_is_already_the_surface():
    mesh = extract(_start())
    assert np.abs(_ball(mesh.vertices)).max() < 0.2 * CELL


def test_no_samples_give_no_generators():
    nothing = Samples(np.zeros((0, 3)), np.zeros((0, 3)))
    assert len(corner_pairs(_ball, nothing, RESOLUTION, BOUND).voromesh) == 0


def test_beyond_the_box_all_is_outside():
    def field(points):
        assert np.abs(points).max() < BOUND + 1e-6
        return _ball(points - np.float32([0.0, 0.0, 0.3]))

    flat = MarchingCubes().from_field(field, 4 * RESOLUTION, bound=BOUND)
    samples = from_mesh(flat, 8000, np.random.default_rng(0))
    start = corner_pairs(field, samples, RESOLUTION, BOUND).voromesh
    inside = start.generators[start.occupancy]
    assert inside[:, 2].max() < BOUND
    assert extract(start).bounds[1, 2] < BOUND + 0.8 * CELL


def test_pairs_in_a_thin_wall_are_tight_and_those_of_a_ball_are_not():
    plate = trimesh.creation.box((0.8, 0.8, 0.4 * CELL))

    def tight(mesh):
        samples = from_mesh(mesh, 8000, np.random.default_rng(0))
        start = corner_pairs(_ball, samples, RESOLUTION, BOUND)
        return start.tight[start.voromesh.occupancy].mean()

    assert tight(plate) > 0.4
    assert tight(trimesh.creation.icosphere(subdivisions=5, radius=0.4)) == 0.0
