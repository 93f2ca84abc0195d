"""The forecast of a reconstruction, and its progress as shares of the forecast time."""

import numpy as np
import pytest

from caddis.geometry.surfaces.backends import point_backend
from caddis.geometry.surfaces.gridpull import Settings, reconstruct
from caddis.geometry.surfaces.gridpull.forecast import Stages, stage_seconds
from caddis.geometry.surfaces.gridpull.memory import estimated_bytes
from tests.geometry.surfaces.gridpull.clouds import ball, scanned


@pytest.mark.parametrize("name", ["gridpull", "voromesh"])
def test_more_points_and_finer_grids_are_expected_to_take_more(name):
    backend = point_backend(name)
    few, many, fine = (backend.forecast(*of) for of in ((1000, 64), (10**6, 64), (1000, 128)))
    assert few.seconds < many.seconds
    assert few.seconds < fine.seconds
    assert few.size < many.size


def test_a_million_points_are_expected_to_stay_below_half_a_minute_and_four_gigabytes():
    assert sum(stage_seconds(10**6, 256)) < 30.0
    assert estimated_bytes(10**6, 256) < 4e9


def test_each_stage_is_reported_once_and_the_last_completes_the_progress():
    reports = []
    points, _ = scanned(ball(), 1000)
    reconstruct(
        points, settings=Settings(resolution=64), on_step=lambda *step: reports.append(step)
    )
    seconds = stage_seconds(1000, 64)
    expected = np.round(100.0 * np.cumsum(seconds) / sum(seconds)).astype(int)
    assert reports == [(end, 100) for end in expected]
    assert reports[-1] == (100, 100)


def test_progress_callbacks_are_optional():
    Stages(None, [1.0, 2.0]).finished(0)
