import base64
import json
import logging
import os
from pathlib import Path

import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import (
    EmptyMeshError,
    InputError,
    MeshReadError,
    NonFiniteError,
    TooLargeError,
    UnsupportedFormatError,
)
from caddis.geometry.files.mesh_io import READABLE, load_mesh
from caddis.geometry.files.threemf import write_3mf

ALL_KINDS = ["stl", "ascii.stl", "ply", "ascii.ply", "obj", "off", "glb", "gltf", "3mf"]


def _cone() -> trimesh.Trimesh:
    """No symmetry between axes, so that a wrong turn shows."""
    cone = trimesh.creation.cone(10.0, 40.0, sections=24)
    cone.apply_translation((3.0, -7.0, 1.0))
    return cone


def _encode(mesh: trimesh.Trimesh, kind: str) -> bytes:
    """Write with a library other than ours wherever there is one."""
    if kind in {"glb", "gltf"}:
        turned = mesh.copy()
        turned.vertices = mesh.vertices[:, [0, 2, 1]] * [0.001, 0.001, -0.001]
        if kind == "glb":
            return trimesh.Scene(turned).export(file_type="glb")
        files = trimesh.Scene(turned).export(file_type="gltf")
        document = json.loads(files["model.gltf"])
        for buffer in document["buffers"]:
            packed = base64.b64encode(files[buffer["uri"]]).decode()
            buffer["uri"] = "data:application/octet-stream;base64," + packed
        return json.dumps(document).encode()
    kinds = {"ascii.stl": "stl_ascii", "ascii.ply": "ply"}
    options = {"encoding": "ascii"} if kind == "ascii.ply" else {}
    content = mesh.export(file_type=kinds.get(kind, kind), **options)
    return content.encode() if isinstance(content, str) else content


def _saved(folder: Path, mesh: trimesh.Trimesh, kind: str) -> Path:
    path = folder / f"a.{kind}"
    if kind == "3mf":
        write_3mf(mesh, path, title="a", licence="b")
    else:
        path.write_bytes(_encode(mesh, kind))
    return path


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_every_format_gives_the_same_closed_mesh_in_millimetres(tmp_path, kind):
    cone = _cone()
    mesh = load_mesh(_saved(tmp_path, cone, kind))
    assert mesh.is_volume
    assert len(mesh.faces) == len(cone.faces)
    assert len(mesh.vertices) == len(cone.vertices)
    assert np.allclose(mesh.bounds, cone.bounds, atol=1e-4)
    assert np.allclose(mesh.center_mass, cone.center_mass, atol=1e-3)
    assert mesh.vertices.dtype == np.float64
    assert mesh.faces.dtype == np.int64


def test_upper_case_endings_are_read(tmp_path):
    path = _saved(tmp_path, _cone(), "stl").rename(tmp_path / "A.STL")
    assert load_mesh(path).is_volume


@pytest.mark.parametrize("kind", [k for k in ALL_KINDS if k != "obj"])
def test_a_file_that_is_cut_off_is_named(tmp_path, kind):
    path = _saved(tmp_path, _cone(), kind)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    with pytest.raises(MeshReadError, match=r"a\."):
        load_mesh(path)


@pytest.mark.parametrize("ending", READABLE)
@pytest.mark.parametrize(
    "content", [b"hello, this is a letter\n" * 50, os.urandom(3000), b"\0", b"{}"]
)
def test_a_file_of_something_else_is_named(tmp_path, ending, content):
    path = tmp_path / f"letter{ending}"
    path.write_bytes(content)
    with pytest.raises((MeshReadError, EmptyMeshError), match=rf"letter\{ending}"):
        load_mesh(path)


