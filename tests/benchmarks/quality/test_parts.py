"""Further parts of the quality command, tested on small cases."""

from pathlib import Path

import numpy as np
import pytest
import trimesh
from PIL import Image

from benchmarks.quality import rebuilding
from benchmarks.quality.bench import Bench, Options
from benchmarks.quality.eval_meshes import encoded, eval_meshes, prepared
from benchmarks.quality.pictures import LARGEST_FILE, small_png
from benchmarks.quality.rebuilding import EXTRACTED, LENGTHS, columns, rebuild
from benchmarks.quality.reconstruction import code_use
from benchmarks.quality.shapes import Clouds, unigram
from benchmarks.quality.store import Store
from caddis.generation.config import preset
from caddis.generation.tokenizer.tokenizer import Tokenizer
from caddis.geometry.symmetry import SYMMETRIES


def test_code_use_of_a_case_by_hand() -> None:
    found = code_use(np.array([[0, 1], [0, 1]]), codes=8)
    assert found == {
        "codes": 8.0, "used": pytest.approx(25.0), "perplexity": pytest.approx(2.0)
    }  # fmt: skip


def test_unigram_tokens_keep_to_what_their_position_saw_in_training() -> None:
    training = np.random.default_rng(0).integers(0, 1000, (3, 580))
    drawn = unigram(training, 50, seed=3)
    assert drawn.shape == (50, 68)  # what the generator writes: no fine cells
    for position in range(68):
        assert set(drawn[:, position]) <= set(training[:, position])
    assert len({tuple(row) for row in drawn}) > 3  # positions are drawn apart
    assert (drawn == unigram(training, 50, seed=3)).all()


def test_a_shape_without_surface_stands_for_a_point_at_the_origin() -> None:
    made = Clouds(np.zeros((2, 5, 3), np.float32), np.array([False, True]))
    assert [tree.n for tree in made.trees] == [1, 5]


def test_the_store_computes_once_per_settings(tmp_path: Path) -> None:
    calls = []

    def make() -> dict[str, float]:
        calls.append(1)
        return {"value": 0.5}

    for settings in ({"seed": 0}, {"seed": 0}, {"seed": 1}):
        assert Store(tmp_path, settings).figures("one", make) == {"value": 0.5}
    assert len(calls) == 2
    Store(tmp_path, {"seed": 0}, fresh=True).figures("one", make)
    assert len(calls) == 3


def test_the_store_gives_arrays_back(tmp_path: Path) -> None:
    for _ in range(2):
        found = Store(tmp_path, {}).arrays("two", lambda: {"a": np.arange(3), "b": np.eye(2)})
        assert (found["a"] == np.arange(3)).all()
        assert (found["b"] == np.eye(2)).all()


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer(preset("pico").tokenizer).eval()


def bracket() -> trimesh.Trimesh:
    """Return a box, in millimetres and off centre."""
    return trimesh.creation.box((20.0, 10.0, 5.0)).apply_translation((7.0, -3.0, 2.0))


def test_a_foreign_mesh_is_prepared_as_training_data_are() -> None:
    shape = prepared(bracket(), "bracket", seed=0)
    assert not shape.solidified
    assert shape.sides == pytest.approx([1.0, 0.5, 0.25], abs=1e-3)
    assert shape.points.shape == (4096, 6)
    assert np.abs(shape.points[:, :3]).max(axis=0) == pytest.approx([0.5, 0.25, 0.125], abs=1e-3)
    inside = shape.original.uniform[shape.original.uniform[:, 3] < 0, :3]
    assert (np.abs(inside) <= np.array([0.5, 0.25, 0.125]) + 1e-3).all()
    assert SYMMETRIES[shape.symmetry].extruded is not None


def test_an_open_foreign_mesh_is_made_solid_first() -> None:
    mesh = trimesh.creation.icosphere(2, 10.0)
    shape = prepared(trimesh.Trimesh(mesh.vertices, mesh.faces[4:]), "ball", seed=0)
    assert shape.solidified
    assert shape.original.pieces is not None


def test_a_shape_is_rebuilt_from_every_number_of_tokens(
    tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "RESOLUTION", 24)
    shape = prepared(bracket(), "bracket", seed=0)
    tokens = encoded(tokenizer, shape, seed=0)
    assert tokens.shape == (580,)
    found = rebuild(tokenizer, tokens, shape.original, seed=0)
    assert list(found) == [*LENGTHS, EXTRACTED]
    # the tokenizer is untrained, but the extraction alone loses almost nothing
    alone = found[EXTRACTED]
    assert alone["f_0.02"] == 1.0
    assert abs(alone["volume"]) < 0.05
    assert alone["both_kept"] == 1.0
    assert np.isnan(alone["named"])  # its category was not given
    kept = columns([found, found])
    assert {len(values) for scores in kept.values() for values in scores.values()} == {2}


def test_without_the_folder_of_meshes_they_are_skipped_with_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        Bench, "__init__", lambda bench, options: setattr(bench, "options", options)
    )
    assert eval_meshes(Bench(Options(eval=tmp_path / "none"))) is None
    assert "skipped the meshes" in capsys.readouterr().out


def test_a_picture_of_noise_is_made_small_by_fewer_colours() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (600, 800, 3)).astype(np.uint8)
    content = small_png(Image.fromarray(noise))
    assert content.startswith(b"\x89PNG")
    assert len(content) <= LARGEST_FILE
