"""The page: a new measurement replaces its section, the others stay."""

from typing import Any

import numpy as np
import pytest

from benchmarks.common.markdown import assembled, sections
from benchmarks.quality.goals import goals
from benchmarks.quality.page_reconstruction import HEAD, cells

ORDER = {"one": "First", "two": "Second", "three": "Third"}


def figures(**changes: float) -> dict[str, Any]:
    """Return the figures of four objects that reach every goal, but for `changes`."""
    scores = {
        "iou": 0.95, "near_iou": 0.9, "cd": 0.01, "f_0.01": 0.95, "f_0.02": 0.99, "volume": -0.01,
        "volume_kept": 1.0, "bodies_kept": 1.0, "holes_kept": 1.0, "both_kept": 1.0,
        "strictly_kept": 1.0, "named": 1.0,
    }  # fmt: skip
    taken = {"all": 0.3, "memory": 2e8, "threads": 2}
    found = {"bytes": 7e6}
    for part in (scores, taken, found):
        part.update({key: value for key, value in changes.items() if key in part})
    columns = {key: [value] * 4 for key, value in scores.items()}
    both = {"all": columns, "coarse": dict(columns)}
    return {"scores": both, "cost": taken, "named": [1.0] * 4, **found}


def test_a_page_is_made_of_its_sections_in_their_order() -> None:
    made = {"two": ["## Second", "", "b"], "one": ["## First", "", "### Detail", "a", ""]}
    page = assembled(["# Title", ""], ORDER, made, "")
    assert page == "# Title\n\n## First\n\n### Detail\na\n\n## Second\n\nb\n"


def test_sections_that_were_not_measured_again_stay_as_they_are() -> None:
    earlier = "# Old\n\nhead\n\n## Third\n\nkept\n\n### Detail\n\nkept too\n\n## First\n\nold\n"
    page = assembled(["# New"], ORDER, {"one": ["## First", "", "new"]}, earlier)
    assert page == "# New\n\n## First\n\nnew\n\n## Third\n\nkept\n\n### Detail\n\nkept too\n"
    assert assembled(["# New"], ORDER, {}, page) == page  # once more changes nothing


def test_a_page_without_sections_has_none() -> None:
    assert sections("") == sections("# Title\n\ntext\n") == {}


def test_every_score_has_its_column() -> None:
    assert len(cells(figures()["scores"]["all"], [0, 2])) == len(HEAD)


def test_goals_are_reached_by_figures_that_reach_them() -> None:
    assert [goal.name for goal in goals(figures()) if not goal.reached] == []


@pytest.mark.parametrize(
    ("changes", "missed"),
    [
        ({"iou": 0.89}, ["IoU, all tokens"]),
        ({"iou": 0.81}, ["IoU, all tokens", "IoU, coarse alone"]),
        ({"f_0.01": 0.89}, ["F-score at 1 %"]),
        ({"volume": -0.03}, ["volume"]),  # a loss counts like a gain
        ({"both_kept": 0.9}, ["bodies and holes"]),
        ({"named": 0.96}, ["class accuracy"]),
        ({"all": 0.5}, ["encode and decode at 128^3"]),
        ({"memory": 4e8}, ["memory of it"]),
        ({"bytes": 9e6}, ["size of the weights"]),
    ],
)
def test_goals_are_missed_by_figures_that_miss_them(
    changes: dict[str, float], missed: list[str]
) -> None:
    assert [goal.name for goal in goals(figures(**changes)) if not goal.reached] == missed


def test_volume_errors_of_both_signs_do_not_cancel_out() -> None:
    found = figures()
    found["scores"]["all"]["volume"] = [0.1, -0.1, 0.1, -0.1]
    assert np.mean(found["scores"]["all"]["volume"]) == 0.0
    assert "volume" in [goal.name for goal in goals(found) if not goal.reached]
