import struct
import zipfile
from pathlib import Path

import lib3mf
import numpy as np
import pytest
import trimesh

from caddis.geometry.errors import EmptyMeshError, MeshReadError, OutputError, TooLargeError
from caddis.geometry.files.threemf import read_3mf, write_3mf

MODEL = "3D/3dmodel.model"


def _write(path: Path, mesh: trimesh.Trimesh | None = None, **about: str) -> Path:
    about = {"title": "A stool", "licence": "CC0-1.0", **about}
    write_3mf(trimesh.creation.box((10, 20, 30)) if mesh is None else mesh, path, **about)
    return path


def _strict(path: Path):
    """Open with the Consortium's reader in strict mode; return the model and the warnings."""
    model = lib3mf.get_wrapper().CreateModel()
    reader = model.QueryReader("3mf")
    reader.SetStrictModeActive(True)
    reader.ReadFromFile(str(path))
    return model, reader.GetWarningCount()


def _repack(source: Path, target: Path, xml: bytes) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == MODEL else old.read(name))
    return target


def test_file_opens_strictly_without_warnings_and_says_what_it_is(tmp_path):
    mesh = trimesh.creation.icosphere(2, radius=12.5)
    model, warnings = _strict(_write(tmp_path / "ball.3mf", mesh, designer="Ada"))
    assert warnings == 0
    assert model.GetUnit() == lib3mf.ModelUnit.MilliMeter
    group = model.GetMetaDataGroup()
    found = {group.GetMetaData(i).GetName(): group.GetMetaData(i).GetValue() for i in range(4)}
    assert found == {
        "Title": "A stool",
        "LicenseTerms": "CC0-1.0",
        "Application": "Caddis",
        "Designer": "Ada",
    }
    parts = model.GetMeshObjects()
    assert parts.MoveNext()
    assert parts.GetCurrentMeshObject().IsManifoldAndOriented()


def test_same_mesh_gives_the_same_bytes(tmp_path):
    first, second = (_write(tmp_path / name).read_bytes() for name in ("a.3mf", "b.3mf"))
    assert first == second
    with zipfile.ZipFile(tmp_path / "a.3mf") as package:
        assert {part.date_time[0] for part in package.infolist()} == {1980}  # no clock in it


def test_mesh_comes_back_as_it_was_indexed(tmp_path):
    mesh = trimesh.creation.icosphere(3, radius=30.0)
    back = read_3mf(_write(tmp_path / "a.3mf", mesh))
    assert np.array_equal(back.faces, mesh.faces)
    assert np.abs(back.vertices - mesh.vertices).max() < 4e-6
    assert back.vertices.dtype == np.float64


@pytest.mark.parametrize(
    "text", ['Möbel & <Stuhl> "eins" 椅子', "with \x00 and \x1b control", "\ud800"]
)
def test_any_title_gives_a_file_that_opens(tmp_path, text):
    model, warnings = _strict(_write(tmp_path / "a.3mf", title=text, licence=text))
    assert warnings == 0
    title = model.GetMetaDataGroup().GetMetaDataByKey("", "Title").GetValue()
    assert title == "".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff")


def test_components_transforms_and_units_are_applied(tmp_path):
    path = tmp_path / "nested.3mf"
    _nested(path, levels=2, copies=2)
    mesh = read_3mf(path)
    assert len(mesh.faces) == 4 * 12  # the object outside the build list is not printed
    assert np.allclose(mesh.bounds / 25.4, [[-0.5, -0.5, 4.5], [200.5, 0.5, 5.5]], atol=1e-4)


def _nested(path: Path, levels: int, copies: int) -> None:
    wrapper = lib3mf.get_wrapper()
    model = wrapper.CreateModel()
    model.SetUnit(lib3mf.ModelUnit.Inch)
    box = trimesh.creation.box((1, 1, 1))
    corners = [lib3mf.Position(tuple(v)) for v in box.vertices.tolist()]
    faces = [lib3mf.Triangle(tuple(f)) for f in box.faces.tolist()]
    part = model.AddMeshObject()
    part.SetGeometry(corners, faces)
    for _ in range(levels):
        group = model.AddComponentsObject()
        for copy in range(copies):
            group.AddComponent(part, wrapper.GetTranslationTransform(100.0 * copy, 0.0, 0.0))
        part = group
    model.AddBuildItem(part, wrapper.GetTranslationTransform(0.0, 0.0, 5.0))
    model.AddMeshObject().SetGeometry(corners, faces)
    model.QueryWriter("3mf").WriteToFile(str(path))


