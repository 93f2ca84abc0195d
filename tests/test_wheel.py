"""The wheel in a separate environment, next to files with the names of our folders."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from pathlib import Path

import numpy as np
import pytest
import trimesh

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 2**20
HOSTILE = "raise RuntimeError('a file of the user was imported in place of ours')\n"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "-w", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, timeout=250)
    (built,) = folder.glob("caddis-*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel; its dependencies are those of this environment."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    own = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(own)
    # Packages there are found; its own link to this checkout is not followed from a .pth file.
    (own / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "python"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder with files that must not be imported instead of ours."""
    for name in ("app", "data", "generation", "tests", "benchmarks"):
        (tmp_path / f"{name}.py").write_text(HOSTILE)
    for name in ("geometry", "assets"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(HOSTILE)
    return tmp_path


def run(python: Path, folder: Path, *arguments: str) -> str:
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [str(python), "-W", "ignore", "-m", "caddis", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=280,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    return done.stdout


def test_the_wheel_holds_what_commands_need_and_stays_small(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"caddis"}
    for needed in ("py.typed", "assets/models/nano/config.json", "data/phrases.toml"):
        assert f"caddis/{needed}" in names
    assert wheel.stat().st_size < 60 * MEGABYTE


def test_it_is_the_wheel_that_is_imported(python: Path, folder: Path) -> None:
    code = "import caddis, caddis.geometry.assets as a; print(caddis.__file__); print(a.asset())"
    done = subprocess.run(
        [str(python), "-c", code], cwd=folder, capture_output=True, encoding="utf-8", check=True
    )
    for path in done.stdout.splitlines():
        assert Path(path).is_relative_to(python.parent.parent)


def test_shapes_are_generated_checked_repaired_and_reconstructed(
    python: Path, folder: Path
) -> None:
    run(python, folder, "generate", "--text", "a stool", "--seed", "1", "--out", "stool.3mf")
    assert json.loads(run(python, folder, "check", "stool.3mf", "--json"))["checks"]
    run(python, folder, "repair", "stool.3mf", "--out", "mended.stl")
    points = trimesh.creation.icosphere(subdivisions=4, radius=20.0).vertices
    np.savetxt(folder / "scan.xyz", points)
    run(python, folder, "reconstruct", "scan.xyz", "--resolution", "48", "--out", "solid.stl")
    for name in ("mended.stl", "solid.stl"):
        assert trimesh.load_mesh(folder / name).is_watertight


def test_webs_batches_and_the_pack_are_there(python: Path, folder: Path) -> None:
    run(python, folder, "web", "build", "orb", "--out", "orb.json")
    web = ("web", "generate", "--model", "autoregressive", "--nodes", "8", "--out", "web.json")
    run(python, folder, *web)
    (folder / "jobs.csv").write_text("text,seed\na bowl,1\n")
    run(python, folder, "batch", "jobs.csv", "--out", "made", "--workers", "1", "--quiet")
    assert list((folder / "made" / "meshes").glob("*.3mf"))
    assert "CC0-1.0" in run(python, folder, "data", "info")


def test_a_page_answers(python: Path, folder: Path) -> None:
    command = [str(python), "-m", "caddis", "demo", "--port", "0"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        line = next(line for line in process.stdout if "Caddis is at" in line)
        address = next(word for word in line.split() if word.startswith("http"))
        with urllib.request.urlopen(address.rstrip("."), timeout=60) as answer:  # noqa: S310
            assert b"gradio" in answer.read()
        process.terminate()
