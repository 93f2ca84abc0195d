import numpy as np
import pytest

from caddis.geometry.errors import ConfigError, EmptyMeshError, NonFiniteError
from caddis.geometry.points import checked_points, checked_rows

POINTS = np.arange(12.0).reshape(4, 3)


def test_rows_of_three_or_six_numbers_come_back_as_float64():
    assert checked_rows(POINTS.astype(np.float32).tolist()).dtype == np.float64
    assert np.array_equal(checked_rows(np.hstack([POINTS, POINTS])), np.hstack([POINTS, POINTS]))


@pytest.mark.parametrize("shape", [(4, 2), (4, 4), (12,), (2, 2, 3)])
def test_other_shapes_are_named(shape):
    with pytest.raises(ConfigError, match="3 or 6 columns"):
        checked_rows(np.zeros(shape))


def test_normals_come_from_the_columns_unless_they_are_given():
    rows, given = np.hstack([POINTS, -POINTS]), POINTS + 1.0
    for points, normals, expected in (
        (POINTS, None, None), (rows, None, -POINTS), (POINTS, given, given), (rows, given, given),
    ):  # fmt: skip
        places, found = checked_points(points, normals, least=4)
        assert np.array_equal(places, POINTS)
        assert (found is None) == (expected is None)
        assert expected is None or np.array_equal(found, expected)
    with pytest.raises(ConfigError, match="3 columns"):
        checked_points(rows, None, least=4, columns=(3,))
    with pytest.raises(ConfigError, match="differ"):
        checked_points(POINTS, given[:3], least=4)


def test_too_few_points_and_numbers_that_are_none_are_refused():
    with pytest.raises(EmptyMeshError, match="5 or more"):
        checked_points(POINTS, None, least=5)
    with pytest.raises(EmptyMeshError):
        checked_rows(np.zeros((0, 3)))
    for bad in (np.nan, np.inf):
        broken = np.where(POINTS == 7.0, bad, POINTS)
        with pytest.raises(NonFiniteError, match="points"):
            checked_rows(broken)
        with pytest.raises(NonFiniteError, match="normals"):
            checked_points(POINTS, broken, least=4)
