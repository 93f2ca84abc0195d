"""The public API: cheap to import, complete, documented, and the same gate as everywhere."""

from __future__ import annotations

import ast
import doctest
import inspect
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import trimesh

import caddis
from caddis.geometry.errors import CaddisError, UnsupportedFormatError

ROOT = Path(__file__).resolve().parent.parent
SLOW = {"train_webs"}
"""Names whose examples take longer than some seconds."""


def examples() -> dict[str, doctest.DocTest]:
    """Return by name the examples in docstrings; each starts with nothing imported."""
    finder = doctest.DocTestFinder(recurse=False)
    found = {"caddis": finder.find(caddis, "caddis", globs={})}
    found |= {name: finder.find(getattr(caddis, name), name, globs={}) for name in caddis.__all__}
    return {name: one for name, (one, *_) in found.items() if one.examples}


EXAMPLES = examples()
CLASSES = {
    node.name
    for folder in ("app", "data", "generation", "geometry")
    for path in (ROOT / folder).rglob("*.py")
    for node in ast.parse(path.read_text(encoding="utf-8")).body
    if isinstance(node, ast.ClassDef)
}
"""All classes of Caddis, by name."""


@pytest.fixture
def box() -> trimesh.Trimesh:
    mesh = trimesh.creation.box((20.0, 20.0, 20.0))
    mesh.apply_translation((0.0, 0.0, 10.0))
    return mesh


def test_importing_caddis_imports_no_library() -> None:
    code = (
        "import sys; import caddis; "
        "print([name for name in ('numpy', 'torch', 'trimesh', 'tyro') if name in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert shown.stdout.strip() == "[]"


@pytest.mark.parametrize("name", caddis.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(caddis, name))


@pytest.mark.parametrize(
    "name", [name for name in caddis.__all__ if inspect.isfunction(getattr(caddis, name))]
)
def test_every_function_has_types_errors_and_an_example(name: str) -> None:
    function = getattr(caddis, name)
    text = inspect.getdoc(function) or ""
    assert "Raises:" in text
    assert "Example:" in text
    assert name in EXAMPLES
    signature = inspect.signature(function)
    assert signature.return_annotation is not inspect.Signature.empty
    for parameter in signature.parameters.values():
        assert parameter.annotation is not inspect.Parameter.empty


def test_dir_lists_every_public_name() -> None:
    assert sorted(caddis.__all__) == list(caddis.__all__)
    assert set(dir(caddis)) == {*caddis.__all__, "__version__"}


@pytest.mark.parametrize(
    "name", [name for name in caddis.__all__ if inspect.isfunction(getattr(caddis, name))]
)
def test_every_class_that_a_function_takes_or_returns_is_public(name: str) -> None:
    function = inspect.unwrap(getattr(caddis, name))
    words = set(re.findall(r"\w+", " ".join(map(str, function.__annotations__.values()))))
    assert {word for word in words & CLASSES if word not in caddis.__all__} == set()


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name for name in EXAMPLES],
)
def test_the_examples_run_and_show_what_comes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    runner = doctest.DocTestRunner(
        optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE, verbose=False
    )
    said: list[str] = []
    outcome = runner.run(EXAMPLES[name], out=said.append)
    assert outcome.failed == 0, "".join(said)
    assert outcome.attempted > 0


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'brew'"):
        caddis.brew  # noqa: B018


def test_a_mesh_survives_export_and_load(box: trimesh.Trimesh, tmp_path: Path) -> None:
    path = caddis.export(box, tmp_path / "box.3mf", title="A box", licence="CC0-1.0")
    assert path == tmp_path / "box.3mf"
    np.testing.assert_allclose(caddis.load(path).bounds, box.bounds, atol=1e-6)
    assert [one.name for one in tmp_path.iterdir()] == ["box.3mf"]


def test_a_record_is_written_when_it_is_given(box: trimesh.Trimesh, tmp_path: Path) -> None:
    caddis.export(box, tmp_path / "box.stl", record={"why": "a test"})
    assert '"why": "a test"' in (tmp_path / "box.stl.json").read_text()


def test_check_takes_a_mesh_or_a_file(box: trimesh.Trimesh, tmp_path: Path) -> None:
    of_mesh = caddis.check(box, height_mm=20.0)
    of_file = caddis.check(caddis.export(box, tmp_path / "box.stl"), height_mm=20.0)
    assert of_mesh.passed
    assert of_mesh.to_json() == of_file.to_json()


def test_reconstruct_returns_a_closed_mesh_on_the_bed(box: trimesh.Trimesh) -> None:
    solid = caddis.reconstruct(box, height_mm=12.0)
    made = solid.mesh
    assert solid.report["closed"].status == "pass"
    assert made.is_watertight
    assert made.bounds[0, 2] == pytest.approx(0.0, abs=1e-6)
    assert made.extents[2] == pytest.approx(12.0)


def test_errors_are_caddis_errors(box: trimesh.Trimesh, tmp_path: Path) -> None:
    assert caddis.CaddisError is CaddisError
    with pytest.raises(UnsupportedFormatError):
        caddis.export(box, tmp_path / "box.blend")


def test_webs_are_generated_assembled_and_drawn() -> None:
    cut = {"kind": "orb", "count": 2, "nodes": 12}
    webs = caddis.generate_webs(edge_length_mm=5.0, seed=3, **cut)
    again = caddis.generate_webs(edge_length_mm=5.0, seed=3, **cut)
    assert [web.lengths.mean() for web in webs] == pytest.approx([5.0, 5.0])
    assert all(np.array_equal(*pair) for pair in zip(
        (web.nodes for web in webs), (web.nodes for web in again), strict=True
    ))  # fmt: skip
    web, report = caddis.assemble_webs(webs, "formula", formula=("20*t", "t", "t"), end=1.0)
    assert report.samples == 2
    assert caddis.draw_web(web, 32, forces=web.tensions).size == (32, 32)
    with pytest.raises(CaddisError, match="Possible here"):
        caddis.generate_webs(nodes=3, mean_degree=7.0)


def test_a_web_model_that_is_not_there_is_not_trained(tmp_path: Path) -> None:
    with pytest.raises(CaddisError, match="no web generator 'spider'"):
        caddis.train_webs("spider", tmp_path)
