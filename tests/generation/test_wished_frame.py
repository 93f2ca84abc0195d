"""Wishes of size and symmetry: met exactly, contradictions refused."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from caddis.generation.request import Request
from caddis.generation.tokenizer.frames import side_length
from caddis.generation.wished_frame import WishedFrame, parse_size
from caddis.geometry.errors import ConfigError
from caddis.geometry.symmetry import SYMMETRIES

LENGTH = st.floats(1.0, 2000.0)
NAMES = [kind.name for kind in SYMMETRIES]


@given(st.tuples(LENGTH, LENGTH, LENGTH), st.tuples(*[st.floats(0.02, 1.0)] * 3))
def test_three_sides_are_met_whatever_was_drawn(
    size: tuple[float, float, float], drawn: tuple[float, float, float]
) -> None:
    wish = WishedFrame.of(Request(size_mm="x".join(map(repr, size))))
    assert wish.fixes_proportions
    np.testing.assert_allclose(wish.sizes(np.array(drawn)), size)
    tokens = wish.tokens(torch.tensor([[0, 95, 50, 20]]))
    shares = np.array(size) / max(size)
    told = side_length(tokens[0, 1:]).numpy()
    np.testing.assert_array_less(np.log(np.maximum(shares, 0.012) / told), 1e-4)  # rounded up
    np.testing.assert_array_less(np.log(told / np.maximum(shares, 0.012)), 0.05)  # by a level


@given(LENGTH, LENGTH, st.tuples(*[st.floats(0.02, 1.0)] * 3))
def test_what_is_stated_is_met_and_the_rest_goes_along(
    wide: float, tall: float, drawn: tuple[float, float, float]
) -> None:
    wish = WishedFrame.of(Request(wide_mm=wide, height_mm=tall))
    sizes = wish.sizes(np.array(drawn))
    assert sizes[[0, 2]] == pytest.approx([wide, tall])
    scales = np.array([wide, sizes[1], tall]) / drawn
    assert min(scales[0], scales[2]) * 0.999 <= scales[1] <= max(scales[0], scales[2]) * 1.001


@given(LENGTH, st.tuples(*[st.floats(0.02, 1.0)] * 3))
def test_one_length_keeps_the_proportions(length: float, drawn: tuple[float, ...]) -> None:
    box = np.array(drawn)
    for name, side in (("wide_mm", 0), ("deep_mm", 1), ("height_mm", 2)):
        sizes = WishedFrame.of(Request(**{name: length})).sizes(box)  # type: ignore[arg-type]
        np.testing.assert_allclose(sizes, box * length / box[side])
    sizes = WishedFrame.of(Request(longest_mm=length)).sizes(box)
    np.testing.assert_allclose(sizes, box * length / box.max())
    assert not WishedFrame.of(Request(longest_mm=length)).changes_frames


def test_a_longest_side_beside_a_shorter_one() -> None:
    wish = WishedFrame.of(Request(longest_mm=200.0, height_mm=50.0))
    sizes = wish.sizes(np.array([0.5, 1.0, 0.8]))
    assert sizes == pytest.approx([100.0, 200.0, 50.0])


@pytest.mark.parametrize("name", ["none", "x", "y", "xy", "revolved"])
def test_a_wished_symmetry_is_the_first_token(name: str) -> None:
    wish = WishedFrame.of(Request(symmetry=name))  # type: ignore[arg-type]
    drawn = torch.tensor([[4, 95, 95, 30], [1, 40, 95, 60]])
    tokens = wish.tokens(drawn)
    assert {NAMES[token] for token in tokens[:, 0]} == {name}
    if name == "revolved":
        assert tokens[1, 1:].tolist() == [95, 95, 60]  # as wide as deep
    else:
        assert torch.equal(tokens[:, 1:], drawn[:, 1:])


def test_an_oval_is_never_drawn_as_a_solid_of_revolution() -> None:
    tokens = WishedFrame.of(Request(size_mm="200x80x60")).tokens(torch.tensor([[4, 95, 95, 30]]))
    assert NAMES[int(tokens[0, 0])] == "xy"


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("200x80x60", (200.0, 80.0, 60.0)),
        ("200 x 80 x 60 mm", (200.0, 80.0, 60.0)),
        ("20.5×8×6", (20.5, 8.0, 6.0)),
        ("20 8 6", (20.0, 8.0, 6.0)),
    ],
)
def test_sizes_are_read_as_people_write_them(text: str, size: tuple[float, ...]) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"size_mm": "200x80"}, "such as 200x80x60"),
        ({"size_mm": "nanx8x6"}, ".1 to 2000"),
        ({"size_mm": "0x8x6"}, ".1 to 2000"),
        ({"size_mm": "200x80x60", "height_mm": 60.0}, "size_mm states all sides"),
        ({"longest_mm": 100.0, "height_mm": 150.0}, "longer than the longest side"),
        ({"longest_mm": 300.0, "wide_mm": 1.0, "deep_mm": 2.0, "height_mm": 3.0}, "no side is 300"),
        ({"symmetry": "revolved", "wide_mm": 30.0, "deep_mm": 20.0}, "as wide as deep"),
    ],
)
def test_contradictions_are_refused(wish: dict[str, object], says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        WishedFrame.of(Request(**wish))  # type: ignore[arg-type]
