"""Train, validation and test splits by hash of the id; groups stay together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

UNSEEN = "unseen"
"""Split of family objects whose combination of choices never appears in training."""
TRAIN_SHARE, VAL_SHARE = 0.90, 0.05
LARGEST_HELD_OUT_GROUP = 12
"""Larger groups of near-duplicates always go to train: they would unbalance a small split."""


def split_of(key: str) -> str:
    """Return "train" (90 %), "val" (5 %) or "test" (5 %), decided by SHA-256 of `key` alone.

    Adding or removing other objects never changes the result.
    """
    place = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8]) / 2**64
    if place < TRAIN_SHARE:
        return "train"
    return "val" if place < TRAIN_SHARE + VAL_SHARE else "test"


def assign_splits(ids: Iterable[str], groups: Sequence[Sequence[str]] = ()) -> Mapping[str, str]:
    """Assign a split to each id; all members of a group get that of their lowest id.

    Args:
        ids: All ids.
        groups: Disjoint groups of ids that must share a split, such as near-duplicates.
    """
    splits = {one: split_of(one) for one in ids}
    for group in groups:
        if not group:
            continue
        large = len(group) > LARGEST_HELD_OUT_GROUP
        shared = "train" if large else split_of(min(group))
        splits.update(dict.fromkeys(group, shared))
    return splits
