"""`caddis check` on good, bad and hostile files; `caddis repair` and `caddis reconstruct`."""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import trimesh

from caddis.app.cli import main
from caddis.geometry.files.export import export_mesh


def standing_box(side: float = 20.0) -> trimesh.Trimesh:
    box = trimesh.creation.box((side, side, side))
    box.apply_translation((0.0, 0.0, side / 2))
    return box


def saved(mesh: trimesh.Trimesh, path: Path) -> Path:
    return export_mesh(mesh, path, title="box", licence="CC0-1.0")


def stl_bytes(triangles: np.ndarray) -> bytes:
    faces = np.zeros(len(triangles), dtype=[("f", "<f4", (12,)), ("a", "<u2")])
    faces["f"][:, 3:] = triangles.reshape(-1, 9)
    return bytes(80) + struct.pack("<I", len(faces)) + faces.tobytes()


@pytest.fixture
def box_file(tmp_path: Path) -> Path:
    return saved(standing_box(), tmp_path / "box.stl")


def test_a_good_mesh_passes_with_a_table(
    box_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(box_file), "--height-mm", "20"]) == 0
    shown = capsys.readouterr().out
    assert "box.stl: pass (fdm)" in shown
    assert "closed" in shown


def test_json_is_the_gates_own_report(box_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from caddis.geometry.files.mesh_io import load_mesh
    from caddis.geometry.gate import check

    assert main(["check", str(box_file), "--json", "--process", "sla"]) == 0
    assert (
        json.loads(capsys.readouterr().out) == check(load_mesh(box_file), profile="sla").to_json()
    )


def test_a_failed_check_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    box = standing_box()
    box.update_faces(np.arange(len(box.faces)) > 0)
    assert main(["check", str(saved(box, tmp_path / "open.stl"))]) == 1
    assert "fail" in capsys.readouterr().out


def test_a_wrong_height_fails(box_file: Path) -> None:
    assert main(["check", str(box_file), "--height-mm", "25"]) == 1


def nothing_there(_: Path) -> None:
    pass


def text_named_obj(path: Path) -> None:
    path.write_text("Dear reader,\nthis is a letter.\n")


def truncated_stl(path: Path) -> None:
    path.write_bytes(stl_bytes(standing_box().triangles)[:-70])


def not_a_number(path: Path) -> None:
    triangles = standing_box().triangles.copy()
    triangles[3, 1, 2] = np.nan
    path.write_bytes(stl_bytes(triangles))


def no_faces(path: Path) -> None:
    path.write_bytes(stl_bytes(np.zeros((0, 3, 3))))


def ten_million_faces(path: Path) -> None:
    with path.open("wb") as stream:
        stream.write(bytes(80) + struct.pack("<I", 10_000_000))
        stream.truncate(84 + 50 * 10_000_000)  # a sparse file: no such block is written


def zip_bomb(path: Path) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("3D/3dmodel.model", "w") as part,
    ):
        for _ in range(32):
            part.write(bytes(1 << 20))


def a_folder(path: Path) -> None:
    path.mkdir()


HOSTILE: dict[str, tuple[str, Callable[[Path], None]]] = {
    "no file": ("a.stl", nothing_there),
    "a text named .obj": ("a.obj", text_named_obj),
    "a truncated STL": ("a.stl", truncated_stl),
    "NaN": ("a.stl", not_a_number),
    "no faces": ("a.stl", no_faces),
    "ten million faces": ("a.stl", ten_million_faces),
    "a zip bomb": ("a.3mf", zip_bomb),
    "a folder": ("a.stl", a_folder),
    "an unknown ending": ("a.blend", text_named_obj),
}


@pytest.mark.parametrize("command", ["check", "repair", "reconstruct"])
@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_one_line_and_code_2(
    case: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, write = HOSTILE[case]
    write(tmp_path / name)
    out = tmp_path / "results" / "out.3mf"
    rest = [] if command == "check" else ["--out", str(out)]
    assert main([command, str(tmp_path / name), *rest]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("caddis: error: ")
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert not out.parent.exists()


def test_an_unknown_process_is_refused(box_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(box_file), "--process", "clay"]) == 2
    assert "fdm" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["repair", "reconstruct"])
def test_a_path_that_cannot_be_written_is_refused_before_reading(
    command: str, box_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    below_a_file = str(box_file / "out.stl")
    assert main([command, "does-not-exist.stl", "--out", below_a_file]) == 2
    assert "is a file, not a folder" in capsys.readouterr().err


def test_repair_closes_a_hole_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    box = standing_box()
    box.update_faces(np.arange(len(box.faces)) > 0)
    broken = saved(box, tmp_path / "open.stl")
    mended = tmp_path / "mended.3mf"
    assert main(["repair", str(broken), "--out", str(mended)]) == 0
    assert "- " in capsys.readouterr().out
    assert main(["check", str(mended)]) == 0
    assert json.loads((tmp_path / "mended.3mf.json").read_text())["changes"]


def test_reconstruct_closes_a_scan(tmp_path: Path) -> None:
    soup = trimesh.creation.icosphere(3, 10.0)
    soup.update_faces(np.arange(len(soup.faces)) % 320 > 0)
    out = tmp_path / "part.stl"
    scan = saved(soup, tmp_path / "soup.stl")
    assert (
        main(["reconstruct", str(scan), "--height-mm", "40", "--out", str(out)]) == 1
    )  # a ball stands on a point
    made = trimesh.load_mesh(out)
    assert made.is_watertight
    assert made.extents[2] == pytest.approx(40.0, abs=0.01)
    assert json.loads((tmp_path / "part.stl.json").read_text())["source"] == "soup.stl"
