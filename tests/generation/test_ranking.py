"""Drafts that meet the words of a text come first, and what is met is said."""

from __future__ import annotations

import trimesh

from caddis.data.attributes.asked import asked
from caddis.generation.ranking import best_first, verdicts
from caddis.geometry.surfaces.connected import Connected


def surface(mesh: trimesh.Trimesh, share: float = 1.0) -> Connected:
    return Connected(mesh, 0.0, share)


def table(legs: int) -> trimesh.Trimesh:
    top = trimesh.creation.box((1.0, 1.0, 0.1)).apply_translation((0, 0, 0.65))
    places = [(-0.4, -0.4), (0.4, -0.4), (0.4, 0.4), (-0.4, 0.4)][:legs]
    stands = [
        trimesh.creation.box((0.1, 0.1, 0.62)).apply_translation((x, y, 0.3)) for x, y in places
    ]
    return trimesh.boolean.union([top, *stands], engine="manifold")


def test_the_draft_with_the_wished_legs_comes_first() -> None:
    drafts = [surface(table(legs)) for legs in (4, 3, 2)]
    assert best_first(drafts, asked("a table on three legs"))[0] == 1
    assert verdicts(drafts[1], asked("a table on three legs")) == {"three legs": True}
    assert verdicts(drafts[0], asked("a tall table on three legs")) == {"three legs": False}


def test_a_draft_in_pieces_comes_last_and_ties_keep_their_order() -> None:
    drafts = [surface(table(3), share=0.5), surface(table(4)), surface(table(4))]
    assert best_first(drafts, asked("on three legs")) == [1, 2, 0]
    assert best_first([], asked("on three legs")) == []


def test_what_is_no_solid_can_not_be_read() -> None:
    open_box = trimesh.creation.box()
    open_box.update_faces(range(1, 12))
    assert verdicts(surface(open_box), asked("on three legs")) == {"three legs": None}
