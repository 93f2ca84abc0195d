"""The one record type that every source yields."""

from __future__ import annotations

from dataclasses import dataclass

import trimesh


@dataclass(frozen=True)
class ObjectRecord:
    """One object: what it is, whose it is, and its shape.

    Attributes:
        id: Unique within its source; letters, digits, dot, dash and underscore.
        source: Where it comes from, for example "kenney".
        name: What its author called it; may be empty.
        mesh: Triangles with Z up, in any unit unless `is_solid`.
        category: Class name, or empty when it is not known.
        kind: "artist-or-scan", "procedural" or "user".
        tags: Further words of its author, in any language.
        captions: Phrases that describe it.
        nouns: What it may be called, the plainest first; empty where only the name is known.
        licence: SPDX name, or empty when it is not known.
        author: Whom to name.
        longest_side_m: Real size in metres, if known.
        split: "train", "val", "test" or "unseen" (`caddis.data.splits.UNSEEN`); empty before
            splits are made.
        is_solid: The mesh is a certified solid in the canonical frame.
        problem: Why the mesh could not be read; empty when it could.
    """

    id: str
    source: str
    name: str
    mesh: trimesh.Trimesh
    category: str = ""
    kind: str = "user"
    tags: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    licence: str = ""
    author: str = ""
    longest_side_m: float | None = None
    split: str = ""
    is_solid: bool = False
    problem: str = ""
