"""The public API in careless hands: whatever is given, an error of ours says what is wrong."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import trimesh

import caddis

NAN = float("nan")
BOX = trimesh.creation.box((20.0, 20.0, 20.0))
BROKEN = trimesh.Trimesh([[0, 0, 0], [1, 0, 0], [NAN, 1, 0]], [[0, 1, 2]], process=False)
WEB = caddis.Web(
    nodes=[[0, 0, 0], [9, 0, 0], [0, 9, 0], [0, 0, 9]],
    edges=[[0, 1], [0, 2], [0, 3], [1, 2]],
    radii=[1.0] * 4,
)
BARE = caddis.Web(nodes=[[0, 0, 0]], edges=[])
"""A web without threads."""

NUMBER = (None, "five", [5], NAN, float("inf"))
WHOLE = (*NUMBER, 1.5)
SEED = (*WHOLE, -1, 2**63)
OPTIONAL = tuple(one for one in NUMBER if one is not None)
HEIGHT = (*OPTIONAL, 0, -5, 0.1, 5000)
LENGTH = (*OPTIONAL, 0, -5, 5000)
WORD = (None, 5, ["fdm"], "resin", "")
TRUTH = (None, 2, "perhaps", [True])
PATH = (None, 5, ["a.stl"])
MESH_FILES = ("missing.stl", "folder", "empty.stl", "text.stl", "text.blend", Path("missing.stl"))
MESH = (None, 5, 2.5, {}, np.zeros((0, 3)), [[0, 0, 0]], trimesh.Trimesh(), BROKEN, *MESH_FILES)
CALLED = (5, "print", [print])

PROFILE = {
    "name": "mine", "title": "mine", "min_wall_mm": 1, "bed_mm": (200, 200, 200),
    "max_overhang_deg": 45, "min_contact_share": 0.1, "self_supporting": False,
}  # fmt: skip

GOOD: dict[str, dict[str, Any]] = {
    "Material": {"young_mpa": 3500, "poisson": 0.3, "density": 1.2},
    "Profile": PROFILE,
    "SolidOptions": {},
    "Web": {"nodes": [[0, 0, 0], [1, 0, 0]], "edges": [[0, 1]]},
    "assemble_webs": {"samples": [WEB, WEB], "curve": "formula"},
    "build_web": {"kind": "orb", "seed": 0},
    "categories": {},
    "check": {"mesh": BOX},
    "draw_web": {"web": WEB},
    "export": {"mesh": BOX, "path": "box.stl"},
    "generate": {"text": "a stool"},
    "generate_webs": {},
    "load": {"path": "box.stl"},
    "read_web": {"path": "web.json"},
    "reconstruct": {"scan": BOX},
    "repair": {"mesh": BOX},
    "run_batch": {"jobs": [{"text": "a stool"}], "out": "made"},
    "stretch": {"web": WEB},
    "train_webs": {"model": "autoregressive", "out": "run"},
    "web_parameters": {"web": WEB},
    "web_solid": {"web": WEB},
    "write_web": {"web": WEB, "path": "web.json"},
}
"""What can be called, with arguments that it takes."""

BAD: dict[str, dict[str, tuple[Any, ...]]] = {
    "Material": {
        "young_mpa": (*NUMBER, 0), "poisson": (*NUMBER, 0.6, -1), "density": (*NUMBER, -1),
    },
    "Profile": {
        "name": (None, 5), "title": (None, ["a"]), "min_wall_mm": (*NUMBER, -1),
        "bed_mm": (None, 200, (200, 200), (200, 200, 0), "mini", (NAN, 1, 1)),
        "max_overhang_deg": (*NUMBER, 91), "min_contact_share": (*NUMBER, 2),
        "self_supporting": TRUTH,
    },
    "SolidOptions": {
        "diameter_mm": (*NUMBER, 0), "process": WORD, "base": WORD, "bar_mm": (*OPTIONAL, 0),
        "size_mm": (*OPTIONAL, 0), "lie_flat": TRUTH, "fillet": (*NUMBER, 0),
        "fineness": (*NUMBER, 1),
    },
    "Web": {
        "nodes": (None, 5, "web", [[0, 0]], [[0, 0, 0], [1]], [[0, 0, NAN]], [["a", "b", "c"]]),
        "edges": (
            None, 5, "web", [[0, 1.5]], [[0, 7]], [[0, 0]], [[0, 1], [1, 0]], [[0]], [[0, NAN]],
        ),
        "radii": (5, "thick", [0.0], [1.0, 1.0], [NAN], [None]),
        "tensions": (5, "tight", [1.0, 1.0], [NAN]),
        "anchors": (5, [True], [[True], [True, False]], [True, False, True]),
    },
    "assemble_webs": {
        "samples": (None, 5, "webs", WEB, [], [WEB], [WEB, None], [BARE, BARE], {"a": WEB}),
        "curve": (None, 5, ["helix"], "spiral", "surface", "polyline"),
        "radius_mm": (*NUMBER, 0), "pitch_mm": (*NUMBER, -3), "turns": (*NUMBER, 0, 1e6),
        "formula": (None, "t", ("t", "t"), ("t", "t", 5), ("t", "t", "import os"), ("", "", "")),
        "start": (*NUMBER, 1e9), "end": (*NUMBER, 1e9), "path": (5, ["a.xyz"]), "seed": SEED,
        "keep_ends": TRUTH,
    },
    "build_web": {"kind": (None, 5, ["orb"], "cob", ""), "seed": SEED},
    "categories": {"preset": (None, 5, ["nano"], "huge", "")},
    "check": {
        "mesh": MESH, "process": WORD, "height_mm": HEIGHT, "bodies": (*WHOLE, 0),
    },
    "draw_web": {
        "web": (None, 5, "web.json", BARE, [[0, 1]]), "size": (*WHOLE, 0, -5, 10**9),
        "forces": (5, "red", np.zeros(9), np.full(4, NAN), np.array(["a"] * 4)),
        "azimuth_deg": NUMBER, "elevation_deg": (*NUMBER, 90),
    },
    "export": {
        "mesh": (*MESH, [], [BOX, None]),
        "path": (*PATH, "box", "box.blend", "folder", "text.blend/box.stl", ""),
        "title": (5, ["box"]), "licence": (5, ["CC0"]), "record": (5, "made", [1]),
    },
    "generate": {
        "text": (5, ["a stool"], "", "   ", "xqzw", "a" * 301),
        "category": (5, ["lamp"], "spaceport", ""), "seed": SEED, "count": (*WHOLE, 0, 1001),
        "height_mm": HEIGHT, "wide_mm": LENGTH, "deep_mm": LENGTH, "longest_mm": LENGTH,
        "size_mm": (5, ["a"], "", "200x80", "200x80x0", (1, 2), (NAN, 1, 1), "a" * 61),
        "symmetry": (5, ["x"], "round", ""), "anyway": TRUTH,
        "faces": (*OPTIONAL, 1.5, 3), "process": WORD, "surface": WORD,
        "resolution": (*WHOLE, 1, 10_000), "candidates": (*WHOLE, 0), "guidance": (*NUMBER, -1),
        "temperature": (*NUMBER, 0), "final_temperature": (*NUMBER, 0), "top_p": (*NUMBER, 0, 1.1),
        "preset": (None, 5, ["nano"], "huge", ""), "weights": (5, ["a"], "missing", "text.stl"),
        "device": (None, 5, "gpu"), "on_token": CALLED,
    },
    "generate_webs": {
        "model": (None, 5, ["pieces"], "spider", ""), "count": (*WHOLE, 0, 10**9), "seed": SEED,
        "nodes": (*OPTIONAL, 1.5, 1, 65), "edges": (*OPTIONAL, 1.5, 0, 10**6),
        "mean_degree": (*OPTIONAL, 0, 99), "edge_length_mm": (*OPTIONAL, 0, -1),
        "orientation": (5, "x", (1, 0), (1, 1, 1), (2, -1, 0), (NAN, 0, 0)),
        "kind": (5, ["orb"], "cob", ""), "weights": (5, ["a"], "missing", "text.stl"),
        "device": (None, 5, "gpu"),
    },
    "load": {"path": (*PATH, *MESH_FILES, "")},
    "read_web": {"path": (*PATH, "missing.json", "folder", "text.stl", "text.json", "")},
    "reconstruct": {
        "scan": (
            *MESH, "text.xyz", np.full((9, 3), NAN), np.zeros((9, 4)), np.zeros((9, 3)), "abc",
            [[0, 0], [1]], np.array([["a", "b", "c"]]), np.zeros((9, 3)) + 1j,
        ),
        "surface": (5, ["poisson"], "ball", ""), "resolution": (*OPTIONAL, 1.5, 1, 10**6),
        "faces": (*OPTIONAL, 1.5, 3), "height_mm": HEIGHT, "unit": WORD, "up": WORD,
        "voxel_mm": (*OPTIONAL, 0, -1), "keep_outliers": TRUTH, "noise_mm": (*OPTIONAL, -1),
        "process": WORD, "thicken_walls": TRUTH, "base": TRUTH, "seed": SEED, "on_step": CALLED,
    },
    "repair": {"mesh": MESH, "process": WORD, "thicken_walls": TRUTH, "base": TRUTH},
    "run_batch": {
        "jobs": (
            None, 5, [], {}, {"text": "a stool"}, ["a stool"], [None], "missing.csv", "text.stl",
            "text.json", "folder", "",
        ),
        "out": (*PATH, "text.stl"), "workers": (*WHOLE, -1, 1000), "seed": SEED,
        "timeout_s": (*NUMBER, 0), "retry": TRUTH, "plate": (5, ["mini"], "huge", "5x5", ""),
        "formats": (None, 5, "stl", ["blend"], [5]), "height_mm": HEIGHT, "process": WORD,
        "on_done": CALLED,
    },
    "stretch": {
        "web": (None, 5, "web.json", BARE, replace(WEB, radii=None)),
        "axis": (None, 5, ["x"], "w", ""), "material": (None, 5, "PLA"),
        "joints": (None, 5, "glued", "cable"), "pull_n": (*NUMBER, -1),
    },
    "train_webs": {
        "model": (None, 5, ["pieces"], "pieces", "spider", ""), "out": PATH, "steps": (*WHOLE, 0),
        "batch": (*WHOLE, 0), "seed": SEED, "device": (None, 5, "gpu"), "progress": CALLED,
    },
    "web_parameters": {"web": (None, 5, "web.json", BARE)},
    "web_solid": {
        "web": (None, 5, "web.json", BARE), "options": (5, {"base": "plate"}, "plate"),
        "profile": (5, "fdm", {}),
    },
    "write_web": {
        "web": (None, 5, [[0, 1]]),
        "path": (*PATH, "web", "web.stl", "folder", "text.stl/web.json", ""),
    },
}  # fmt: skip
"""What no function takes, by function and parameter."""

CASES = [
    pytest.param(name, parameter, value, id=f"{name}-{parameter}-{number}")
    for name, parameters in BAD.items()
    for parameter, values in parameters.items()
    for number, value in enumerate((*values, object()))
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, with files in it that are nothing."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.stl").touch()
    for ending in ("stl", "blend", "json", "xyz"):
        (tmp_path / f"text.{ending}").write_text("hello\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("name", "parameter", "value"), CASES)
def test_what_cannot_be_used_is_refused_in_words(
    folder: Path, name: str, parameter: str, value: Any
) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(caddis.CaddisError) as refused:
        getattr(caddis, name)(**{**GOOD[name], parameter: value})
    said = refused.value
    assert "\n" not in str(said)
    assert said.hint or re.search(r" must | needs ", said.what), f"{said} says no way out"
    assert sorted(folder.rglob("*")) == before


def public_callables() -> dict[str, Callable[..., Any]]:
    given = {name: getattr(caddis, name) for name in caddis.__all__}
    made = ("Material", "Profile", "SolidOptions", "Web")
    return {name: one for name, one in given.items() if inspect.isfunction(one) or name in made}


def test_there_is_a_case_for_every_parameter() -> None:
    wanted = {
        name: set(inspect.signature(one).parameters) for name, one in public_callables().items()
    }
    assert {name: set(cases) for name, cases in BAD.items()} == wanted
    assert set(GOOD) == set(BAD)
