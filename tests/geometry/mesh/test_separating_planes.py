import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from caddis.geometry.mesh.predicates import orient3d
from caddis.geometry.mesh.separating_planes import planes_of

POINTS = hnp.arrays(
    np.float64,
    (6, 3),
    elements=st.one_of(
        st.integers(-3, 3).map(float),
        st.floats(-(2.0**100), 2.0**100, width=32, allow_subnormal=False),
        st.integers(-9, 9).map(lambda n: float(np.float32(n / 3) * np.float32(1e-30))),
    ),
)
FACES = np.array([[0, 1, 2], [3, 4, 5]])
NONE = np.zeros((3, 1), dtype=bool)


@settings(max_examples=300)
@given(POINTS)
def test_faces_said_to_be_apart_are_apart_by_the_exact_predicate(points):
    planes = planes_of(points, FACES)
    if planes.separate(np.array([0]), np.array([1]), NONE)[0]:
        a, b, c = (points[[k]] for k in range(3))
        sides = [int(orient3d(a, b, c, points[[k]])[0]) for k in (3, 4, 5)]
        assert set(sides) in ({1}, {-1})


def test_a_face_clear_of_the_plane_is_apart_and_one_that_touches_it_is_not():
    points = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 1], [0, 1, 2]], float)
    planes = planes_of(points, FACES)
    assert planes.separate(np.array([0]), np.array([1]), NONE)[0]
    points[5, 2] = 0.0
    planes = planes_of(points, FACES)
    assert not planes.separate(np.array([0]), np.array([1]), NONE)[0]


def test_a_shared_corner_may_lie_in_the_plane():
    points = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0], [1, 0, 1], [0, 1, 2]], float)
    faces = np.array([[0, 1, 2], [0, 4, 5]])
    planes = planes_of(points, faces)
    shared = np.array([[True], [False], [False]])
    assert planes.separate(np.array([0]), np.array([1]), shared)[0]
    assert not planes.separate(np.array([0]), np.array([1]), NONE)[0]
