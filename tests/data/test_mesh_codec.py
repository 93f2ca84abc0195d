import numpy as np
import pytest
import trimesh
from hypothesis import given
from hypothesis import strategies as st

from data.mesh_codec import STEPS, decode, encode
from geometry.errors import DataError
from geometry.frame import to_canonical


def _sorted_corners(mesh):
    corners = np.rint(np.asarray(mesh.triangles) * STEPS).astype(int)
    turned = [np.roll(corners, turn, axis=1).reshape(-1, 9) for turn in range(3)]
    least = [min(candidates, key=tuple) for candidates in np.stack(turned, axis=1).tolist()]
    return sorted(map(tuple, least))


@pytest.mark.parametrize(
    "mesh",
    [
        trimesh.creation.box((1.0, 0.3, 0.7)),
        trimesh.creation.icosphere(subdivisions=3),
        trimesh.creation.torus(0.4, 0.1),
    ],
)
def test_round_trip_keeps_every_triangle_and_its_winding(mesh):
    mesh = to_canonical(mesh)
    back = decode(*encode(mesh))
    assert _sorted_corners(back) == _sorted_corners(mesh)
    assert back.is_watertight
    assert back.volume == pytest.approx(mesh.volume, rel=1e-3)


@given(st.integers(0, 1000))
def test_round_trip_of_any_soup_is_within_half_a_step(seed):
    rng = np.random.default_rng(seed)
    count = int(rng.integers(3, 40))
    vertices = rng.uniform(-0.5, 0.5, (count, 3))
    faces = np.stack([rng.permutation(count)[:3] for _ in range(rng.integers(1, 60))])
    mesh = trimesh.Trimesh(vertices, faces, process=False)
    assert _sorted_corners(decode(*encode(mesh))) == _sorted_corners(mesh)


def test_the_same_mesh_gives_the_same_bytes():
    mesh = to_canonical(trimesh.creation.icosphere())
    assert encode(mesh) == encode(mesh.copy())


def test_damaged_bytes_are_refused():
    vertices, faces = encode(to_canonical(trimesh.creation.box()))
    with pytest.raises(DataError, match="odd length"):
        decode(vertices[:-1], faces)
    with pytest.raises(DataError, match="beyond"):
        decode(vertices[:9], faces)
