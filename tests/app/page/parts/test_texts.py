"""Results are described in plain words, and input is never shown as HTML."""

from __future__ import annotations

from dataclasses import replace

import pytest

from caddis.app.page.parts.texts import describe_result, note, progress
from caddis.geometry.gate import check
from tests.app.page.jobs.test_results import RESULT
from tests.geometry.shapes import box, without_faces

HOSTILE = "<script>alert(1)</script>"


def test_faults_of_a_mesh_are_described_in_plain_words() -> None:
    report = check(without_faces(box(), [0]))
    shown = describe_result(replace(RESULT, gate=report.to_json()))
    assert "Does not print yet" in shown
    assert "The surface has holes" in shown
    assert "3 open edges" in shown


@pytest.mark.parametrize("field", ["title", "changes", "gate"])
def test_input_is_escaped(field: str) -> None:
    hostile = {
        "title": HOSTILE,
        "changes": (HOSTILE,),
        "gate": {
            "profile": HOSTILE,
            "status": "fail",
            "checks": [
                {
                    "name": "closed", "status": "fail", "value": None, "threshold": 0,
                    "unit": HOSTILE, "hint": HOSTILE, "bound": "at most",
                }
            ],
        },
    }  # fmt: skip
    shown = describe_result(replace(RESULT, **{field: hostile[field]}))
    assert "<script" not in shown.lower()
    assert "&lt;script" in shown.lower()


def test_status_lines_are_escaped_and_have_a_bar() -> None:
    assert "<script" not in note(HOSTILE) + progress(HOSTILE, 1.0)
    assert "width:25%" in progress("tokens", 1.0, 17, 68)


def test_figures_are_tables_of_plain_words_and_short_numbers() -> None:
    figures = {"Web": {HOSTILE: HOSTILE, "nodes": 1234, "degree": 2.71828, "along": "1, 2"}}
    shown = describe_result(replace(RESULT, figures=figures))
    assert "<script" not in shown
    for cell in (">1,234<", ">2.72<", ">1, 2<"):
        assert cell in shown
