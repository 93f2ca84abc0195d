"""The kinds of webs that can be built, each from a seed: tangle, sheet and orb."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from caddis.data.webs.orb import Orb
from caddis.data.webs.threads import Laying, Manner, lay
from caddis.geometry.errors import ConfigError
from caddis.geometry.options.checked import checked_arguments
from caddis.geometry.options.kinds import Seed
from caddis.geometry.webs.graph import Floats, Web


class WebKind(Protocol):
    """A kind of web; the fields are its parameters."""

    def build(self, seed: int) -> Web:
        """Return one connected web at rest; same seed, same bytes."""
        ...


@dataclass(frozen=True)
class Tangle:
    """A tangle web, as of Cyrtophora or Tidarren: threads in all directions within a box.

    Attributes:
        laying: How the threads are laid.
    """

    laying: Laying = field(default_factory=Laying)

    def build(self, seed: int) -> Web:
        """Return a tangle web at rest, with its anchors on the walls of the box."""
        rng = np.random.default_rng(seed)
        return lay(self.laying, Manner(lambda points: np.ones(len(points))), rng)


@dataclass(frozen=True)
class Sheet:
    """A sheet web, as of Agelena or Linyphia: most threads run along a curved sheet.

    Attributes:
        laying: How the threads are laid.
        thickness: Depth of the dense layer, mm.
        dome: Height of the sheet's middle above its rim, mm.
        flatten: Factor on the vertical component of a thread's direction.
    """

    laying: Laying = field(
        default_factory=lambda: Laying(
            box=(100.0, 100.0, 40.0), mean_length=8.0, closest=3.0, glue=1.5
        )
    )
    thickness: float = 4.0
    dome: float = 10.0
    flatten: float = 0.25

    def build(self, seed: int) -> Web:
        """Return a sheet web at rest, with its anchors on the walls of the box."""
        rng = np.random.default_rng(seed)
        size = np.array(self.laying.box)
        level, dome = size[2] * rng.uniform(0.35, 0.65), self.dome * rng.uniform(-1.0, 1.0)

        def preference(points: Floats) -> Floats:
            off = (points[:, :2] / size[:2] - 0.5) * 2.0
            sheet = level + dome * (1.0 - (off**2).sum(axis=1) / 2.0)
            return np.asarray(0.05 + np.exp(-(((points[:, 2] - sheet) / self.thickness) ** 2)))

        return lay(self.laying, Manner(preference, self.flatten), rng)


KINDS: Mapping[str, WebKind] = {"tangle": Tangle(), "sheet": Sheet(), "orb": Orb()}


@checked_arguments
def build_web(kind: str, seed: Seed) -> Web:
    """Build a web of a named kind.

    Args:
        kind: "tangle", "sheet" or "orb".
        seed: Same seed, same bytes.

    Raises:
        ConfigError: There is no such kind, or the seed is not a whole number from 0.

    Example:
        >>> import caddis
        >>> web = caddis.build_web("orb", 3)
        >>> web.nodes.shape[1], bool(web.anchors.any())
        (3, True)
    """
    if kind not in KINDS:
        raise ConfigError(f"there is no kind of web {kind!r}", "kind", f"Use {', '.join(KINDS)}.")
    return KINDS[kind].build(seed)
