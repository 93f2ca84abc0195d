import numpy as np
import pytest
import trimesh
from hypothesis import given
from hypothesis import strategies as st

from caddis.data import mesh_codec
from caddis.data.mesh_codec import STEPS, decode, encode
from caddis.geometry.errors import DataError
from caddis.geometry.frame import to_canonical


def _sorted_corners(mesh):
    corners = np.rint((np.asarray(mesh.triangles) + 0.5) * STEPS).astype(int)
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
    coded = encode(mesh)
    back = decode(coded)
    assert coded[:1] == b"D"  # Draco's code, which is shorter
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
    assert _sorted_corners(decode(encode(mesh))) == _sorted_corners(mesh)


def test_a_solid_that_draco_opens_is_coded_the_other_way(monkeypatch):
    box = to_canonical(trimesh.creation.box())
    real = mesh_codec._draco
    monkeypatch.setattr(mesh_codec, "_draco", lambda grid, faces: real(grid, faces[1:]))
    coded = encode(box)
    assert coded[:1] == b"d"
    assert _sorted_corners(decode(coded)) == _sorted_corners(box)


def test_the_same_mesh_gives_the_same_bytes():
    mesh = to_canonical(trimesh.creation.icosphere())
    assert encode(mesh) == encode(mesh.copy())


@pytest.mark.parametrize("change", [lambda b: b[:-9], lambda b: b[:1] + b"x" * 40, lambda b: b""])
@pytest.mark.parametrize("kind", ["solid", "soup"])
def test_damaged_bytes_are_refused(kind, change):
    mesh = to_canonical(trimesh.creation.box())
    if kind == "soup":
        mesh = trimesh.Trimesh(mesh.vertices, mesh.faces[:5], process=False)
    with pytest.raises(DataError, match="stored mesh"):
        decode(change(encode(mesh)))
