"""Train, validation and test by hash of the id, groups kept together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

UNSEEN = "unseen"
"""Split of family objects whose combination of choices never appears in training."""
TRAIN_SHARE, VAL_SHARE = 0.90, 0.05
LARGEST_HELD_OUT_GROUP = 12
"""A larger group of near-duplicates always goes to train: it would unbalance a small split."""


def split_of(key: str) -> str:
    """Return "train" (90 %), "val" (5 %) or "test" (5 %), decided by SHA-256 of `key` alone.

    Adding or removing other objects never moves this one.
    """
    place = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) / 2**64
    if place < TRAIN_SHARE:
        return "train"
    return "val" if place < TRAIN_SHARE + VAL_SHARE else "test"


def assign_splits(ids: Iterable[str], groups: Sequence[Sequence[str]] = ()) -> Mapping[str, str]:
    """Give each id a split; the members of a group share that of their first id in order.

    Args:
        ids: All ids.
        groups: Disjoint groups of ids that must stay on one side, such as near-duplicates.
    """
    splits = {one: split_of(one) for one in ids}
    for group in groups:
        if not group:
            continue
        large = len(group) > LARGEST_HELD_OUT_GROUP
        shared = "train" if large else split_of(min(group))
        splits.update(dict.fromkeys(group, shared))
    return splits
