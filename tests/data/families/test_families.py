"""Every family: closed solids of one part, the same from the same seed, and words that are true."""

import re
from collections import Counter

import numpy as np
import pytest

from caddis.data.attributes.reader import read
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.registry import families
from caddis.data.families.solids import box
from caddis.data.sources.families import object_seed
from caddis.geometry.errors import NotSolidError

NAMES = sorted(families())
SOME = range(2)


def made(name, number):
    return families()[name].make(object_seed(name, 1, number))


def untrue(shape, mesh):
    """Return the claims that the reader does not find; what it cannot tell is not False."""
    found = {name: one.value for name, one in read(mesh).items()}
    return {
        name: (claimed, found.get(name))
        for name, claimed in shape.claims.items()
        if found.get(name) != claimed and not (claimed is False and name not in found)
    }


def test_there_are_at_least_sixty():
    assert len(NAMES) >= 60


@pytest.mark.parametrize("name", NAMES)
def test_objects_are_closed_solids_of_one_part_whose_words_are_true(name):
    for number in SOME:
        shape, _ = made(name, number)
        mesh = shape.mesh()
        assert mesh.is_volume
        assert mesh.body_count == 1
        assert mesh.extents.max() == pytest.approx(1.0)
        assert len(mesh.faces) < 20_000
        assert untrue(shape, mesh) == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_words_of_many_objects_are_true(name):
    for number in range(6):
        shape, _ = made(name, number)
        assert untrue(shape, shape.mesh()) == {}, number


@pytest.mark.parametrize("name", NAMES)
def test_the_same_seed_gives_the_same_bytes_and_another_another_object(name):
    meshes = [made(name, number)[0].mesh() for number in (0, 0, 1)]
    first, again, other = ((one.vertices.tobytes(), one.faces.tobytes()) for one in meshes)
    assert first == again
    assert first != other


@pytest.mark.parametrize("name", NAMES)
def test_names_and_combinations_make_sense(name):
    family = families()[name]
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", family.category)
    nouns = {noun for number in range(5) for noun in made(name, number)[0].nouns}
    assert nouns
    assert all(re.fullmatch(r"[A-Za-z0-9]+(['/ -]+[A-Za-z0-9]+)*", noun) for noun in nouns), nouns
    assert family.held_out
    assert all(len(combination) >= 2 for combination in family.held_out)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_held_out_choices_are_seen_in_training_but_not_together(name):
    family = families()[name]
    apart = {choice for combination in family.held_out for choice in combination.items()}
    held, seen, number = 0, set(), 0
    while not (held and apart <= seen):  # some twenty draws, as a rule
        draw = Draw(object_seed(name, 2, number))
        family.build(draw)
        if family.is_held_out(draw.choices):
            held += 1
        else:
            seen |= set(draw.choices.items())
        number += 1
        assert number < 200, (held, apart - seen)
    assert held < 0.7 * number


def test_a_combination_is_held_out_only_as_a_whole():
    def build(draw):
        draw.pick("top", ("round", "square"))
        draw.count("legs", 3, 4)
        return Shape(box((1, 1, 1)), ("block",))

    family = Family("block", build, held_out=({"top": "round", "legs": 3},))
    found = {}
    for seed in range(60):
        draw = Draw(seed)
        build(draw)
        found[tuple(draw.choices.values())] = family.make(seed)[1]
    assert found == {
        ("round", 3): True, ("round", 4): False, ("square", 3): False, ("square", 4): False,
    }  # fmt: skip


def test_loose_parts_and_nothing_are_refused():
    with pytest.raises(NotSolidError, match="2 separate parts"):
        Shape(box((1, 1, 1)) + box((1, 1, 1), (3, 0, 0)), ("blocks",)).mesh()
    with pytest.raises(NotSolidError, match="empty"):
        Shape(box((1, 1, 1)) - box((2, 2, 2), (0, 0, -0.5)), ("nothing",)).mesh()


def test_a_draw_remembers_what_is_drawn_by_name():
    draw = Draw(0)
    values = draw.pick("form", ("a", "b")), draw.count("legs", 3, 5), draw.chance("arms")
    assert tuple(draw.choices.values()) == values
    assert 1.0 <= draw.between(1.0, 2.0) <= 2.0
    assert len(draw.choices) == 3
    counts = Counter(Draw(seed).count("legs", 3, 5) for seed in range(90))
    assert set(counts) == {3, 4, 5}
    assert np.ptp(list(counts.values())) < 30
