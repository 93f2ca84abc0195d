import pytest

from caddis.geometry.gate.report import GateReport, judged


@pytest.mark.parametrize("value", [-0.0, -1e-17, 1e-15])
def test_what_rounding_left_of_zero_is_shown_as_zero(value):
    report = GateReport("fdm", (judged("overhang", value, 10.0, "%", "turn it"),))
    assert report.table()[0][2] == "0 %"
    assert str(report.to_json()["checks"][0]["value"]) == "0.0"


def test_a_small_value_is_not_hidden():
    report = GateReport("fdm", (judged("wall", 1e-4, 0.8, "mm", "thicken", bound="at least"),))
    assert report.table()[0][1:3] == ("fail", "0.0001 mm")


def test_a_whole_number_stays_whole():
    report = GateReport("fdm", (judged("pairs", 1200, 0, "pairs", "mend it"),))
    assert report.table()[0][2] == "1,200 pairs"
    assert report.to_json()["checks"][0]["value"] == 1200
