"""What a text asks for is what captions would say of the shape, read backwards."""

from __future__ import annotations

import numpy as np
import pytest

from caddis.data.attributes.asked import asked, scores
from caddis.data.attributes.reading import Reading
from caddis.data.attributes.words import draw_caption


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("a round stool on three legs", [("top", "round"), ("legs", 3)]),
        ("a 4-legged table", [("legs", 4)]),
        ("an armless chair with a back", [("arms", False), ("back", True)]),
        ("a mug without a handle", [("handles", 0)]),
        ("a mug with a handle", [("handles", 1)]),
        ("a box with no hole", [("holes", 0)]),
        ("a bookcase with five shelves", [("levels", 5)]),
        ("hexagonal pen holder, open at the top", [("top", "hexagonal"), ("open", True)]),
        ("a chair", []),
        ("a table of 200 wide things", [("width", 1)]),
    ],
)
def test_texts_ask_for_attributes(text: str, wishes: list[tuple[str, object]]) -> None:
    found = [
        (one.proportion, one.direction) if one.proportion else (one.attributes[0], one.value)
        for one in asked(text)
    ]
    assert found == wishes


@pytest.mark.parametrize(
    ("category", "values"),
    [
        ("chair", {"back": True, "arms": False, "legs": 4}),
        ("table", {"top": "round", "legs": 3}),
        ("cup", {"handles": 1}),
        ("vase", {"neck": True}),
    ],
)
def test_every_caption_of_a_shape_asks_for_nothing_that_it_has_not(
    category: str, values: dict[str, bool | int | str]
) -> None:
    rng = np.random.default_rng(0)
    readings = {name: Reading(value, 0.0) for name, value in values.items()}
    said = 0
    for _ in range(200):
        for wish in asked(draw_caption(category, [category], values, rng)):
            assert wish.met_by(readings), wish
            said += 1
    assert said > 100


def test_the_better_solid_scores_more() -> None:
    three, four = ({"legs": Reading(n, 0.0)} for n in (3, 4))
    wishes = asked("a tall table on three legs")
    sides = np.array([[1.0, 1.0, 0.9], [1.0, 1.0, 0.5], [1.0, 1.0, 0.7]])
    assert scores(wishes, [three, four, {}], sides).tolist() == pytest.approx([1.0, 0.0, 0.5])
