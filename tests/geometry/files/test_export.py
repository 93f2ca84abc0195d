import hashlib
import json
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import (
    EmptyMeshError,
    NonFiniteError,
    OutputError,
    UnsupportedFormatError,
)
from caddis.geometry.files.export import WRITABLE, as_stored, export_mesh
from caddis.geometry.files.mesh_io import load_mesh
from caddis.geometry.surfaces.marching_cubes import MarchingCubes
from tests.geometry.topology import is_edge_manifold, is_vertex_manifold


def _bent_ring(points):
    ring = np.linalg.norm(points[:, :2], axis=1) - 0.35 + 0.2 * points[:, 2]
    return (np.hypot(ring, points[:, 2]) - 0.1).astype(np.float32)


@pytest.fixture(scope="module")
def part() -> trimesh.Trimesh:
    mesh = MarchingCubes().from_field(_bent_ring, 40)
    mesh.apply_scale(80.0)
    mesh.apply_translation((0.0, 0.0, -mesh.bounds[0, 2]))
    return mesh


def _export(mesh: trimesh.Trimesh, path: Path, **more) -> Path:
    return export_mesh(mesh, path, title="A ring", licence="CC0-1.0", **more)


@pytest.mark.parametrize("ending", WRITABLE)
def test_what_is_written_comes_back_closed_and_in_place(tmp_path, part, ending):
    back = load_mesh(_export(part, tmp_path / f"ring{ending}"))
    assert back.is_volume
    assert is_edge_manifold(back.faces)
    assert is_vertex_manifold(back.faces)
    assert len(back.faces) == len(part.faces)
    assert len(back.vertices) == len(part.vertices)
    assert np.abs(back.bounds - part.bounds).max() < 1e-5
    assert np.allclose(back.center_mass, part.center_mass, atol=1e-4)
    assert back.volume == pytest.approx(part.volume, rel=1e-5)


@pytest.mark.parametrize("ending", WRITABLE)
def test_same_mesh_gives_the_same_bytes_and_no_litter(tmp_path, part, ending):
    first = _export(part, tmp_path / f"a{ending}", record={"seed": 1}).read_bytes()
    second = _export(part.copy(), tmp_path / f"b{ending}").read_bytes()
    assert first == second
    names = {p.name for p in tmp_path.iterdir()}
    assert names == {f"a{ending}", f"a{ending}.json", f"b{ending}"}


@pytest.mark.parametrize("ending", WRITABLE)
def test_cached_normals_and_colours_do_not_change_the_file(tmp_path, part, ending):
    painted = part.copy()
    painted.visual.vertex_colors = np.full((len(part.vertices), 4), 200, np.uint8)
    assert painted.vertex_normals.shape == painted.vertices.shape
    painted.metadata["name"] = "secret"
    first = _export(part, tmp_path / f"a{ending}").read_bytes()
    assert first == _export(painted, tmp_path / f"b{ending}").read_bytes()


def test_stl_is_binary_with_an_empty_header(tmp_path, part):
    content = _export(part, tmp_path / "a.stl").read_bytes()
    assert len(content) == 84 + 50 * len(part.faces)
    assert content[:80] == bytes(80)


def test_glb_is_y_up_in_metres_and_carries_title_and_licence(tmp_path):
    box = trimesh.creation.box((10.0, 20.0, 30.0)).apply_translation((0.0, 0.0, 15.0))
    content = _export(box, tmp_path / "a.glb", designer="Ada").read_bytes()
    length = struct.unpack_from("<I", content, 12)[0]
    document = json.loads(content[20 : 20 + length])
    assert document["asset"] == {
        "version": "2.0",
        "generator": "Caddis",
        "copyright": "CC0-1.0",
        "extras": {"title": "A ring", "designer": "Ada"},
    }
    position = document["meshes"][0]["primitives"][0]["attributes"]["POSITION"]
    accessor = document["accessors"][position]
    assert np.allclose(accessor["min"], [-0.005, 0.0, -0.010], atol=1e-9)
    assert np.allclose(accessor["max"], [0.005, 0.030, 0.010], atol=1e-9)


def test_obj_names_its_unit_and_no_other_file(tmp_path, part):
    text = export_mesh(part, tmp_path / "a.obj", title="A\nring", licence="CC0").read_text("utf-8")
    assert text.splitlines()[0] == "# Caddis | mm, Z up | A ring | CC0"
    assert {line.split(" ")[0] for line in text.splitlines()[1:] if line} <= {"o", "v", "f"}


@dataclass
class _Check:
    name: str
    value: float


