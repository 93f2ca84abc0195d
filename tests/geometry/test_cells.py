import numpy as np
import pytest
from scipy import ndimage

from caddis.geometry.cells import corners_of, crossed_cells, dilated, over_corners

SHAPES = [(7,), (5, 4), (5, 3, 6), (2, 2, 2)]


@pytest.fixture(params=SHAPES, ids=str)
def mask(request):
    return np.random.default_rng(0).random(request.param) < 0.3


def test_a_cell_is_crossed_if_its_corners_differ(mask):
    crossed = crossed_cells(mask)
    assert crossed.shape == tuple(count - 1 for count in mask.shape)
    for cell in np.ndindex(crossed.shape):
        corners = mask[tuple(slice(at, at + 2) for at in cell)]
        assert crossed[cell] == (corners.any() and not corners.all())
        assert over_corners(np.logical_and, mask)[cell] == corners.all()


def test_the_corners_of_cells_are_all_that_touch_one(mask):
    corners = corners_of(mask)
    assert corners.shape == tuple(count + 1 for count in mask.shape)
    for corner in np.ndindex(corners.shape):
        around = mask[tuple(slice(max(at - 1, 0), at + 1) for at in corner)]
        assert corners[corner] == around.any()


def test_dilation_marks_every_neighbour(mask):
    everywhere = np.ones((3,) * mask.ndim)
    assert np.array_equal(dilated(mask), ndimage.binary_dilation(mask, everywhere))
