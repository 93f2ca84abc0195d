"""A family of objects: a builder that chooses its own parameters at random from a seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import trimesh
from manifold3d import Manifold

from caddis.geometry.errors import NotSolidError
from caddis.geometry.frame import to_canonical
from caddis.geometry.mesh.manifold import from_manifold

Choice = str | int | bool
Claims = Mapping[str, Choice]


class Draw:
    """Random parameters of one object.

    Named choices are recorded in `choices`, so that combinations of them can be held out.

    Args:
        seed: Same seed, same object.
    """

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self.choices: dict[str, Choice] = {}

    def between(self, low: float, high: float) -> float:
        """Return a random number, uniform from `low` to `high`."""
        return float(self._rng.uniform(low, high))

    def pick(self, name: str, options: Sequence[str]) -> str:
        """Choose one of `options` with equal probability, and record it."""
        chosen = options[int(self._rng.integers(len(options)))]
        self.choices[name] = chosen
        return chosen

    def count(self, name: str, low: int, high: int) -> int:
        """Choose a whole number from `low` to `high`, both included, and record it."""
        chosen = int(self._rng.integers(low, high + 1))
        self.choices[name] = chosen
        return chosen

    def chance(self, name: str, probability: float = 0.5) -> bool:
        """Decide at random whether the object has the feature `name`, and record it."""
        chosen = bool(self._rng.random() < probability)
        self.choices[name] = chosen
        return chosen


@dataclass(frozen=True)
class Shape:
    """One object of a family.

    Attributes:
        solid: Z up, front towards -Y, any unit; one closed part.
        nouns: Names for the object, the plainest first: ("stool", "footstool").
        claims: Attributes that `caddis.data.attributes` must find: {"legs": 3, "top": "round"}.
    """

    solid: Manifold
    nouns: tuple[str, ...]
    claims: Claims = field(default_factory=dict)

    def mesh(self) -> trimesh.Trimesh:
        """Return the solid in the canonical frame.

        Raises:
            NotSolidError: The solid is empty or has several parts.
        """
        if self.solid.is_empty():
            raise NotSolidError("an empty solid", self.nouns[0])
        solid = self.solid.simplify(_TOLERANCE * _longest(self.solid))
        parts = solid.decompose()
        if len(parts) != 1:
            raise NotSolidError(f"{len(parts)} separate parts", self.nouns[0])
        return to_canonical(from_manifold(solid))


@dataclass(frozen=True)
class Family:
    """A parametric family.

    Attributes:
        category: Category of its objects; one of the open mix's where it has a suitable one.
        build: Function that builds one object.
        held_out: Combinations of choices that never appear in training, for measuring whether a
            model combines words that it only saw apart: ({"seat": "round", "legs": 3},).
    """

    category: str
    build: Callable[[Draw], Shape]
    held_out: tuple[Claims, ...] = ()

    def make(self, seed: int) -> tuple[Shape, bool]:
        """Return the object of a seed, and whether its combination of choices is held out."""
        draw = Draw(seed)
        return self.build(draw), self.is_held_out(draw.choices)

    def is_held_out(self, choices: Claims) -> bool:
        """Tell whether the choices contain a held-out combination."""
        return any(combination.items() <= choices.items() for combination in self.held_out)


_TOLERANCE = 1e-5  # removes slivers left by booleans; of the longest side


def _longest(solid: Manifold) -> float:
    low, high = np.split(np.array(solid.bounding_box()), 2)
    return float((high - low).max())