def test_record_lies_beside_the_file_as_plain_json(tmp_path, part):
    record = {
        "seed": np.int64(7),
        "condition": {"text": "ein Möbel"},
        "stages": (("decode", np.float32(0.5)),),
        "gate": [_Check("walls", float("nan")), _Check("size", np.inf)],
        "tokens": np.arange(3),
        "path": Path("x"),
        "none": None,
        "closed": np.bool_(True),
    }
    path = _export(part, tmp_path / "ring.stl", record=record)
    about = json.loads((tmp_path / "ring.stl.json").read_text("utf-8"), parse_constant=pytest.fail)
    assert about == {
        "file": "ring.stl",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "unit": "millimetre",
        "application": "Caddis",
        "title": "A ring",
        "licence": "CC0-1.0",
        "designer": "",
        "vertices": len(part.vertices),
        "faces": len(part.faces),
        "seed": 7,
        "condition": {"text": "ein Möbel"},
        "stages": [["decode", 0.5]],
        "gate": [{"name": "walls", "value": None}, {"name": "size", "value": None}],
        "tokens": [0, 1, 2],
        "path": "x",
        "none": None,
        "closed": True,
    }


@pytest.mark.parametrize("name", ["a.step", "a", "a.stl.gz", "a.gltf"])
def test_unknown_ending_is_refused_with_the_known_ones(tmp_path, part, name):
    with pytest.raises(UnsupportedFormatError, match=r"\.3mf"):
        _export(part, tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", WRITABLE)
def test_what_cannot_be_written_leaves_nothing(tmp_path, part, ending):
    (tmp_path / "file").write_text("in the way")
    broken = trimesh.Trimesh([[0, 0, np.nan], [1, 0, 0], [0, 1, 0]], [[0, 1, 2]], process=False)
    flat = trimesh.Trimesh(np.ones((3, 3)), [[0, 1, 2]], process=False)
    with pytest.raises(OutputError, match="file"):
        _export(part, tmp_path / "file" / f"a{ending}")
    with pytest.raises(NonFiniteError):
        _export(broken, tmp_path / f"a{ending}")
    for empty in (trimesh.Trimesh(), flat):
        with pytest.raises(EmptyMeshError):
            _export(empty, tmp_path / f"a{ending}")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_a_failing_writer_keeps_the_old_file(tmp_path, part, monkeypatch):
    path = _export(part, tmp_path / "a.3mf")
    before = path.read_bytes()
    monkeypatch.setattr("caddis.geometry.files.threemf.lib3mf.Writer.WriteToFile", _disk_full)
    with pytest.raises(OutputError, match=r"a\.3mf"):
        _export(trimesh.creation.box((1, 1, 1)), path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.3mf"]


def _disk_full(*_: object) -> None:
    import lib3mf

    raise lib3mf.ELib3MFException(1, "disk full")


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([1e-9, 1e-7, 3e-6, 1e-4]))
def test_edges_that_rounding_collapses_leave_a_closed_stl(tmp_path_factory, seed, gap):
    """Split edges of a ball by vertices almost on their ends, then round and reload."""
    rng = np.random.default_rng(seed)
    ball = trimesh.creation.icosphere(2, radius=60.0)
    vertices, faces = ball.vertices, ball.faces
    for edge in rng.choice(ball.edges_unique, 5, replace=False):
        vertices, faces = _split(vertices, faces, edge, gap)
    mesh = trimesh.Trimesh(vertices, faces, process=False)
    assert is_edge_manifold(mesh.faces)
    path = tmp_path_factory.getbasetemp() / "ball.stl"
    back = load_mesh(_export(mesh, path))
    assert is_edge_manifold(back.faces)
    assert is_vertex_manifold(back.faces)
    assert len({*map(tuple, back.vertices.tolist())}) == len(back.vertices)
    assert back.volume == pytest.approx(ball.volume, rel=1e-4)


def _split(vertices, faces, edge, gap):
    """Put a vertex on an edge, `gap` mm from its first end and a little outwards."""
    a, b = vertices[edge]
    new = len(vertices)
    vertices = np.vstack([vertices, a + (b - a) / np.linalg.norm(b - a) * gap + a * gap / 600])
    result = []
    for face in faces.tolist():
        if set(edge.tolist()) <= set(face):
            result.extend([new if i == old else i for i in face] for old in edge.tolist())
        else:
            result.append(face)
    return vertices, np.array(result)


def test_a_mesh_that_float32_holds_is_stored_as_it_is(part):
    stored = as_stored(part)
    assert np.array_equal(stored.faces, part.faces)
    assert np.array_equal(stored.vertices, part.vertices.astype(np.float32))
