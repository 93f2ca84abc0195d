import numpy as np
import trimesh

from geometry.voromesh.corner_start import corner_pairs
from geometry.voromesh.extract import extract
from geometry.voromesh.samples import Samples, from_mesh

CELL = 0.1


def _ball(points):
    return (np.linalg.norm(points, axis=1) - 0.4).astype(np.float32)


def _start():
    mesh = trimesh.creation.icosphere(subdivisions=5, radius=0.4)
    return corner_pairs(_ball, from_mesh(mesh, 8000, np.random.default_rng(0)), CELL)


def test_generators_inside_are_inside_and_the_others_out():
    start = _start()
    assert ((_ball(start.generators) < 0.0) == start.occupancy).all()


def test_all_corners_near_the_surface_are_there():
    start = _start()
    ticks = np.arange(-7, 8) * CELL
    corners = np.stack(np.meshgrid(ticks, ticks, ticks), axis=-1).reshape(-1, 3)
    far = np.abs(_ball(corners)) / CELL
    pairs, guards = (far < 0.9).sum(), ((far > 1.0) & (far < 1.85)).sum()
    assert len(start) >= 2 * pairs + guards
    assert len(start) <= 2 * (far < 1.0).sum() + (far < 1.95).sum()


def test_the_start_is_already_the_surface():
    mesh = extract(_start())
    assert np.abs(_ball(mesh.vertices)).max() < 0.2 * CELL


def test_no_samples_give_no_generators():
    nothing = Samples(np.zeros((0, 3)), np.zeros((0, 3)))
    assert len(corner_pairs(_ball, nothing, CELL)) == 0
