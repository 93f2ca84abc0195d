"""What the tokenizer was to reach, beside what was measured."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.common.numbers import percent, share_of
from benchmarks.quality.cost import RESOLUTION

Figures = dict[str, Any]


@dataclass(frozen=True)
class Goal:
    """A line of the table of goals."""

    name: str
    wanted: str
    measured: str
    reached: bool


def goals(found: Figures) -> list[Goal]:
    """Return what was to be reached beside what was measured."""
    whole, coarse = found["scores"]["all"], found["scores"]["coarse"]
    iou, coarse_iou = float(np.mean(whole["iou"])), float(np.mean(coarse["iou"]))
    f_score = float(np.mean(whole["f_0.01"]))
    volume = float(np.mean(np.abs(whole["volume"])))
    kept, strictly = (
        float(np.nanmean(whole["both_kept"])),
        float(np.nanmean(whole["strictly_kept"])),
    )
    within = share_of(whole["volume_kept"])
    listed = [
        Goal("IoU, all tokens", "at least .90", f"{iou:.3f}", iou >= 0.90),
        Goal("IoU, coarse alone", "at least .82", f"{coarse_iou:.3f}", coarse_iou >= 0.82),
        Goal("F-score at 1 %", "at least .90", f"{f_score:.3f}", f_score >= 0.90),
        Goal("volume", "within 2 %",
             f"mean error {100 * volume:.1f} %; within 2 % for {within} % of the objects",
             volume <= 0.02),
        Goal("bodies and holes", "95 % of the objects keep both",
             f"{100 * kept:.0f} % ({100 * strictly:.0f} % if specks count)", kept >= 0.95),
    ]  # fmt: skip
    before, after = percent(found["named"]), percent(whole["named"])
    if not math.isnan(before):
        listed.append(
            Goal("class accuracy", "within 3 points of the originals'",
                 f"{after:.1f} % against {before:.1f} %: {after - before:+.1f} points",
                 before - after <= 3.0)
        )  # fmt: skip
    taken, size = found["cost"], found["bytes"] / 1e6
    memory = taken["memory"] / 1e6
    return [
        *listed,
        Goal(f"encode and decode at {RESOLUTION}^3", f"under .4 s on {taken['threads']} cores",
             f"{taken['all']:.2f} s", taken["all"] < 0.4),
        Goal("memory of it", "under 300 MB", f"{memory:.0f} MB", memory < 300),
        Goal("size of the weights", "at most 8 MB", f"{size:.2f} MB", size <= 8.0),
    ]  # fmt: skip
