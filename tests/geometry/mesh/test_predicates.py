from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from caddis.geometry.mesh.predicates import orient2d, orient3d

ANY_SIZE = st.floats(-1e6, 1e6, width=32)
# Few different values: many exact ties.
COARSE = st.sampled_from([-1.5, -1.0, 0.0, 0.1, 1.0, 3.0]).map(lambda x: float(np.float32(x)))


def exact_sign(rows):
    """The sign of a determinant by cofactors of fractions."""

    def det(matrix):
        if len(matrix) == 1:
            return matrix[0][0]
        minors = ([row[:k] + row[k + 1 :] for row in matrix[1:]] for k in range(len(matrix)))
        return sum(
            (-1) ** k * value * det(minor)
            for k, (value, minor) in enumerate(zip(matrix[0], minors, strict=True))
        )

    value = det([list(row) for row in rows])
    return (value > 0) - (value < 0)


def exact_differences(points):
    last = [Fraction(float(x)) for x in points[-1]]
    return [[Fraction(float(x)) - y for x, y in zip(row, last, strict=True)] for row in points[:-1]]


@given(st.one_of(*(hnp.arrays(np.float64, (4, 3), elements=e) for e in (ANY_SIZE, COARSE))))
def test_orient3d_has_the_sign_of_the_exact_determinant(points):
    a, b, c, d = points[:, None]
    assert orient3d(a, b, c, d)[0] == exact_sign(exact_differences(points))


@given(st.one_of(*(hnp.arrays(np.float64, (3, 2), elements=e) for e in (ANY_SIZE, COARSE))))
def test_orient2d_has_the_sign_of_the_exact_determinant(points):
    a, b, c = points[:, None]
    assert orient2d(a, b, c)[0] == exact_sign(exact_differences(points))


def test_orient3d_calls_coplanar_what_plain_arithmetic_does_not():
    rng = np.random.default_rng(0)
    a, b, c = rng.random((3, 500, 3)).astype(np.float32).astype(float)
    d = np.float32(b + c - a).astype(float)
    exactly = (d == b + c - a).all(axis=1)  # the fourth corner of a parallelogram
    a, b, c, d = a[exactly], b[exactly], c[exactly], d[exactly]
    assert len(a) > 50
    plain = np.linalg.det(np.stack([a - d, b - d, c - d], axis=1))
    assert (plain != 0.0).any()
    assert not orient3d(a, b, c, d).any()


def test_swapping_two_points_swaps_the_side():
    a, b, c, d = np.random.default_rng(0).random((4, 50, 3)).astype(np.float32).astype(float)
    assert (orient3d(a, b, c, d) == -orient3d(b, a, c, d)).all()


@pytest.mark.parametrize("count", [0, 1])
def test_orientation_of_few_points(count):
    points = np.eye(4, 3)[:, None].repeat(count, axis=1)
    assert orient3d(*points).shape == (count,)
