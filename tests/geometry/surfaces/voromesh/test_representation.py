import numpy as np
import pytest

from caddis.geometry.errors import ConfigError, MeshReadError, NonFiniteError
from caddis.geometry.surfaces.voromesh.representation import VoroMesh


def _random(count=50, seed=0):
    rng = np.random.default_rng(seed)
    return VoroMesh(rng.normal(size=(count, 3)), rng.random(count) < 0.5)


def test_a_file_gives_back_the_same_diagram_and_the_same_bytes(tmp_path):
    one = _random(53)
    first, second = (one.save(tmp_path / name) for name in ("a.npz", "b.npz"))
    assert VoroMesh.load(first) == one
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_size < 53 * 25 + 1000


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nothing", b"solid stl"])
def test_another_file_is_named_as_such(tmp_path, content):
    path = tmp_path / "no.npz"
    path.write_bytes(content)
    with pytest.raises(MeshReadError, match=r"no\.npz"):
        VoroMesh.load(path)


def test_an_archive_of_something_else_is_refused(tmp_path):
    np.savez(tmp_path / "other.npz", generators=np.zeros((2, 3)))
    with pytest.raises(MeshReadError):
        VoroMesh.load(tmp_path / "other.npz")
    with pytest.raises(MeshReadError):
        VoroMesh.load(tmp_path / "missing.npz")
    np.savez(
        tmp_path / "new.npz",
        voromesh=np.int64(9),
        generators=np.zeros((1, 3)),
        occupancy=np.zeros(1, np.uint8),
    )
    with pytest.raises(MeshReadError, match="version 9"):
        VoroMesh.load(tmp_path / "new.npz")


def test_shapes_and_numbers_are_checked():
    with pytest.raises(ConfigError):
        VoroMesh(np.zeros((3, 2)), np.zeros(3, bool))
    with pytest.raises(ConfigError):
        VoroMesh(np.zeros((3, 3)), np.zeros(4, bool))
    with pytest.raises(NonFiniteError):
        VoroMesh(np.full((1, 3), np.nan), np.zeros(1, bool))


def test_arrays_cannot_be_changed_behind_its_back():
    places = np.zeros((2, 3))
    one = VoroMesh(places, [True, False])
    places[0] = 5.0
    assert not one.generators.any()
    with pytest.raises(ValueError, match="read-only"):
        one.generators[0] = 1.0


def test_edits_return_new_diagrams():
    one = _random(9)
    assert one.transformed(2.0, [1.0, 0.0, 0.0]).generators == pytest.approx(
        one.generators * 2.0 + [1.0, 0.0, 0.0]
    )
    assert one.moved(one.generators) == one
    assert one != one.moved(one.generators + 1.0)
    both = one.merged(_random(4, seed=1))
    assert len(both) == 13
    assert VoroMesh(both.generators[:9], both.occupancy[:9]) == one


def test_the_field_is_the_occupancy_of_the_nearest_generator():
    one = _random(80)
    points = np.random.default_rng(3).normal(size=(500, 3)).astype(np.float32)
    nearest = np.linalg.norm(points[:, None] - one.generators[None], axis=2).argmin(axis=1)
    assert np.array_equal(one(points) < 0, one.occupancy[nearest])
    assert (VoroMesh(one.generators, np.zeros(80))(points) > 0).all()
    assert (VoroMesh(one.generators, np.ones(80))(points) < 0).all()


def test_the_field_is_the_distance_next_to_a_face():
    pair = VoroMesh([[0.0, 0.0, -1.0], [0.0, 0.0, 1.0]], [True, False])
    points = np.array([[0.3, 0.2, -0.5], [0.0, 1.0, 0.25]], np.float32)
    assert pair(points) == pytest.approx([-0.5, 0.25])
