import numpy as np
import pytest
import trimesh

from caddis.data.duplicates import near_duplicates, signature
from caddis.geometry.frame import to_canonical
from caddis.geometry.mesh.sampling import sample_surface


def _mark(mesh, seed):
    points, _ = sample_surface(to_canonical(mesh), 4096, np.random.default_rng(seed))
    return signature(points)


def _chair():
    parts = [
        ((0.5, 0.5, 0.05), (0, 0, 0)),
        ((0.5, 0.05, 0.6), (0, 0.25, 0.3)),
        ((0.05, 0.05, 0.5), (0.2, 0.1, -0.25)),
    ]
    boxes = []
    for extents, centre in parts:
        box = trimesh.creation.box(extents)
        box.apply_translation(centre)
        boxes.append(box)
    return trimesh.util.concatenate(boxes)


def _turned(mesh, degrees):
    turned = mesh.copy()
    turned.apply_transform(trimesh.transformations.rotation_matrix(np.radians(degrees), (0, 0, 1)))
    return turned


def _mirrored(mesh):
    return trimesh.Trimesh(mesh.vertices * [-1, 1, 1], mesh.faces[:, ::-1], process=False)


def test_other_samples_turns_and_mirrors_of_a_shape_are_found():
    chair = _chair()
    shapes = [chair, chair, _turned(chair, 90), _turned(_mirrored(chair), 180)]
    others = [trimesh.creation.icosphere(), trimesh.creation.box((1.0, 0.2, 0.7))]
    marks = np.stack([_mark(shape, seed) for seed, shape in enumerate(shapes + others)])
    assert near_duplicates(marks) == [[0, 1, 2, 3]]


def test_an_upside_down_shape_is_another_shape():
    chair = _chair()
    flipped = trimesh.Trimesh(chair.vertices * [1, -1, -1], chair.faces, process=False)
    assert near_duplicates(np.stack([_mark(chair, 0), _mark(flipped, 1)])) == []


def test_likeness_is_passed_on_through_a_chain():
    one = np.zeros((4, 12, 12, 12), dtype=np.float32)
    for row, angle in enumerate((0.0, 0.15, 0.3, 1.5)):
        one[row, 6, 6, 1], one[row, 6, 6, 9] = np.cos(angle), np.sin(angle)
    assert near_duplicates(one, threshold=0.98) == [[0, 1, 2]]


def test_signatures_have_length_one_and_few_rows_have_no_groups():
    mark = _mark(trimesh.creation.box(), 0)
    assert np.linalg.norm(mark) == pytest.approx(1.0, abs=1e-5)
    assert near_duplicates(mark[None]) == []
    assert near_duplicates(np.zeros((0, 12, 12, 12), dtype=np.float32)) == []