def test_a_missing_file_a_folder_an_empty_file_and_a_pipe_are_told_apart(tmp_path):
    with pytest.raises(MeshReadError, match="no such file"):
        load_mesh(tmp_path / "nothing.stl")
    (tmp_path / "folder.stl").mkdir()
    with pytest.raises(MeshReadError, match="folder"):
        load_mesh(tmp_path / "folder.stl")
    (tmp_path / "empty.stl").touch()
    with pytest.raises(MeshReadError, match="empty"):
        load_mesh(tmp_path / "empty.stl")
    os.mkfifo(tmp_path / "pipe.stl")
    with pytest.raises(MeshReadError, match="regular"):
        load_mesh(tmp_path / "pipe.stl")


@pytest.mark.parametrize("name", ["a.step", "a", "a.stl.gz", "a.zip"])
def test_unknown_endings_are_refused_with_the_known_ones(tmp_path, name):
    (tmp_path / name).write_text("x")
    with pytest.raises(UnsupportedFormatError, match=r"\.3mf"):
        load_mesh(tmp_path / name)


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
@pytest.mark.parametrize("kind", ["stl", "ply", "glb", "obj", "off"])
def test_coordinates_that_are_not_finite_are_refused(tmp_path, kind, wrong):
    cone = _cone()
    cone.vertices[5, 1] = wrong
    path = tmp_path / f"a.{kind}"
    with np.errstate(invalid="ignore"):
        path.write_bytes(_encode(trimesh.Trimesh(cone.vertices, cone.faces, process=False), kind))
    with pytest.raises(NonFiniteError, match=r"a\."):
        load_mesh(path)


def test_a_mesh_in_the_wrong_unit_by_far_is_refused(tmp_path):
    cone = _cone()
    cone.apply_scale(1e6)
    with pytest.raises(TooLargeError, match="10 km"):
        load_mesh(_saved(tmp_path, cone, "stl"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.obj", b"v 0 0 0\nv 1 0 0\nv 0 1 0\n"),
        ("a.off", b"OFF\n3 0 0\n0 0 0\n1 0 0\n0 1 0\n"),
        ("a.ply", b"ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nend_header\n0\n"),
        ("a.stl", b"\0" * 84),
        ("a.stl", b"solid nothing\nendsolid nothing\n"),
        ("a.gltf", b'{"asset": {"version": "2.0"}}'),
        ("a.obj", b"v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 1 1\n"),
    ],
)
def test_no_faces_is_an_error(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(EmptyMeshError, match=r"a\."):
        load_mesh(tmp_path / name)


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_more_faces_than_allowed_are_refused_before_parsing(tmp_path, kind, monkeypatch):
    path = _saved(tmp_path, _cone(), kind)
    count = len(_cone().faces)
    assert len(load_mesh(path, max_faces=count).faces) == count
    monkeypatch.setattr(trimesh, "load_scene", lambda *_, **__: pytest.fail("it was parsed"))
    with pytest.raises(TooLargeError, match=f"{count} faces"):
        load_mesh(path, max_faces=count - 1)


def test_ten_million_faces_are_refused_unread(tmp_path, monkeypatch):
    path = tmp_path / "huge.stl"
    with path.open("wb") as stream:
        stream.truncate(84 + 50 * 10_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(TooLargeError, match="500 MB"):
        load_mesh(path)


@pytest.mark.parametrize("kind", ["glb", "gltf"])
def test_a_count_without_data_behind_it_is_refused(tmp_path, kind):
    document = {
        "asset": {"version": "2.0"},
        "accessors": [{"count": 10**10, "type": "VEC3", "componentType": 5126}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}}]}],
        "nodes": [{"mesh": 0}],
    }
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    head = b"glTF" + np.array([2, 20 + len(text), len(text)], "<u4").tobytes() + b"JSON"
    (tmp_path / f"a.{kind}").write_bytes(head + text if kind == "glb" else text)
    with pytest.raises(TooLargeError, match="3,333,333,333"):
        load_mesh(tmp_path / f"a.{kind}")


