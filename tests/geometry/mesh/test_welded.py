import numpy as np
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.mesh.welded import merge_equal_vertices, weld


def test_equal_vertices_alone_are_merged_and_keeps_their_order():
    vertices = np.array([[1, 0, 0], [0, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, -0.0], [1e-9, 0, 0]])
    faces = np.array([[0, 1, 2], [3, 4, 2], [0, 3, 2], [5, 1, 2]])
    merged = merge_equal_vertices(trimesh.Trimesh(vertices, faces, process=False))
    assert np.array_equal(merged.vertices, vertices[[0, 1, 2, 5]])
    assert np.array_equal(merged.faces, [[0, 1, 2], [0, 1, 2], [3, 1, 2]])


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_merging_equals_a_brute_force_reference(seed):
    rng = np.random.default_rng(seed)
    vertices = rng.integers(-1, 2, (30, 3)).astype(np.float64)
    faces = rng.integers(0, 30, (40, 3))
    merged = merge_equal_vertices(trimesh.Trimesh(vertices, faces, process=False))
    seen: dict[tuple[float, ...], int] = {}
    index = [seen.setdefault(tuple(v), len(seen)) for v in vertices]
    slow = [[index[i] for i in face] for face in faces]
    assert merged.faces.tolist() == [f for f in slow if len(set(f)) == 3]
    assert merged.vertices.tolist() == [list(v) for v in seen]


def test_welding_rounds_to_float32_first_and_counts_what_collapses():
    vertices = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1 + 1e-12, 0, 0]])
    faces = np.array([[0, 1, 2], [1, 3, 2]])
    assert len(merge_equal_vertices(trimesh.Trimesh(vertices, faces, process=False)).faces) == 2
    welded = weld(trimesh.Trimesh(vertices, faces, process=False))
    assert welded.collapsed == 1
    assert welded.faces.tolist() == [[0, 1, 2]]
    assert welded.doubled_areas.tolist() == [1.0]
