import itertools

import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import NoSurfaceError
from caddis.geometry.gate import is_clean
from caddis.geometry.surfaces.voromesh.blocks import midpoint_surface
from caddis.geometry.surfaces.voromesh.certify import certified
from caddis.geometry.surfaces.voromesh.cleanup import passes, without_short_edges


@given(st.integers(0, 10_000), st.floats(0.0, 2.0))
@settings(max_examples=15)
def test_moved_vertices_always_give_a_clean_result(seed, size):
    ball = trimesh.creation.icosphere(subdivisions=1)
    wish = ball.vertices + size * np.random.default_rng(seed).normal(size=ball.vertices.shape)
    assert is_clean(certified(np.asarray(ball.vertices), wish, np.asarray(ball.faces)))


def test_harmless_moves_are_kept():
    ball = trimesh.creation.icosphere(subdivisions=2)
    wish = np.asarray(ball.vertices) * [1.0, 2.0, 3.0]
    result = certified(np.asarray(ball.vertices), wish, np.asarray(ball.faces))
    assert np.array_equal(result.vertices, wish.astype(np.float32))


def test_one_bad_vertex_goes_back_and_the_others_stay():
    ball = trimesh.creation.icosphere(subdivisions=3)
    wish = np.array(ball.vertices) * 1.5
    # above a vertex some rings away: the faces around it cut through the ball to get there
    away = np.linalg.norm(ball.vertices - ball.vertices[7], axis=1)
    wish[7] = 1.1 * wish[np.abs(away - 0.7).argmin()]
    result = certified(np.asarray(ball.vertices), wish, np.asarray(ball.faces))
    assert is_clean(result)
    kept = (np.abs(result.vertices - wish.astype(np.float32)) < 1e-6).all(axis=1)
    assert 0.9 < kept.mean() < 1.0


def test_moves_beyond_float32_give_a_clean_result():
    ball = trimesh.creation.icosphere(subdivisions=1)
    wish = np.asarray(ball.vertices) * 1e200
    assert passes(certified(np.asarray(ball.vertices), wish, np.asarray(ball.faces)))


def test_short_edges_go_and_the_solid_stays():
    box = trimesh.creation.box().subdivide().subdivide()
    slim = without_short_edges(np.asarray(box.vertices), np.asarray(box.faces), 1e-3)
    assert len(slim.faces) == 12
    assert slim.volume == pytest.approx(1.0)
    assert is_clean(slim)


def _cells(pattern):
    """A field whose signs at the eight middle corners of a 4^3 grid are the pattern's."""
    inside = np.zeros((4, 4, 4), dtype=bool)
    inside[1:3, 1:3, 1:3] = np.array(pattern).reshape(2, 2, 2)

    def field(points):
        index = np.round(points).astype(int) + 1
        known = ((index >= 0) & (index < 4)).all(axis=1)
        values = np.ones(len(points), np.float32)
        values[known] = np.where(inside[tuple(index[known].T)], -1.0, 1.0)
        return values

    return field


def test_the_last_resort_is_clean_for_each_pattern_of_a_cell():
    low, high = np.zeros(3), np.ones(3)
    for pattern in itertools.islice(itertools.product([False, True], repeat=8), 1, None):
        assert passes(midpoint_surface(_cells(pattern), low, high, 1)), pattern


@given(st.integers(0, 10_000), st.floats(0.1, 0.9))
@settings(max_examples=10)
def test_the_last_resort_is_clean_for_noise(seed, share):
    rng = np.random.default_rng(seed)

    def field(points):
        return np.where(rng.random(len(points)) < share, -1.0, 1.0).astype(np.float32)

    assert passes(midpoint_surface(field, np.full(3, 100.0), np.full(3, 101.0), 6))


def test_a_field_without_inside_is_refused():
    with pytest.raises(NoSurfaceError):
        midpoint_surface(lambda p: np.ones(len(p), np.float32), np.zeros(3), np.ones(3), 4)
