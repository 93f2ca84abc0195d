from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from caddis.data.splits import LARGEST_HELD_OUT_GROUP, assign_splits, split_of


def test_shares_are_ninety_five_five():
    count = Counter(split_of(f"obj-{i}") for i in range(20_000))
    assert abs(count["train"] / 20_000 - 0.90) < 0.01
    assert abs(count["val"] / 20_000 - 0.05) < 0.01
    assert abs(count["test"] / 20_000 - 0.05) < 0.01


@given(st.sets(st.text(min_size=1), min_size=2, max_size=30))
def test_adding_objects_never_moves_others(ids):
    ordered = sorted(ids)
    assert assign_splits(ordered) == {
        **assign_splits(ordered[1:]),
        ordered[0]: split_of(ordered[0]),
    }


@given(st.lists(st.text(min_size=1), min_size=2, max_size=12, unique=True))
def test_a_group_is_never_divided(ids):
    assert len(set(assign_splits(ids, [ids]).values())) == 1


def test_a_large_group_goes_to_train():
    held_out = next(f"a{i}" for i in range(1000) if split_of(f"a{i}") == "test")
    group = [held_out, *[f"z{i}" for i in range(LARGEST_HELD_OUT_GROUP)]]
    assert set(assign_splits(group, [group]).values()) == {"train"}
    assert set(assign_splits(group, [group[:-1]]).values()) >= {"test"}
