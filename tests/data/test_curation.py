"""The corrections of the open mix: what they say, and that their files are sound."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caddis.data import curation
from caddis.data.curation import ancestors, curated, members
from caddis.geometry.errors import DataError


@pytest.fixture
def fresh_tables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Point the module at copies that a test may damage."""

    def use(rules: str | None = None, lines: str | None = None) -> None:
        for attribute, text, name in (("RULES", rules, "r.toml"), ("LINES", lines, "l.csv")):
            if text is not None:
                (tmp_path / name).write_text(text, encoding="utf-8")
                monkeypatch.setattr(curation, attribute, tmp_path / name)
        curation._rules.cache_clear()
        curation._lines.cache_clear()

    yield use
    curation._rules.cache_clear()
    curation._lines.cache_clear()


def category(label: str, name: str, *, source: str = "quaternius", tags: str = "") -> str:
    return curated("no-such-id", label, source, name, tags).category


def test_a_word_inside_another_word_is_not_a_label():
    assert category("vegetable", "pipe corner", tags="cyberpunk pack") == "pipe"
    assert category("fruit", "pineapple", source="pmndrs_market", tags="food") == "fruit"
    assert category("person", "wall switch", source="sweethome3d/Scopia") == "wall_socket"


def test_an_empty_label_is_filled_from_the_name():
    assert category("", "tractor", source="pmndrs_market", tags="vehicles") == "tractor"
    assert category("", "kitchencounter straight a", source="kaykit/Restaurant") == "cabinet"


def test_a_right_label_stays():
    assert category("chair", "chair 4", tags="house interior pack") == "chair"
    assert curated("x", "chair", "quaternius", "chair 4").drop_reason is None


def test_tiny_synonyms_are_one_category():
    assert category("mug", "mug") == category("cup", "cup") == "cup"


def test_a_part_of_a_kit_is_dropped_with_its_reason_and_has_no_category():
    part = curated("x", "gun", "quaternius", "grip pistol 1", "modular sci fi guns pack")
    assert part.category == ""
    assert part.drop_reason is not None
    assert "gun" in part.drop_reason


def test_tags_may_be_one_string_or_many():
    joined = curated("x", "gun", "quaternius", "grip pistol 1", "a, modular sci fi guns pack")
    split = curated("x", "gun", "quaternius", "grip pistol 1", ("a", "modular sci fi guns pack"))
    assert joined.drop_reason == split.drop_reason is not None


def test_a_front_along_plus_x_is_turned_to_minus_y():
    turn = curated("x", "chair", "infinigen-1.15.5", "chair").rotation
    assert turn is not None
    np.testing.assert_allclose(turn @ [1, 0, 0], [0, -1, 0], atol=1e-12)
    np.testing.assert_allclose(turn @ [0, 0, 1], [0, 0, 1], atol=1e-12)


def test_a_round_thing_is_not_turned():
    assert curated("x", "bottle", "infinigen-1.15.5", "bottle").rotation is None


def test_the_car_that_stood_on_its_tail_gets_its_roof_up():
    turn = curated("obj-03372", "car", "quaternius_2019", "normal car 1").rotation
    assert turn is not None
    np.testing.assert_allclose(turn @ [0, -1, 0], [0, 0, 1], atol=1e-12)


def test_a_line_for_one_object_beats_the_rules():
    name, tags = "cordless drill", "cordless_drill"
    assert curated("x", "tool", "osrf_gazebo", name, tags).rotation is None
    assert curated("obj-03748", "tool", "osrf_gazebo", name, tags).rotation is not None


@given(st.text(), st.text(), st.text(), st.text())
def test_any_text_gives_a_proper_rotation_or_none(label: str, source: str, name: str, tags: str):
    mended = curated("x", label, source, name, tags)
    if mended.rotation is not None:
        np.testing.assert_allclose(mended.rotation @ mended.rotation.T, np.eye(3), atol=1e-9)
        assert np.linalg.det(mended.rotation) == pytest.approx(1)


def test_lamp_covers_its_kinds_and_a_kind_only_itself():
    assert {"ceiling_lamp", "floor_lamp", "desk_lamp", "lamp"} <= set(members("lamp"))
    assert members("ceiling lamp") == ("ceiling_lamp",)


def test_everyday_words_are_understood():
    assert members("Couch") == ("sofa",)
    assert members("unheard_of") == ("unheard_of",)


def test_the_hierarchy_has_no_circles():
    for name, above in curation._rules().parents.items():
        assert name not in above
        assert len(set(above)) == len(above)
        assert ancestors(name) == above
        for wider in above:
            assert name not in ancestors(wider)


def test_category_names_are_lower_case_with_underscores():
    rules = curation._rules()
    named = {rule.category for rule in rules.labels} | set(rules.parents)
    named |= {line.category for line in curation._lines().values() if line.category}
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*|", name) for name in named)


def test_no_object_has_two_lines_and_every_line_says_something():
    with curation.LINES.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len({row["id"] for row in rows}) == len(rows) > 50
    assert all(row["category"] or row["rotation"] or row["drop"] == "yes" for row in rows)


def test_a_rule_without_a_reason_is_an_error_that_names_the_file(fresh_tables):
    text = 'rule = [{ name = "a", reason = "" }]\nfront = []\n[synonyms]\n[aliases]\n[parents]\n'
    fresh_tables(rules=text)
    with pytest.raises(DataError, match=r"r\.toml"):
        category("chair", "chair")


def test_a_turn_that_is_not_one_is_an_error_that_names_the_file(fresh_tables):
    fresh_tables(lines="id,category,rotation,drop,reason\na,,upside-down,,it stood so\n")
    with pytest.raises(DataError, match=r"l\.csv"):
        category("chair", "chair")
