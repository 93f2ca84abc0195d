"""The one record type that every source yields."""

from __future__ import annotations

from dataclasses import dataclass

import trimesh


@dataclass(frozen=True)
class ObjectRecord:
    """One object: its shape, description, author and licence.

    Attributes:
        id: Unique within its source; letters, digits, dot, dash and underscore.
        source: Where it comes from, for example "kenney".
        name: The author's name for it; may be empty.
        mesh: Triangles with Z up, in any unit unless `is_solid`.
        category: Class name, or empty if unknown.
        kind: "artist-or-scan", "procedural" or "user".
        tags: Further key words from its author, in any language.
        captions: Phrases that describe it.
        nouns: Nouns for it, the plainest first; empty if they must be derived from the name.
        licence: SPDX name, or empty if unknown.
        author: Name to credit.
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
