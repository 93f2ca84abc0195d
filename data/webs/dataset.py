"""Samples of many webs as padded arrays; all samples of a web are in the same split."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from caddis.data.webs.kinds import KINDS, Sheet, Tangle, WebKind
from caddis.data.webs.orb import Orb
from caddis.data.webs.sampling import MAX_NODES, neighbourhood, random_turn
from caddis.geometry.errors import ConfigError, DataError
from caddis.geometry.files.atomic import atomic_path
from caddis.geometry.webs.graph import Floats, Web

SPLITS = ("train", "val", "test")
_PERIOD = (8, 1, 1)  # webs for training, validation and test of every ten of a kind
_LEAST_NODES = 8


@dataclass(frozen=True, eq=False)
class WebSamples:
    """S samples of at most `MAX_NODES` = M nodes.

    Attributes:
        positions: (S, M, 3) float32, mm, with the mean of each sample at the origin; padding is 0.
        adjacency: (S, M, M) bool, symmetric, False on the diagonal and in the padding.
        counts: (S,) int64, number of nodes of each sample; they precede the padding, in
            breadth-first order.
        webs: (S,) int64, number of the web from which each sample was cut.
        split: (S,) int64, index into `SPLITS`; the same for all samples of a web.
    """

    positions: NDArray[np.float32]
    adjacency: NDArray[np.bool_]
    counts: NDArray[np.int64]
    webs: NDArray[np.int64]
    split: NDArray[np.int64]

    def __len__(self) -> int:
        """Return S."""
        return len(self.counts)

    def web(self, row: int) -> Web:
        """Return one sample as a web."""
        count = int(self.counts[row])
        edges = np.argwhere(np.triu(self.adjacency[row, :count, :count]))
        return Web(self.positions[row, :count].astype(np.float64), edges)

    def of(self, split: str) -> WebSamples:
        """Return the samples of "train", "val" or "test".

        Raises:
            ConfigError: There is no such split.
        """
        if split not in SPLITS:
            raise ConfigError(f"there is no split {split!r}", "split", f"Use {', '.join(SPLITS)}.")
        rows = self.split == SPLITS.index(split)
        return WebSamples(*(array[rows] for array in self._arrays().values()))

    def save(self, path: Path) -> None:
        """Write an .npz file atomically."""
        with atomic_path(path) as temporary, temporary.open("wb") as stream:
            np.savez_compressed(stream, **self._arrays())  # type: ignore[arg-type]

    @classmethod
    def load(cls, path: Path) -> WebSamples:
        """Read what `save` wrote.

        Raises:
            DataError: The file is missing or was not written by `save`.
        """
        try:
            with np.load(path, allow_pickle=False) as held:
                return cls(**{name: held[name] for name in cls.__dataclass_fields__})
        except (OSError, KeyError, ValueError) as error:
            raise DataError("not a file of web samples", str(path), "Build it again.") from error

    def _arrays(self) -> dict[str, NDArray[np.generic]]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def varied(kind: str, rng: np.random.Generator) -> WebKind:
    """Return a kind of web with randomised parameters, so that no two webs of a set are alike.

    For tangles and sheets the size and the number and length of threads vary, for orbs the size,
    the mesh width and the number of corners.

    Raises:
        ConfigError: There is no such kind.
    """
    if kind not in KINDS:
        raise ConfigError(f"there is no kind of web {kind!r}", "kind", f"Use {', '.join(KINDS)}.")
    usual = KINDS[kind]
    size, denser = np.exp(rng.uniform(-0.4, 0.4, 2))
    if isinstance(usual, Orb):
        corners = int(rng.integers(4, 9))
        return replace(usual, width=usual.width * size, mesh=usual.mesh * size * denser,
                       corners=corners)  # fmt: skip
    assert isinstance(usual, Tangle | Sheet)  # noqa: S101  # KINDS has no others
    laying = usual.laying
    x, y, z = (float(side * size) for side in laying.box)
    near = {name: float(getattr(laying, name) * size) for name in ("closest", "catch", "glue")}
    laying = replace(
        laying,
        box=(x, y, z),
        threads=int(rng.integers(200, 600)),
        supports=int(rng.integers(18, 36)),
        mean_length=laying.mean_length * size * denser,
        **near,
    )
    return replace(usual, laying=laying)


def build_samples(
    webs: int,
    per_web: int,
    seed: int,
    kinds: Sequence[str] = tuple(KINDS),
    progress: Callable[[int, int], None] | None = None,
) -> WebSamples:
    """Build webs of all kinds in turn and cut samples from each; takes a few seconds per web.

    Every web and every sample has its own random stream, so a larger set begins with the smaller
    one. Of every ten webs of a kind, eight are for training, one is for validation and one for the
    test. Samples have 8 to 64 nodes and are rotated at random.

    Args:
        webs: Number of webs to build.
        per_web: Number of samples to cut from each.
        seed: Same seed, same bytes.
        kinds: Kinds to build, in turn.
        progress: Called with (done, total) after each web.

    Raises:
        ConfigError: `webs`, `per_web` or `kinds` is empty, or there is no such kind.
    """
    if webs < 1 or per_web < 1 or not kinds:
        raise ConfigError(
            "at least 1 web, 1 sample per web and 1 kind are needed", "webs, per_web, kinds"
        )
    rows: list[tuple[Web, int, int]] = []
    for number in range(webs):
        rng = _stream(seed, number)
        kind = varied(kinds[number % len(kinds)], rng)
        web = kind.build(int(rng.integers(2**31)))
        split = _split_of(number // len(kinds))
        for _ in range(per_web):
            count = int(rng.integers(_LEAST_NODES, MAX_NODES + 1))
            rows.append((neighbourhood(web, count, rng), number, split))
        if progress:
            progress(number + 1, webs)
    return _padded(rows, _stream(seed, "turns"))


def _stream(*parts: object) -> np.random.Generator:
    text = json.dumps(parts)
    return np.random.default_rng(list(hashlib.sha256(text.encode()).digest()))


def _split_of(place: int) -> int:
    """Return the split of the n-th web of a kind, by `_PERIOD`."""
    at = place % sum(_PERIOD)
    return int(np.searchsorted(np.cumsum(_PERIOD), at, side="right"))


def _padded(rows: Sequence[tuple[Web, int, int]], rng: np.random.Generator) -> WebSamples:
    positions = np.zeros((len(rows), MAX_NODES, 3), np.float32)
    adjacency = np.zeros((len(rows), MAX_NODES, MAX_NODES), np.bool_)
    for row, (web, _, _) in enumerate(rows):
        centred: Floats = (web.nodes - web.nodes.mean(axis=0)) @ random_turn(rng).T
        positions[row, : len(centred)] = centred
        one, two = web.edges.T
        adjacency[row, one, two] = adjacency[row, two, one] = True
    counts = np.array([len(web.nodes) for web, _, _ in rows], np.int64)
    numbers, split = (np.array([row[i] for row in rows], np.int64) for i in (1, 2))
    return WebSamples(positions, adjacency, counts, numbers, split)
