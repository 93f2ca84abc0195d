import numpy as np
import pytest

from caddis.geometry.grid import Grid

GRID = Grid(np.array([1.0, -2.0, 0.5]), 0.25, (3, 4, 5))


def test_numbers_places_and_coordinates_agree():
    every = np.arange(GRID.size)
    places = GRID.positions(every)
    assert places[0] == pytest.approx(GRID.low)
    assert places[-1] == pytest.approx(GRID.high)
    assert GRID.coordinates(places) == pytest.approx(np.argwhere(np.ones(GRID.shape)))
    assert np.array_equal(GRID.numbers(np.argwhere(np.ones(GRID.shape))), every)
    assert np.array_equal(GRID.numbers(np.stack(GRID.nearest(places + 0.1), axis=1)), every)
    assert GRID.numbers(np.array([[1, 1, 1]]))[0] == sum(GRID.strides)


def test_points_outside_are_nearest_to_the_border():
    far = np.array([[-100.0, 0.0, 100.0]])
    assert [int(axis[0]) for axis in GRID.nearest(far)] == [0, 3, 4]


def test_a_grid_around_points_leaves_the_margin_and_no_node_in_the_middle():
    points = np.array([[-1.0, -0.5, 0.0], [1.0, 0.5, 0.3]])
    grid = Grid.around(points, 0.1, 0.2)
    assert (grid.low <= points[0] - 0.2 + 1e-12).all()
    assert (grid.high >= points[1] + 0.2 - 1e-12).all()
    assert all(count % 2 == 0 for count in grid.shape)
    assert (grid.low + grid.high) / 2.0 == pytest.approx(points.mean(axis=0))