def test_a_small_file_that_stands_for_a_huge_mesh_is_refused(tmp_path):
    _write(tmp_path / "a.3mf")
    for name, levels, copies in (("wide", 50, 2), ("deep", 100, 1)):
        _repack(tmp_path / "a.3mf", tmp_path / f"{name}.3mf", _nested_xml(levels, copies))
    with pytest.raises(TooLargeError, match="1,125,899,906,842,624 faces"):
        read_3mf(tmp_path / "wide.3mf")
    with pytest.raises(TooLargeError, match="64 deep"):
        read_3mf(tmp_path / "deep.3mf")


def _nested_xml(levels: int, copies: int) -> bytes:
    """Groups of groups of a mesh without faces."""
    objects = ['<object id="1"><mesh><vertices/><triangles/></mesh></object>']
    for level in range(1, levels + 1):
        parts = f"<component objectid='{level}'/>" * copies
        objects.append(f'<object id="{level + 1}"><components>{parts}</components></object>')
    return (
        '<model xmlns="http://schemas.microsoft.com/3dmanufacturing/core/2015/02">'
        f"<resources>{''.join(objects)}</resources>"
        f'<build><item objectid="{levels + 1}"/></build></model>'
    ).encode()


def test_parts_that_contain_each_other_are_refused(tmp_path):
    xml = _nested_xml(3, 1).replace(b"<component objectid='1'/>", b"<component objectid='4'/>")
    with pytest.raises(MeshReadError):
        read_3mf(_repack(_write(tmp_path / "a.3mf"), tmp_path / "b.3mf", xml))


def test_a_zip_bomb_is_refused_unopened(tmp_path):
    bomb = _repack(_write(tmp_path / "a.3mf"), tmp_path / "b.3mf", b" " * (8 << 20))
    assert bomb.stat().st_size < 20_000
    with pytest.raises(TooLargeError, match=r"b\.3mf"):
        read_3mf(bomb)


def test_a_part_that_lies_about_its_size_is_refused(tmp_path):
    bomb = _repack(_write(tmp_path / "a.3mf"), tmp_path / "b.3mf", b" " * (8 << 20))
    content = bomb.read_bytes()
    honest, lie = struct.pack("<I", 8 << 20), struct.pack("<I", 1000)
    assert content.count(honest) == 2
    bomb.write_bytes(content.replace(honest, lie))
    with pytest.raises(MeshReadError):
        read_3mf(bomb)


def test_too_many_bytes_or_faces_are_refused_before_parsing(tmp_path):
    path = _write(tmp_path / "a.3mf", trimesh.creation.icosphere(3))
    with pytest.raises(TooLargeError, match="MB"):
        read_3mf(path, max_bytes=10_000)
    with pytest.raises(TooLargeError, match="1,280 faces"):
        read_3mf(path, max_faces=1279)
    assert len(read_3mf(path, max_faces=1280).faces) == 1280


def test_damaged_packages_are_named(tmp_path):
    good = _write(tmp_path / "a.3mf").read_bytes()
    laughs = b'<!DOCTYPE a [<!ENTITY a "&b;&b;"><!ENTITY b "ha">]><model>&a;</model>'
    _repack(tmp_path / "a.3mf", tmp_path / "xml.3mf", laughs)
    (tmp_path / "cut.3mf").write_bytes(good[: len(good) // 2])
    (tmp_path / "text.3mf").write_text("hello")
    flipped = bytearray(good)
    flipped[100] ^= 0xFF
    (tmp_path / "flipped.3mf").write_bytes(flipped)
    with zipfile.ZipFile(tmp_path / "other.3mf", "w") as package:
        package.writestr("hello.txt", "hello")
    for name in ("xml", "cut", "text", "flipped", "other", "missing"):
        with pytest.raises(MeshReadError, match=rf"{name}\.3mf"):
            read_3mf(tmp_path / f"{name}.3mf")


def test_a_mesh_without_faces_and_a_folder_are_refused(tmp_path):
    with pytest.raises(EmptyMeshError):
        _write(tmp_path / "a.3mf", trimesh.Trimesh())
    (tmp_path / "folder.3mf").mkdir()
    with pytest.raises(OutputError):
        _write(tmp_path / "folder.3mf")
    assert [p.name for p in tmp_path.iterdir()] == ["folder.3mf"]
