from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from caddis.geometry.mesh.self_intersection import self_intersections
from caddis.geometry.mesh.welded import weld
from tests.geometry.shapes import ball, box, spindle, together

# ---- brute-force reference: every pair of faces, in exact fractions ------------------------


def cross(a, b):
    return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]


def dot(a, b):
    return sum(x * y for x, y in zip(a, b, strict=True))


def minus(a, b):
    return [x - y for x, y in zip(a, b, strict=True)]


def within(point, triangle):
    """Whether a point lies in a closed triangle."""
    normal = cross(minus(triangle[1], triangle[0]), minus(triangle[2], triangle[0]))
    if dot(minus(point, triangle[0]), normal):
        return False
    edges = ((0, 1), (1, 2), (2, 0))
    turns = [
        dot(cross(minus(triangle[j], triangle[i]), minus(point, triangle[i])), normal)
        for i, j in edges
    ]
    return all(turn >= 0 for turn in turns)


def between(point, ends):
    """Whether a point lies on a closed segment, or is the single end."""
    if len(ends) == 1:
        return point == ends[0]
    along = minus(ends[1], ends[0])
    if any(cross(along, minus(point, ends[0]))):
        return False
    return 0 <= dot(minus(point, ends[0]), along) <= dot(along, along)


def extreme_points(one, two):
    """The corners of the convex set in which two triangles meet: on an edge of one of them."""
    for face, other in ((one, two), (two, one)):
        normal = cross(minus(face[1], face[0]), minus(face[2], face[0]))
        for i, j in ((0, 1), (1, 2), (2, 0)):
            p, q = other[i], other[j]
            along = minus(q, p)
            slope = dot(along, normal)
            if slope:
                share = dot(minus(face[0], p), normal) / slope
                candidates = [[x + share * d for x, d in zip(p, along, strict=True)]]
            else:
                candidates = [p, q, *flat_crossings(p, along, face)]
            for point in candidates:
                if between(point, [p, q]) and within(point, face):
                    yield point


def flat_crossings(p, along, face):
    """Where the line through p crosses the edges' lines, all in one plane."""
    for i, j in ((0, 1), (1, 2), (2, 0)):
        edge = minus(face[j], face[i])
        area = cross(along, edge)
        size = dot(area, area)
        if size:
            share = dot(cross(minus(face[i], p), edge), area) / size
            yield [x + share * d for x, d in zip(p, along, strict=True)]


def brute_force(vertices, faces):
    """Pairs of faces that have a point in common outside what they share by number."""
    points = [[Fraction(float(x)) for x in vertex] for vertex in vertices]
    found = []
    for i, j in combinations(range(len(faces)), 2):
        one, two = ([points[k] for k in faces[n]] for n in (i, j))
        flat = [not any(cross(minus(t[1], t[0]), minus(t[2], t[0]))) for t in (one, two)]
        if any(flat):
            continue
        shared = [points[k] for k in set(faces[i]) & set(faces[j])]
        if len(shared) == 3 or any(
            not shared or not between(x, shared) for x in extreme_points(one, two)
        ):
            found.append((i, j))
    return found


def fast(vertices, faces):
    pairs = self_intersections(np.asarray(vertices, dtype=float), np.asarray(faces)).pairs
    return [tuple(pair) for pair in pairs.tolist()]


def triangles(count, values):
    """Random triangles on few points: they share corners and edges, touch, lie in one plane."""
    points = hnp.arrays(np.float64, (6, 3), elements=values)
    corners = st.lists(st.permutations(range(6)).map(lambda p: p[:3]), min_size=2, max_size=count)
    return st.tuples(points, corners)


def distinct(mesh):
    return len(np.unique(mesh[0], axis=0)) == len(mesh[0])


LATTICE = st.integers(0, 3).map(float)
THIRDS = st.integers(0, 9).map(lambda n: float(np.float32(n / 3)))


