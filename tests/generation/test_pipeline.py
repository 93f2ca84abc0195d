"""The whole chain, from words to solids that pass the gate's basics.

First on weights that make boxes and cylinders, which is quick and known; then on those shipped.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import trimesh

from caddis.generation import making
from caddis.generation.models import load_models
from caddis.generation.pipeline import Request, categories, generate
from caddis.generation.tokenizer.frames import side_length, side_level
from caddis.geometry.errors import ConfigError, EmptyTextError, UnknownCategoryError
from caddis.geometry.surfaces.connected import Connected
from caddis.geometry.symmetry import SYMMETRIES


def symmetry_number(name: str) -> int:
    return [kind.name for kind in SYMMETRIES].index(name)


def levels(*sides: float) -> list[int]:
    return side_level(torch.tensor(sides)).tolist()


FAST = Request(category="chair", seed=3, resolution=48, candidates=2)


@pytest.fixture
def plain(box_weights: Path) -> Request:
    """A request for what a model makes that fills the frame it wrote: boxes and cylinders."""
    return Request(category="chair", seed=3, resolution=48, candidates=2, weights=box_weights)


def test_a_wished_frame_becomes_the_symmetry_and_the_box_of_the_object(plain: Request) -> None:
    wished = [symmetry_number("xy"), *levels(1.0, 0.6, 0.3)]
    made = next(iter(generate(replace(plain, height_mm=30.0), start=wished)))
    assert made.tokens[:4].tolist() == wished
    assert made.report.is_solid
    # levels round up, and a shape that is inside everywhere fills its box
    sides = side_length(torch.tensor(wished[1:])).numpy()
    np.testing.assert_allclose(made.mesh.extents, 30.0 * sides / sides[2], rtol=0.005)
    np.testing.assert_allclose(made.mesh.volume, np.prod(made.mesh.extents), rtol=0.01)


def test_a_wished_solid_of_revolution_is_round(plain: Request) -> None:
    wished = [symmetry_number("revolved"), *levels(0.5, 0.5, 1.0)]
    made = next(iter(generate(plain, start=wished)))
    x, y, z = made.mesh.extents
    assert x == pytest.approx(y, rel=0.01)
    assert made.mesh.volume == pytest.approx(np.pi / 4 * x * y * z, rel=0.02)


@pytest.mark.parametrize(
    ("wish", "sides"),
    [
        ({"size_mm": "120x80x30"}, (120.0, 80.0, 30.0)),
        ({"size_mm": "30x80x120", "symmetry": "x"}, (30.0, 80.0, 120.0)),
        ({"wide_mm": 90.0, "height_mm": 20.0}, (90.0, None, 20.0)),
        ({"deep_mm": 50.0}, (None, 50.0, None)),
        ({"height_mm": 25.0}, (None, None, 25.0)),
    ],
)
def test_stated_sides_are_met_to_the_micrometre(
    plain: Request, wish: dict[str, Any], sides: tuple[float | None, ...]
) -> None:
    made = next(iter(generate(replace(plain, **wish))))
    for wished, side in zip(sides, made.mesh.extents, strict=True):
        assert wished is None or side == pytest.approx(wished, abs=1e-3)
    assert made.report.is_solid
    if "symmetry" in wish:
        assert SYMMETRIES[int(made.tokens[0])].name == wish["symmetry"]


def test_a_longest_side_is_met_whichever_it_is(plain: Request) -> None:
    made = next(iter(generate(replace(plain, longest_mm=77.0))))
    assert max(made.mesh.extents) == pytest.approx(77.0, abs=1e-3)


def test_a_varied_shape_takes_another_size(plain: Request) -> None:
    first = next(iter(generate(plain)))
    start = first.tokens[:20].tolist()
    taller = next(iter(generate(replace(plain, size_mm="40x40x90"), start=start)))
    assert taller.mesh.extents == pytest.approx([40.0, 40.0, 90.0], abs=1e-3)
    assert taller.tokens[4:20].tolist() == start[4:]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_object(plain: Request) -> None:
    one, two = (next(iter(generate(plain))) for _ in range(2))
    assert one.tokens.tobytes() == two.tokens.tobytes()
    assert one.mesh.vertices.tobytes() == two.mesh.vertices.tobytes()
    assert one.mesh.faces.tobytes() == two.mesh.faces.tobytes()
    other = next(iter(generate(replace(plain, seed=4))))
    assert not np.array_equal(other.tokens, one.tokens)


def test_tokens_are_watched_as_they_are_written(plain: Request) -> None:
    counted, drafts = [], []
    start = [symmetry_number("x"), *levels(0.5, 1.0, 0.8), 3, 1, 4]
    request = replace(plain, count=2)
    made = list(
        generate(request, start=start, on_token=lambda *n: counted.append(n),
                 on_drafts=drafts.append)
    )  # fmt: skip
    assert counted == [(k, 68) for k in range(1, 69)]
    assert [tokens.shape for tokens in drafts] == [(2, 2, k) for k in range(1, 69)]
    assert (drafts[-1][..., :7] == start).all()
    for one in made:
        assert one.tokens.tolist() in drafts[-1][one.item].tolist()
        assert len(one.record()["tokens"]) == 68


@pytest.mark.parametrize(
    ("start", "says"),
    [
        ([0] * 68, "a shape begins with at most 67 tokens, not 68"),
        ([13], "token 0 must be 0 to 12, not 13"),
        ([-1], "token 0 must be 0 to 12, not -1"),
        ([0, 96], "token 1 must be 0 to 95, not 96"),
        ([0, 1, 2, 3, 9], "token 4 must be 0 to 8, not 9"),
    ],
)
def test_a_start_that_cannot_be_is_refused(plain: Request, start: list[int], says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        next(iter(generate(plain, start=start)))


def test_a_group_takes_turns_among_its_categories(plain: Request) -> None:
    request = replace(plain, category="lamp", count=6, candidates=1)
    start = [symmetry_number("xy"), *levels(0.5, 0.5, 1.0)]
    kinds = {made.condition["kind"] for made in generate(request, start=start)}
    assert kinds == {"desk_lamp", "floor_lamp"}


def test_the_same_request_gives_the_same_object() -> None:
    one, two = (next(iter(generate(FAST))) for _ in range(2))
    assert np.array_equal(one.tokens, two.tokens)
    assert one.mesh.vertices.tobytes() == two.mesh.vertices.tobytes()
    assert one.mesh.faces.tobytes() == two.mesh.faces.tobytes()


def test_objects_of_one_request_differ_and_are_solids_of_the_asked_height() -> None:
    seen = []
    made = list(generate(replace(FAST, count=2, height_mm=45), on_token=lambda *n: seen.append(n)))
    assert not np.array_equal(made[0].tokens, made[1].tokens)
    for one in made:
        assert one.report.is_solid
        assert one.mesh.bounds[0, 2] == pytest.approx(0, abs=1e-6)
        assert one.mesh.extents[2] == pytest.approx(45, abs=0.1)
        assert {"load", "tokens", "surface", "gate"} <= set(one.stage_seconds)
    assert seen[-1] == (68, 68)


def test_a_shape_can_be_varied_from_its_first_tokens_and_watched() -> None:
    start = [int(token) for token in next(iter(generate(FAST))).tokens[:16]]
    drafts = []
    varied = next(iter(generate(replace(FAST, seed=4), start=start, on_drafts=drafts.append)))
    assert varied.tokens[:16].tolist() == start
    assert [tokens.shape for tokens in drafts] == [(1, 2, k) for k in range(1, 69)]
    assert varied.tokens.tolist() in drafts[-1][0].tolist()


def test_an_item_can_be_made_again_from_its_record() -> None:
    record = next(iter(generate(FAST))).record()
    assert record["seed"] == 3
    assert record["condition"] == {"category": "chair", "kind": "chair"}
    assert len(record["tokens"]) == 68
    assert len(record["weights_sha256"]) == 64
    assert record["gate"]["checks"]


def test_a_group_stands_for_the_categories_it_covers() -> None:
    models = load_models()
    lamps = models.kinds("lamp")
    assert {"ceiling_lamp", "desk_lamp", "floor_lamp"} <= set(lamps)
    assert models.groups["lamp"] == lamps
    assert models.kinds("Office Chair") == ("office_chair",)
    assert {"chair", "car"} <= set(categories())


def test_asked_faces_are_met_or_the_difference_is_told() -> None:
    made = next(iter(generate(replace(FAST, faces=600))))
    assert made.mesh.extents[2] == pytest.approx(made.height_mm, abs=0.01)
    near = abs(len(made.mesh.faces) - 600) <= 30
    assert near or any("in place of 600" in change for change in made.changes)


def test_bad_requests_are_refused_before_any_work() -> None:
    with pytest.raises(UnknownCategoryError, match=r"Did you mean .*chair"):
        next(iter(generate(Request(category="chairr"))))
    with pytest.raises(EmptyTextError):
        next(iter(generate(Request(text="   "))))
    with pytest.raises(ConfigError, match="marching-cubes"):
        next(iter(generate(Request(category="chair", surface="magic"))))
    with pytest.raises(ConfigError, match="no preset"):
        next(iter(generate(Request(preset="giant"))))
    for wrong in ({"count": 0}, {"height_mm": -1.0}, {"faces": 3}, {"candidates": 0}):
        with pytest.raises(ConfigError):
            Request(**wrong)


def test_what_would_not_fit_the_bed_is_made_lower_unless_a_height_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plank = trimesh.creation.box((1.0, 0.2, 0.04))
    found = Connected(plank, level=0.0, share=1.0)
    monkeypatch.setattr(making, "connected_surface", lambda *_: found)
    made = next(iter(generate(FAST)))
    assert made.report.passed
    assert made.mesh.extents[0] == pytest.approx(0.9 * 250.0, rel=0.01)
    assert made.height_mm == pytest.approx(made.mesh.extents[2], abs=0.1)
    assert any(note.startswith("made 9.0 mm tall") for note in made.changes)
    asked = next(iter(generate(replace(FAST, height_mm=60.0))))
    assert asked.mesh.extents[2] == pytest.approx(60.0, abs=0.1)
    assert [one.name for one in asked.report.checks if one.status == "fail"] == ["fits_bed"]
    assert not any(note.startswith("made") for note in asked.changes)
