"""Distances and F-scores of surfaces by hand."""

import numpy as np
import pytest
import trimesh

from benchmarks.common.distances import f_score, to_surface

BOX = trimesh.creation.box((1.0, 0.6, 0.4))


def test_distances_are_exact_and_name_the_nearest_face() -> None:
    points = np.array([[0.6, 0.1, 0.0], [0.0, 0.0, 0.5], [0.5, 0.0, 0.0]])
    distance, face = to_surface(points, BOX)
    assert distance == pytest.approx([0.1, 0.3, 0.0], abs=1e-9)
    assert BOX.face_normals[face].tolist() == [[1, 0, 0], [0, 0, 1], [1, 0, 0]]


def test_an_f_score_is_the_harmonic_mean_of_both_shares() -> None:
    near, half = np.zeros(4), np.array([0.0, 0.0, 1.0, 1.0])
    assert f_score(near, near, 0.1) == 1.0
    assert f_score(near, half, 0.1) == pytest.approx(2 / 3)
    assert f_score(near + 1.0, near + 1.0, 0.1) == 0.0
