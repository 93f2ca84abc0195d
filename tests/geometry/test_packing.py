"""Footprints on beds: inside, apart, all of them, none twice."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caddis.geometry.errors import ConfigError
from caddis.geometry.packing import GAP_MM, pack

SIDES = st.floats(1.0, 120.0)


@given(st.lists(st.tuples(SIDES, SIDES), max_size=12), st.floats(40.0, 130.0), st.floats(0.0, 9.0))
def test_parts_lie_on_their_bed_apart_from_each_other(sizes, side, gap) -> None:
    bed = (side, 1.3 * side)
    places = pack(sizes, bed, gap)
    boxes = {}
    for place in places:
        width, depth = sizes[place.index][:: -1 if place.turned else 1]
        boxes[place.index] = (place.bed, place.x, place.y, place.x + width, place.y + depth)
        assert place.x >= gap - 1e-6 and place.y >= gap - 1e-6
        assert place.x + width <= bed[0] - gap + 1e-6
        assert place.y + depth <= bed[1] - gap + 1e-6
    assert len(boxes) == len(places)
    for a, b in combinations(boxes.values(), 2):
        apart = max(b[1] - a[3], a[1] - b[3], b[2] - a[4], a[2] - b[4])
        assert a[0] != b[0] or apart >= gap - 1e-6
    for index, size in enumerate(sizes):
        straight = all(s <= b - 2 * gap for s, b in zip(size, bed, strict=True))
        turned = all(s <= b - 2 * gap for s, b in zip(size[::-1], bed, strict=True))
        assert (index in boxes) or not (straight or turned)


def test_equal_squares_fill_a_bed_before_the_next_begins() -> None:
    places = pack([(30.0, 30.0)] * 40, (220.0, 220.0))
    per_bed = math.floor((220 - GAP_MM) / 35) ** 2
    assert [place.bed for place in places].count(0) == per_bed
    assert places[-1].bed == 1


@pytest.mark.parametrize(
    ("sizes", "bed", "gap"),
    [([(0.0, 1.0)], (9.0, 9.0), 1.0), ([], (math.nan, 9.0), 1.0), ([], (9.0, 9.0), -1.0)],
)
def test_impossible_sizes_are_refused(sizes, bed, gap) -> None:
    with pytest.raises(ConfigError):
        pack(sizes, bed, gap)
