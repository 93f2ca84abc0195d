"""Scores of one rebuilt solid, on solids made by hand."""

import math

import numpy as np
import pytest
import trimesh
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality.shape_scores import (
    MISSED,
    Original,
    Pieces,
    field_scores,
    mesh_scores,
    pieces,
    surface_scores,
    topology_scores,
    volume_scores,
)
from caddis.geometry.field import SolidField


def cube(side: float, x: float = 0.0) -> trimesh.Trimesh:
    mesh = trimesh.creation.box((side, side, side))
    mesh.apply_translation((x, 0.0, 0.0))
    return mesh


def ring() -> trimesh.Trimesh:
    return trimesh.creation.annulus(0.2, 0.5, 0.2, sections=24)


def together(*parts: trimesh.Trimesh) -> trimesh.Trimesh:
    joined = trimesh.util.concatenate(list(parts))
    assert isinstance(joined, trimesh.Trimesh)
    return joined


def original(mesh: trimesh.Trimesh) -> Original:
    rng = np.random.default_rng(0)
    places = rng.uniform(-0.55, 0.55, (4000, 3)).astype(np.float32)
    queries = np.concatenate([places, SolidField(mesh)(places)[:, None]], axis=1)
    near = queries[np.abs(queries[:, 3]) < 0.05]
    return Original(mesh, queries, near, pieces(mesh))


def test_a_surface_is_at_no_distance_from_itself_whatever_the_sample() -> None:
    found = surface_scores(cube(1.0), cube(1.0), np.random.default_rng(0))
    assert found["cd"] == pytest.approx(0, abs=1e-7)
    assert found["f_0.01"] == 1.0


def test_nested_cubes_are_as_far_apart_as_their_walls() -> None:
    found = surface_scores(cube(0.97), cube(1.0), np.random.default_rng(0))
    assert found["cd"] == pytest.approx(0.015, rel=0.02)  # more at the corners
    assert found["f_0.01"] == 0.0
    assert found["f_0.02"] > 0.9


def test_a_solid_keeps_everything_of_itself() -> None:
    truth = original(ring())
    overlap = field_scores(SolidField(truth.mesh), truth)
    found = mesh_scores(truth.mesh, truth, np.random.default_rng(0))
    assert overlap == {"iou": 1.0, "near_iou": 1.0}
    assert found["volume"] == pytest.approx(0.0, abs=1e-12)
    assert all(found[key] == 1.0 for key in ("volume_kept", "both_kept", "strictly_kept"))


def test_a_shape_without_surface_misses_everything() -> None:
    found = mesh_scores(None, original(cube(1.0)), np.random.default_rng(0))
    assert found.pop("cd") == MISSED
    assert found.pop("volume") == -1.0
    assert set(found.values()) == {0.0}


def test_overlap_of_nested_cubes_is_their_volumes_ratio() -> None:
    found = field_scores(SolidField(cube(0.8)), original(cube(1.0)))
    assert found["iou"] == pytest.approx(0.8**3, abs=0.03)


@given(st.floats(0.5, 1.5))
def test_the_volume_error_has_the_sign_of_what_is_too_much(side: float) -> None:
    found = volume_scores(cube(side), cube(1.0))
    assert found["volume"] == pytest.approx(side**3 - 1.0, abs=1e-9)
    assert found["volume_kept"] == float(abs(side**3 - 1.0) < 0.02)


@pytest.mark.parametrize(
    ("mesh", "expected"),
    [
        (cube(1.0), Pieces(1, 0, 0)),
        (ring(), Pieces(1, 1, 0)),
        (together(cube(0.3, -0.4), cube(0.3, 0.4)), Pieces(2, 0, 0)),
        (together(ring(), cube(0.1, 0.8)), Pieces(2, 1, 0)),
        (together(cube(1.0), cube(0.05, 0.8)), Pieces(1, 0, 1)),  # .05^3 is .01 % of the whole
    ],
)
def test_bodies_holes_and_specks_are_counted(mesh: trimesh.Trimesh, expected: Pieces) -> None:
    assert pieces(mesh) == expected


def test_a_cavity_is_neither_a_body_nor_a_hole() -> None:
    inner = cube(0.5)
    inner.invert()
    assert pieces(together(cube(1.0), inner)) == Pieces(1, 0, 0)


def test_a_mesh_of_arrays_that_may_not_be_written_to_is_counted() -> None:
    vertices = np.array(ring().vertices)
    vertices.flags.writeable = False
    assert pieces(trimesh.Trimesh(vertices, ring().faces, process=False)) == Pieces(1, 1, 0)


def test_an_open_surface_cannot_be_counted() -> None:
    mesh = cube(1.0)
    assert pieces(trimesh.Trimesh(mesh.vertices, mesh.faces[1:], process=False)) is None


def test_topology_is_kept_in_parts() -> None:
    truth = Pieces(2, 1, 0)
    assert topology_scores(Pieces(2, 0, 0), truth) == {
        "bodies_kept": 1.0, "holes_kept": 0.0, "both_kept": 0.0, "strictly_kept": 0.0
    }  # fmt: skip
    speckled = topology_scores(Pieces(2, 1, 3), truth)
    assert (speckled["both_kept"], speckled["strictly_kept"]) == (1.0, 0.0)
    assert all(math.isnan(one) for one in topology_scores(Pieces(1, 0, 0), None).values())
