"""The peak is that since it was forgotten."""

import numpy as np

from benchmarks.common import memory


def test_the_peak_is_counted_anew_after_it_was_forgotten() -> None:
    assert np.ones(25_000_000).sum() > 0.0  # 200 MB for a moment
    memory.forget_peak()
    before = memory.resident()
    assert memory.peak() - before < 50e6
    assert np.ones(25_000_000).sum() > 0.0
    assert 190e6 < memory.peak() - before < 250e6
