import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.data.attributes.reader import read
from caddis.data.families.solids import ball, box, cylinder, minus, slab
from caddis.geometry.errors import NotSolidError
from caddis.geometry.symmetry import SYMMETRIES
from tests.data.attributes.solids import (
    OUTLINES,
    cart,
    chair,
    cone,
    cup,
    mesh,
    shelf,
    stairs,
    table,
    vase,
)  # fmt: skip


def value(solid, name):
    found = read(solid).get(name)
    return None if found is None else found.value


@pytest.mark.parametrize("legs", [3, 4, 5, 6])
@pytest.mark.parametrize("top", ["round", "hexagonal"])
def test_legs_and_tops_of_tables_are_read(top, legs):
    solid = table(top, legs)
    assert value(solid, "legs") == legs
    assert value(solid, "top") == top
    assert value(solid, "levels") == 1


def test_what_stands_on_one_block_has_no_legs():
    assert value(mesh(box((3, 3, 8))), "legs") is None


@given(st.floats(0, 360), st.sampled_from([3, 4, 5]))
@settings(max_examples=10, deadline=None)
def test_legs_do_not_depend_on_where_they_stand(turn, legs):
    assert value(table("round", legs, turn=turn), "legs") == legs


@pytest.mark.parametrize("name", list(OUTLINES))
def test_outlines_of_tops_and_bodies_are_named(name):
    solid = mesh(slab(OUTLINES[name], 24))
    assert value(solid, "body") == name
    assert value(solid, "top") == name


def test_an_outline_between_square_and_oblong_has_no_name():
    assert value(mesh(box((11.3, 10, 9))), "body") is None


def test_a_pointed_top_has_no_outline():
    assert value(cone(0.01), "top") is None


@pytest.mark.parametrize("handles", [0, 1, 2])
def test_cups_are_open_and_their_handles_are_counted(handles):
    solid = cup(handles)
    assert value(solid, "open") is True
    assert value(solid, "handles") == handles
    assert value(solid, "holes") == handles


def test_a_full_cup_is_not_open():
    assert value(cup(open_top=False), "open") is False
    assert value(cup(open_top=False), "handles") is None


@pytest.mark.parametrize(("wall", "word"), [(0.12, "thin"), (0.45, None), (1.5, "thick")])
def test_walls_of_containers_are_thin_or_thick(wall, word):
    assert value(cup(0, wall=wall), "walls") == word


@pytest.mark.parametrize("back", [True, False])
@pytest.mark.parametrize("arms", [True, False])
def test_backs_and_arms_of_seats_are_seen(back, arms):
    solid = chair(back=back, arms=arms)
    assert value(solid, "back") is back
    assert value(solid, "arms") is arms
    assert value(solid, "legs") == 4


@pytest.mark.parametrize("boards", [2, 3, 5, 6])
def test_boards_of_shelves_are_counted(boards):
    assert value(shelf(boards), "levels") == boards


@pytest.mark.parametrize("steps", [3, 5, 9])
def test_steps_are_counted(steps):
    assert value(stairs(steps), "steps") == steps
    assert value(shelf(4), "steps") is None


@pytest.mark.parametrize("wheels", [2, 4, 6])
def test_wheels_are_counted_and_are_no_legs(wheels):
    solid = cart(wheels)
    assert value(solid, "wheels") == wheels
    assert value(solid, "legs") is None


def test_a_vase_has_a_neck_and_a_foot_and_a_cone_has_none():
    found = read(vase())
    assert found["neck"].value is True
    assert found["foot"].value is True
    assert found["conical"].value is False
    found = read(cone())
    assert found["neck"].value is False
    assert found["foot"].value is False
    assert found["conical"].value is True
    assert found["conical"].number == pytest.approx(3 / 8, abs=0.02)


def test_a_cylinder_is_not_conical():
    assert value(mesh(cylinder(5, 12)), "conical") is False


def test_holes_are_the_genus_and_cavities_do_not_count():
    plate = slab(OUTLINES["square"], 2)
    pierced = minus(plate, [cylinder(1, 9, (x, 0, -4)) for x in (-6, 0, 6)])
    assert value(mesh(pierced), "holes") == 3
    assert value(mesh(minus(box((9, 9, 9)), [box((3, 3, 3), (0, 0, 3))])), "holes") == 0


def test_curved_and_flat_faces_are_told_apart():
    assert value(mesh(ball(5)), "curved") is True
    assert value(mesh(box((3, 5, 8))), "curved") is False


def test_symmetry_is_named_and_taken_over_when_it_is_known():
    assert value(vase(), "symmetry") == "revolved"
    assert value(cup(1), "symmetry") == "y"
    assert value(chair(), "symmetry") == "x"
    assert read(table("square"))["quarter_turn"].value is True
    known = read(vase(), SYMMETRIES[0])
    assert known["symmetry"].value == SYMMETRIES[0].name


@pytest.mark.parametrize(
    ("sides", "words"),
    [
        ((10, 10, 10), {"cubic"}),
        ((4, 4, 10), {"tall"}),
        ((2, 2, 10), {"tall", "slender", "narrow"}),
        ((10, 9, 4), {"low"}),
        ((10, 9, 1), {"low", "flat"}),
        ((10, 4, 5), {"long", "wide"}),
        ((3.5, 10, 6), {"long", "narrow"}),
        ((10, 1, 9), {"thin"}),
    ],
)
def test_proportions_are_those_of_the_table(sides, words):
    found = read(mesh(box(sides)))
    names = ("cubic", "tall", "slender", "low", "flat", "long", "wide", "narrow", "thin")
    assert {name for name in names if found[name].value} == words


def test_an_open_mesh_is_refused():
    solid = mesh(box((1, 2, 3)))
    with pytest.raises(NotSolidError):
        read(trimesh.Trimesh(solid.vertices, solid.faces[1:], process=False))


def test_the_same_solid_gives_the_same_readings():
    assert read(vase()) == read(vase())


def test_every_reading_has_a_finite_number():
    for solid in (vase(), chair(), cart(), shelf(), cup(2)):
        assert all(np.isfinite(one.number) for one in read(solid).values())
