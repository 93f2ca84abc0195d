"""Options of webs: records hold all of them, and generators are cached."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from caddis.app.making.web_options import SingleSamples, Structure, WebSamples, _generator
from caddis.geometry.errors import ConfigError
from caddis.geometry.webs.files import write_web
from tests.geometry.webs.webs import cube


def test_a_record_holds_the_options_and_no_path() -> None:
    asked = SingleSamples(nodes=9, edge_length_mm=3.0, web=Path("somewhere") / "own.csv").asked()
    assert asked == {
        "model": "pieces", "nodes": 9, "edge_length_mm": 3.0, "count": 1, "seed": 0,
        "web": "own.csv",
    }  # fmt: skip
    assert {"curve", "turns", "count"} <= set(Structure().asked())


def test_titles_name_the_kind_and_the_curve() -> None:
    assert WebSamples(kind="orb").title() == "orb web, pieces"
    assert Structure().title() == "mixed web, pieces along a helix"
    assert Structure(model="autoregressive", curve="inside").title() == (
        "web, autoregressive inside a solid"
    )


def test_given_samples_are_assembled_as_made_ones_are(tmp_path: Path) -> None:
    own = write_web(cube(20.0), tmp_path / "cube.csv")
    row = Structure(web=own, count=2, curve="formula", x="30*t", y="t", z="t", end=1.0)
    web, report = row.assembled()
    again, _ = row.assembled(row.samples())
    assert report.samples == 2
    assert np.array_equal(web.nodes, again.nodes)


@pytest.mark.parametrize("curve", ["polyline", "surface", "inside"])
def test_a_curve_from_a_file_needs_one(curve) -> None:
    with pytest.raises(ConfigError, match="needs a file"):
        Structure(curve=curve).places()


def test_an_unknown_curve_is_refused() -> None:
    with pytest.raises(ConfigError, match="curve must be one of helix"):
        Structure(curve="spiral").places()  # type: ignore[arg-type]


def test_pieces_are_cut_once_for_many_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[tuple[str, int]] = []
    monkeypatch.setattr(
        "caddis.generation.webs.generator.Pieces.of_kind",
        lambda kind, seed: made.append((kind, seed)) or object(),
    )
    _generator.cache_clear()
    first = WebSamples(kind="orb", seed=5).generator(pool=0)
    assert WebSamples(kind="orb", seed=6).generator(pool=0) is first
    assert made == [("orb", 0)]
    _generator.cache_clear()


def test_webs_cut_from_a_users_file_have_an_unknown_licence() -> None:
    own = Path("own.csv")
    assert SingleSamples().licence() == Structure(curve="knot").licence() == "CC0-1.0"
    assert SingleSamples(web=own).licence() == Structure(web=own).licence() == "unknown"
    assert Structure(curve="inside", path=Path("own.stl")).licence() == "unknown"