@settings(max_examples=150)
@given(st.one_of(triangles(5, LATTICE), triangles(5, THIRDS)).filter(distinct))
def test_the_fast_search_agrees_with_all_pairs_in_fractions(mesh):
    vertices, faces = mesh
    assert fast(vertices, faces) == brute_force(vertices, faces)


# ---- cases by hand -------------------------------------------------------------------------

BASE = [[0, 0, 0], [4, 0, 0], [0, 4, 0]]


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        ([[1, 1, -1], [1, 1, 1], [2, 2, 1]], True),  # pierces it
        ([[1, 1, 0], [1, 1, 1], [2, 2, 1]], True),  # touches it with a corner
        ([[5, 5, -1], [5, 5, 1], [6, 6, 1]], False),  # passes beside it
        ([[1, 1, 0], [2, 1, 0], [1, 2, 0]], True),  # lies within it
        ([[2, 2, 0], [4, 4, 0], [2, 4, 0]], True),  # touches its edge in its plane
        ([[3, 3, 0], [4, 4, 0], [3, 4, 0]], False),  # lies beside it in its plane
        ([[1, 1, 1e-30], [2, 1, 1], [1, 2, 1]], False),  # misses it by next to nothing
    ],
)
def test_two_faces_apart(other, meets):
    vertices = np.array(BASE + other, dtype=np.float32).astype(float)
    assert fast(vertices, [[0, 1, 2], [3, 4, 5]]) == ([(0, 1)] if meets else [])


def test_a_face_folded_onto_its_neighbour_meets_it():
    vertices = [*BASE, [1, 1, 0]]
    assert fast(vertices, [[0, 1, 2], [1, 0, 3]]) == [(0, 1)]
    vertices[3] = [1, -1, 0]
    assert fast(vertices, [[0, 1, 2], [1, 0, 3]]) == []


@pytest.mark.parametrize("mesh", [box(), ball(), trimesh.creation.torus(10, 3)])
def test_plain_solids_do_not_meet_themselves(mesh):
    welded = weld(mesh)
    assert fast(welded.vertices, welded.faces) == []


def test_a_torus_thicker_than_its_ring_meets_itself():
    welded = weld(spindle())
    assert len(fast(welded.vertices, welded.faces)) > 100


def test_a_tilted_plane_of_exactly_coplanar_faces_is_clean():
    mesh = box()
    for _ in range(3):
        mesh = mesh.subdivide()
    x, y, z = mesh.vertices.T
    welded = weld(trimesh.Trimesh(np.stack([x + y, y - x, z], axis=1), mesh.faces))
    assert fast(welded.vertices, welded.faces) == []


@given(triangles(6, LATTICE).filter(distinct), st.lists(st.booleans(), min_size=6, max_size=6))
@settings(max_examples=60, deadline=None)
def test_of_moved_faces_all_meetings_are_found_and_no_others(mesh, flags):
    vertices, faces = mesh[0], np.asarray(mesh[1])
    moved = np.array(flags[: len(faces)])
    every = self_intersections(vertices, faces).pairs
    found = self_intersections(vertices, faces, moved=moved).pairs
    assert found.tolist() == [pair.tolist() for pair in every if moved[pair].any()]


def test_the_search_stops_early_and_says_so():
    welded = weld(together(spindle(), ball(7.0, subdivisions=2)))
    found = self_intersections(welded.vertices, welded.faces, enough=1)
    assert len(found.pairs) and not found.complete
    cut = self_intersections(welded.vertices, welded.faces, most_candidates=1)
    assert not cut.complete
    assert self_intersections(welded.vertices, welded.faces, enough=10**9).complete


def test_faces_without_area_are_passed_over():
    vertices = [[0, 0, 0], [1, 0, 0], [2, 0, 0], [1, -1, -1], [1, 1, -1], [1, 0, 1]]
    assert fast(vertices, [[0, 1, 2], [3, 4, 5]]) == []
    assert fast(vertices, [[0, 1, 2]]) == []
