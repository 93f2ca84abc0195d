import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from caddis.geometry.mesh.box_pairs import overlapping_pairs

LOW = hnp.arrays(
    np.float32, st.tuples(st.integers(1, 40), st.just(3)), elements=st.floats(-5, 5, width=32)
)


def all_pairs(low, high):
    """Every box against every other."""
    return {
        (i, j)
        for i in range(len(low))
        for j in range(i + 1, len(low))
        if (low[i] <= high[j]).all() and (low[j] <= high[i]).all()
    }


@given(LOW, st.integers(0, 2**32 - 1), st.sampled_from([1, 7, 10_000]))
def test_the_tree_finds_the_pairs_of_all_against_all_once(low, seed, chunk):
    size = np.random.default_rng(seed).exponential(1.0, low.shape).astype(np.float32)
    high = low + size
    found = [tuple(pair) for part in overlapping_pairs(low, high, chunk) for pair in part.tolist()]
    assert len(found) == len(set(found))
    assert set(found) == all_pairs(low, high)


def test_boxes_that_only_touch_overlap():
    low = np.array([[0, 0, 0], [1, 0, 0], [2.5, 0, 0]], dtype=np.float32)
    (pairs,) = overlapping_pairs(low, low + 1)
    assert pairs.tolist() == [[0, 1]]


@pytest.mark.parametrize("count", [1, 2, 3, 64, 65])
def test_equal_boxes_all_pair_up(count):
    low = np.zeros((count, 3), dtype=np.float32)
    assert sum(len(part) for part in overlapping_pairs(low, low)) == count * (count - 1) // 2
