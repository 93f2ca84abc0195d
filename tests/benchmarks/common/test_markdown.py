"""Tables, headers, and several values in one cell."""

from benchmarks.common.markdown import LEFT, RIGHT, header, page, spaced_table, table
from benchmarks.common.numbers import mean_iqr, mean_sd, share_of


def test_tables_are_markdown() -> None:
    assert table(["a", "b"], [["1", 2]]) == ["| a | b |", "|---|---|", "| 1 | 2 |", ""]
    assert table(["a", "b"], [], (LEFT, RIGHT)) == ["| a | b |", "|---|--:|", ""]
    spaced = spaced_table(["a", "b"], [["1", "2"]])
    assert spaced == ["| a | b |", "| --- | --- |", "| 1 | 2 |", ""]


def test_cells_show_floats_to_three_figures_and_leave_out_what_does_not_apply() -> None:
    assert table(["a"], [[0.12345], [1234.5678], ["0.12345"], [""], [None]])[2:] == [
        "| 0.123 |", "| 1235 |", "| 0.12345 |", "|  |", "| |", "",
    ]  # fmt: skip


def test_a_page_says_what_makes_it_and_ends_with_one_end_of_line() -> None:
    made = page([*header("Speed", "python -m benchmarks.speed"), "text", "", ""])
    assert made == "# Speed\n\nMade by\n\n    python -m benchmarks.speed\n\ntext\n"


def test_a_single_value_has_no_spread() -> None:
    assert mean_sd([0.25], 2) == "0.25"
    assert mean_sd([1.0, 2.0, 3.0], 1) == "2.0 ± 1.0"


def test_means_come_with_their_quartiles_and_leave_out_what_is_no_number() -> None:
    assert mean_iqr([0.0, 1.0, 2.0, 3.0, float("nan")], 2, 10.0) == "15.00 (7.50 to 22.50)"
    assert share_of([1.0, 0.0, float("nan")]) == "50"
    assert mean_iqr([float("nan")], 2) == share_of([float("nan")]) == "-"
