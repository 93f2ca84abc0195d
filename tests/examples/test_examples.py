"""Each example runs in any folder, and what it writes is what it promises."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import trimesh
from PIL import Image

import caddis

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples"
_INNER = "voromesh_generators.py"
"""For researchers: the one that reaches into the packages, for what has no public function."""
NAMES = sorted(path.name for path in FOLDER.glob("*.py"))


def run(name: str, folder: Path, *arguments: str) -> str:
    """Run an example with a folder as the current one; return what it prints."""
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, str(FOLDER / name), *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_there_are_six() -> None:
    assert len(NAMES) == 6


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_short_says_how_to_run_it_and_uses_public_names(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    tree = ast.parse(text)
    about = ast.get_docstring(tree) or ""
    assert f"python examples/{name}" in about
    code = text.split('"""', maxsplit=2)[2]
    assert sum(bool(line.strip()) for line in code.splitlines()) <= 35
    if name == _INNER:
        return
    used = set(re.findall(r"\bcaddis\.(\w+)", code))
    assert used
    assert used <= set(caddis.__all__)
    assert "from caddis" not in code


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_links_to_it(name: str) -> None:
    assert f"(examples/{name})" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_words_become_a_file_that_prints(tmp_path: Path) -> None:
    said = run("words_to_print.py", tmp_path)
    assert names(tmp_path) == {"stool.3mf", "stool.3mf.json"}
    report = caddis.check(tmp_path / "stool.3mf", height_mm=60)
    assert report.is_solid
    assert report.passed
    assert f"The print gate says: {report.status}" in said
    assert "closed: 0 open edges" in said


def test_a_made_up_scan_becomes_a_solid_in_the_folder_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    run("scan_to_solid.py", tmp_path, "there")
    assert names(tmp_path) == {"there"}
    assert names(tmp_path / "there") == {"solid.stl", "solid.stl.json"}
    solid = caddis.load(tmp_path / "there" / "solid.stl")
    assert solid.is_watertight
    # a capsule 24 wide and 54 tall, on a bed
    assert solid.extents == pytest.approx([24 * 40 / 54, 24 * 40 / 54, 40], abs=0.5)


def test_a_scan_of_ones_own_becomes_a_solid(tmp_path: Path) -> None:
    trimesh.creation.box((30, 20, 10)).export(tmp_path / "box.ply")
    run("scan_to_solid.py", tmp_path, ".", "box.ply")
    assert caddis.load(tmp_path / "solid.stl").extents == pytest.approx([120, 80, 40], abs=0.1)


def test_a_folder_is_checked_and_what_fails_is_repaired(tmp_path: Path) -> None:
    box = trimesh.creation.box((30, 20, 10))
    box.export(tmp_path / "good.stl")
    box.update_faces(range(1, 12))  # one of its 12 faces is lost
    box.export(tmp_path / "holed.stl")
    (tmp_path / "nothing.obj").write_text("hello\n")
    (tmp_path / "notes.txt").write_text("not a mesh\n")
    good, holed, nothing = run("check_a_folder.py", tmp_path).splitlines()
    assert good == "good.stl: prints"
    assert holed.startswith("holed.stl: closed")
    assert nothing.startswith("nothing.obj: ")
    assert names(tmp_path / "repaired") == {"holed.3mf", "holed.3mf.json"}
    assert caddis.check(tmp_path / "repaired" / "holed.3mf").is_solid


def test_a_web_is_designed_by_its_numbers_and_printed(tmp_path: Path) -> None:
    said = run("control_a_web.py", tmp_path)
    assert names(tmp_path) == {"web.3mf", "web.json", "web.png"}
    assert "The first piece has 24 nodes" in said
    report = caddis.check(tmp_path / "web.3mf")
    assert report.is_solid
    assert report.passed
    web = caddis.read_web(tmp_path / "web.json")
    assert caddis.web_parameters(web).parts == 1
    assert web.radii is not None
    assert web.radii.min() == pytest.approx(1.0)
    with Image.open(tmp_path / "web.png") as picture:
        assert picture.size == (600, 600)


@pytest.mark.slow
def test_a_batch_is_made_and_its_mistake_is_set_aside(tmp_path: Path) -> None:
    said = run("batch_from_python.py", tmp_path).splitlines()
    assert "mistake: bad height_mm must be a number" in " ".join(said)
    out = tmp_path / "batch"
    assert {"index.html", "reports.jsonl", "sheet-1.png"} <= names(out)
    made = {"stool": 40, "bowls-1": 30, "bowls-2": 30}
    for name, height in made.items():
        for ending in ("3mf", "stl"):
            assert caddis.load(out / f"meshes/{name}.{ending}").extents[2] == pytest.approx(height)
    assert caddis.check(out / "meshes/tile.3mf").is_solid
    assert (out / "plates/plate-1.3mf").is_file()
    assert len([line for line in said if line.startswith("done: ")]) == 5
