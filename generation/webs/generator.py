"""The protocol of web generators, and a baseline: pieces of built webs, selected and scaled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from caddis.data.webs.dataset import varied
from caddis.data.webs.kinds import KINDS
from caddis.data.webs.sampling import MAX_NODES, neighbourhood, random_turn
from caddis.generation.seeds import derived_seed
from caddis.generation.webs.conditions import WebCondition
from caddis.geometry.errors import ConfigError
from caddis.geometry.webs import Web, web_parameters

_POOL_PER_WEB = 150
_LEAST_NODES = 8
_CHOICE = 16  # pieces nearest to a condition, of which one is taken at random


class WebGenerator(Protocol):
    """Anything that generates web samples for a condition."""

    @property
    def name(self) -> str:
        """The name on the command line."""

    def sample(self, condition: WebCondition, count: int, seed: int) -> list[Web]:
        """Make `count` connected webs of at most 64 nodes that approximately meet `condition`.

        Nodes are in mm, centred on their mean. Sample i depends only on the seed and i, so the same
        seed gives the same bytes, and a larger count begins with the same samples.
        """
        ...

    def sample_each(
        self, conditions: Sequence[WebCondition], seed: int, *, repair: bool = True
    ) -> list[Web]:
        """Make one web per condition, in batches.

        Web i depends on its condition, the seed and i; its last digits may also depend on the other
        webs of its batch.

        Args:
            conditions: The condition of each web.
            seed: Same seed and conditions, same bytes.
            repair: False returns the webs as the model wrote them: they may have several parts or
                no threads.
        """
        ...


class Pieces:
    """Neighbourhoods of given webs: the ones nearest to the condition, scaled and rotated.

    Nothing is learned. This is the baseline for learned generators, and a way to assemble
    structures from one's own web. Scaling meets the mean edge length exactly; the other conditions
    are met as well as the pool allows. Without an orientation in the condition, samples are rotated
    at random.

    Args:
        webs: Webs to cut from, at least one.
        seed: Seed of the pool.
        pool: Number of samples to cut from each web.
    """

    name = "pieces"

    def __init__(self, webs: Sequence[Web], seed: int = 0, pool: int = _POOL_PER_WEB) -> None:
        if not webs:
            raise ConfigError("pieces need at least one web", "webs")
        rng = np.random.default_rng(derived_seed("pieces", seed))
        self._pool = [
            neighbourhood(web, int(rng.integers(_LEAST_NODES, MAX_NODES + 1)), rng)
            for web in webs
            for _ in range(pool)
        ]
        self._found = [web_parameters(web) for web in self._pool]

    @classmethod
    def of_kind(cls, kind: str, seed: int = 0, webs: int = 2, pool: int = _POOL_PER_WEB) -> Pieces:
        """Build webs of one kind and cut pieces from them; takes about 2 s per web.

        Raises:
            ConfigError: There is no such kind; see `caddis.data.webs.kinds`.
        """
        if kind not in KINDS:
            raise ConfigError(
                f"there is no kind of web {kind!r}", "kind", f"Use {', '.join(KINDS)}."
            )
        return cls([_varied_web(kind, seed, n) for n in range(webs)], seed, pool)

    @classmethod
    def of_all_kinds(cls, seed: int = 0, pool: int = _POOL_PER_WEB) -> Pieces:
        """Build one web of every kind and cut pieces from them; takes some seconds."""
        return cls([_varied_web(kind, seed, 0) for kind in KINDS], seed, pool)

    def sample(self, condition: WebCondition, count: int, seed: int) -> list[Web]:
        """Return pieces; see `WebGenerator.sample`.

        Raises:
            ConfigError: The count is below 1.
        """
        if count < 1:
            raise ConfigError("ask for at least one sample", f"count={count}")
        near = self._nearest(condition)
        return [self._one(condition, near, seed, number) for number in range(count)]

    def sample_each(
        self, conditions: Sequence[WebCondition], seed: int, *, repair: bool = True
    ) -> list[Web]:
        """Return one piece for each condition; see `WebGenerator.sample_each`.

        Pieces are always connected, so there is nothing to repair.
        """
        return [
            self._one(one, self._nearest(one), seed, number)
            for number, one in enumerate(conditions)
        ]

    def _nearest(self, condition: WebCondition) -> np.ndarray:
        # Scaling meets the length, so it must not influence the choice of pieces.
        shape = replace(condition, edge_length_mm=None)
        misses = np.array([shape.misses(found) for found in self._found])
        return np.argsort(misses, kind="stable")[:_CHOICE]

    def _one(self, condition: WebCondition, near: np.ndarray, seed: int, number: int) -> Web:
        rng = np.random.default_rng(derived_seed("piece", seed, number))
        row = int(rng.choice(near))
        web, found = self._pool[row], self._found[row]
        scale = (condition.edge_length_mm or found.mean_length_mm) / found.mean_length_mm
        nodes = (web.nodes - web.nodes.mean(axis=0)) * scale
        if condition.orientation is None:
            nodes = nodes @ random_turn(rng).T
        return Web(nodes, web.edges)


def _varied_web(kind: str, seed: int, number: int) -> Web:
    rng = np.random.default_rng(derived_seed(kind, seed, number))
    return varied(kind, rng).build(int(rng.integers(2**31)))
