import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caddis.data.attributes.relative import FEWEST, relative


def bottles(count=40):
    sides = np.ones((count, 3))
    sides[:, 2] = np.linspace(2.0, 6.0, count)
    return sides


def test_the_highest_fifth_is_tall_and_the_lowest_short():
    found = relative(bottles(), ["bottle"] * 40)
    words = [one["height"].value if "height" in one else "" for one in found]
    assert words == ["short"] * 8 + [""] * 24 + ["tall"] * 8
    assert found[0]["height"].number < 0.05
    assert found[-1]["height"].number > 0.95


def test_categories_are_compared_among_themselves():
    sides = np.concatenate([bottles(), bottles() * (1, 1, 0.1)])
    found = relative(sides, ["bottle"] * 40 + ["plate"] * 40)
    assert [one.get("height") for one in found[:40]] == [one.get("height") for one in found[40:]]


@pytest.mark.parametrize(
    ("sides", "categories"),
    [
        (bottles(FEWEST - 1), ["bottle"] * (FEWEST - 1)),
        (np.ones((40, 3)), ["dice"] * 40),
        (bottles(), [""] * 40),
    ],
)
def test_few_members_alike_members_and_no_category_give_no_word(sides, categories):
    assert relative(sides, categories) == [{}] * len(sides)


@given(st.permutations(range(40)))
def test_the_order_of_the_objects_does_not_matter(order):
    plain = relative(bottles(), ["bottle"] * 40)
    mixed = relative(bottles()[list(order)], ["bottle"] * 40)
    assert [mixed[list(order).index(row)] for row in range(40)] == plain
