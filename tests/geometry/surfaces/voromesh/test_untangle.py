import numpy as np
import trimesh

from caddis.geometry.surfaces.voromesh.cleanup import passes, rounded
from caddis.geometry.surfaces.voromesh.untangle import untangled


def _ball_with_a_fold():
    ball = trimesh.creation.icosphere(subdivisions=3)
    vertices, faces = rounded(np.array(ball.vertices)), np.asarray(ball.faces)
    neighbour = faces[faces[:, 0] == 7][0, 1]
    vertices[7] += 1.5 * (vertices[neighbour] - vertices[7])  # over the faces beyond
    return rounded(vertices), faces


def _mesh(vertices, faces):
    return trimesh.Trimesh(vertices, faces, process=False)


def test_a_fold_is_opened_and_the_rest_stays():
    vertices, faces = _ball_with_a_fold()
    assert not passes(_mesh(vertices, faces))
    mended = untangled(vertices, faces)
    assert passes(_mesh(mended, faces))
    assert 0 < (mended != vertices).any(axis=1).sum() < 15


def test_a_face_without_area_is_opened():
    ball = trimesh.creation.icosphere(subdivisions=3)
    vertices, faces = rounded(np.array(ball.vertices)), np.asarray(ball.faces)
    vertices[faces[5, 0]] = vertices[faces[5, 1]]
    assert not passes(_mesh(vertices, faces))
    assert passes(_mesh(untangled(vertices, faces), faces))


def test_a_clean_mesh_is_left_alone():
    ball = trimesh.creation.icosphere(subdivisions=2)
    vertices = rounded(np.array(ball.vertices))
    assert np.array_equal(untangled(vertices, np.asarray(ball.faces)), vertices)


def test_the_result_holds_float32_values():
    mended = untangled(*_ball_with_a_fold())
    assert np.array_equal(mended, mended.astype(np.float32))