def test_other_files_are_never_opened(tmp_path, monkeypatch):
    cone = _cone()
    material = tmp_path / "secret.mtl"
    material.write_text("newmtl a\nmap_Kd picture.png\n")
    text = b"mtllib secret.mtl\nmtllib /etc/passwd\nusemtl a\n" + _encode(cone, "obj")
    (tmp_path / "a.obj").write_bytes(text)
    files = trimesh.Scene(cone).export(file_type="gltf")
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    opened = []
    real = os.open

    def spy(path, *rest, **more):
        opened.append(str(path))
        return real(path, *rest, **more)

    import builtins

    plain = builtins.open
    monkeypatch.setattr(
        builtins, "open", lambda f, *a, **k: opened.append(str(f)) or plain(f, *a, **k)
    )
    monkeypatch.setattr(os, "open", spy)
    assert load_mesh(tmp_path / "a.obj").is_volume
    with pytest.raises(MeshReadError, match="another file"):
        load_mesh(tmp_path / "model.gltf")
    assert not [name for name in opened if name.endswith((".mtl", "passwd", ".bin"))]


def test_a_flipped_instance_stays_outward(tmp_path):
    mirror = np.diag([-1.0, 1.0, 1.0, 1.0])
    scene = trimesh.Scene()
    scene.add_geometry(trimesh.creation.icosphere(1, radius=0.01), transform=mirror)
    (tmp_path / "a.glb").write_bytes(scene.export(file_type="glb"))
    assert load_mesh(tmp_path / "a.glb").volume > 0


def test_gltf_front_becomes_minus_y(tmp_path):
    """glTF: +Y up, the front looks along +Z, metres."""
    box = trimesh.creation.box((1.0, 2.0, 4.0)).apply_translation((0.0, 1.0, 2.0))
    (tmp_path / "a.glb").write_bytes(trimesh.Scene(box).export(file_type="glb"))
    bounds = load_mesh(tmp_path / "a.glb").bounds
    assert np.allclose(bounds, [[-500.0, -4000.0, 0.0], [500.0, 0.0, 2000.0]])


def test_parser_warnings_and_log_lines_do_not_leak(tmp_path, caplog, capfd, recwarn):
    (tmp_path / "a.obj").write_text("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 9\nf x y z\n")
    with caplog.at_level(logging.DEBUG), pytest.raises(MeshReadError):
        load_mesh(tmp_path / "a.obj")
    assert not [r for r in caplog.records if r.levelno >= logging.WARNING]
    assert not recwarn.list
    assert capfd.readouterr() == ("", "")


def test_touching_bodies_of_an_indexed_file_stay_apart(tmp_path):
    """Two closed boxes with a common edge: merging it would make the mesh non-manifold."""
    first = trimesh.creation.box((1, 1, 1))
    second = first.copy().apply_translation((1, 1, 0))
    both = trimesh.util.concatenate([first, second])
    mesh = load_mesh(_saved(tmp_path, both, "3mf"))
    assert len(mesh.vertices) == 16
    assert mesh.is_watertight


_SAMPLES = {
    kind: _encode(trimesh.creation.icosphere(1, radius=9.0), kind) for kind in ALL_KINDS[:-1]
}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_gives_a_mesh_or_one_of_our_errors(tmp_path_factory, data):
    kind = data.draw(st.sampled_from(sorted(_SAMPLES)))
    content = bytearray(_SAMPLES[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        cut = data.draw(st.sampled_from([0, 1, 1, 1, 7, len(content)]))
        content[at : at + cut] = data.draw(
            st.sampled_from([b"9", b"-", b"nan", b"\0", b"", b"\n", b"{"])
        )
        content = content or bytearray(b"x")
    path = tmp_path_factory.getbasetemp() / f"fuzz.{kind}"
    path.write_bytes(content)
    try:
        mesh = load_mesh(path)
    except InputError as error:
        assert "fuzz" in str(error)
        assert "\n" not in str(error)
    else:
        assert len(mesh.faces) > 0
        assert np.isfinite(mesh.vertices).all()
