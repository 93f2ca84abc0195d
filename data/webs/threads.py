"""Build a web thread by thread, each between two existing threads, and bring it to equilibrium.

All three-dimensional spider webs come about this way: the spider fixes a few strong threads to its
surroundings, then walks along existing threads, drops or climbs to another one and fixes a new,
taut thread there. So three threads meet at a junction, all threads are straight, and the forces at
every junction balance. Threads that come near each other stick together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.errors import ConfigError
from caddis.geometry.webs.editing import largest_part, welded
from caddis.geometry.webs.equilibrium import SHORTEST_MM, relaxed
from caddis.geometry.webs.graph import Floats, Web

_TRIES = 8  # directions tried before a thread is given up
_CHOICE = 64  # candidates among which a support thread is chosen
_RESTS = 8  # how often the growing net is brought to equilibrium


@dataclass(frozen=True)
class Laying:
    """Parameters of building a web; lengths in mm, tensions in units of a normal thread.

    Attributes:
        box: (x, y, z) sides of the box whose walls hold the web.
        supports: Number of strong threads from wall to wall that carry all others.
        threads: Number of threads to lay between threads.
        mean_length: Mean of the wanted lengths, which are Gamma distributed with shape 2.
        closest: Least distance from a new junction to the ends of the thread that it splits,
            and least length of a thread.
        catch: Largest distance at which a new thread, laid along a straight ray, attaches to
            another one.
        glue: Junctions closer than this are merged.
        to_wall: Share of threads that end at a wall.
        support_tension: Median tension of a support; that of other threads is 1.
        scatter: Standard deviation of the logarithm of all tensions.
    """

    box: tuple[float, float, float] = (100.0, 100.0, 100.0)
    supports: int = 25
    threads: int = 600
    mean_length: float = 18.0
    closest: float = 2.5
    catch: float = 5.0
    glue: float = 1.6
    to_wall: float = 0.02
    support_tension: float = 3.0
    scatter: float = 0.4

    def __post_init__(self) -> None:
        """Reject parameters with which no web can be built."""
        lengths = (*self.box, self.mean_length, self.closest, self.catch, self.support_tension)
        if not min(lengths) > 0.0 or self.glue < 0.0 or self.scatter < 0.0:
            raise ConfigError("lengths and tensions of a web must be above 0", "laying")
        if self.supports < 1 or self.threads < 0 or not 0.0 <= self.to_wall <= 1.0:
            raise ConfigError("a web needs at least 1 support and no negative threads", "laying")
        if self.closest * 4.0 > min(self.box):
            raise ConfigError("the box is too small for such distances", "closest, box")


@dataclass(frozen=True)
class Manner:
    """Where threads start and how steep they are; distinguishes tangles from sheets.

    Attributes:
        preference: Maps points (P, 3) to weights (P,) of starting there.
        flatten: Factor on the vertical component of each direction.
    """

    preference: Callable[[Floats], Floats]
    flatten: float = 1.0


@dataclass
class _Net:
    """The growing net; its arrays are preallocated, so they have spare rows."""

    nodes: Floats
    ends: NDArray[np.int64]
    density: Floats
    count: int = 0  # nodes
    size: int = 0  # segments
    anchors: list[int] = field(default_factory=list)

    @classmethod
    def with_room(cls, nodes: int, segments: int) -> _Net:
        return cls(np.zeros((nodes, 3)), np.zeros((segments, 2), np.int64), np.zeros(segments))

    def add_node(self, place: Floats, *, anchor: bool = False) -> int:
        self.nodes[self.count] = place
        if anchor:
            self.anchors.append(self.count)
        self.count += 1
        return self.count - 1

    def add_thread(self, one: int, two: int, tension: float) -> None:
        length = float(np.linalg.norm(self.nodes[one] - self.nodes[two]))
        self.ends[self.size] = one, two
        self.density[self.size] = tension / max(length, SHORTEST_MM)
        self.size += 1

    def split(self, segment: int, share: float) -> int:
        """Insert a node at `share` of a segment; both halves keep the tension of the whole."""
        one, two = (int(end) for end in self.ends[segment])
        middle = self.add_node((1.0 - share) * self.nodes[one] + share * self.nodes[two])
        density = float(self.density[segment])
        self.ends[segment] = one, middle
        self.density[segment] = density / share
        self.ends[self.size] = middle, two
        self.density[self.size] = density / (1.0 - share)
        self.size += 1
        return middle

    def web(self) -> Web:
        anchors = np.zeros(self.count, np.bool_)
        anchors[self.anchors] = True
        return Web(self.nodes[: self.count], self.ends[: self.size], anchors=anchors)

    def rest(self) -> Web:
        web = relaxed(self.web(), self.density[: self.size])
        self.nodes[: self.count] = web.nodes
        return web


def lay(how: Laying, manner: Manner, rng: np.random.Generator) -> Web:
    """Build a web in a box with one corner at the origin.

    Args:
        how: Parameters.
        manner: Where threads start and how steep they are.
        rng: The only source of randomness.

    Returns:
        One connected web at rest with tensions; its anchors lie on the walls.
    """
    net = _Net.with_room(2 * how.supports + 2 * how.threads, how.supports + 3 * how.threads)
    for _ in range(how.supports):
        one, two = (net.add_node(place, anchor=True) for place in _wall_to_wall(how, manner, rng))
        net.add_thread(one, two, how.support_tension * float(np.exp(how.scatter * rng.normal())))
    every = max(how.threads // _RESTS, 1)
    for number in range(how.threads):
        for _ in range(_TRIES):
            if _lay_one(net, how, manner, rng):
                break
        if number % every == every - 1:
            net.rest()
    glued = relaxed(largest_part(welded(net.rest(), how.glue)))
    # Junctions drawn together by the last relaxation are merged, too.
    return relaxed(welded(glued, how.glue / 4.0))


def _wall_to_wall(how: Laying, manner: Manner, rng: np.random.Generator) -> Floats:
    """Return the ends (2, 3) of a support, on two walls, chosen by the product of their weights."""
    walls = np.array([rng.permutation(6)[:2] for _ in range(_CHOICE)])
    places = rng.uniform(size=(_CHOICE, 2, 3))
    np.put_along_axis(places, walls[:, :, None] // 2, walls[:, :, None] % 2, axis=2)
    places *= np.array(how.box)
    weight = manner.preference(places[:, 0]) * manner.preference(places[:, 1])
    return np.asarray(places[rng.choice(_CHOICE, p=weight / weight.sum())])


def _lay_one(net: _Net, how: Laying, manner: Manner, rng: np.random.Generator) -> bool:
    """Lay one thread; return False if none fits along the random direction."""
    start = net.nodes[net.ends[: net.size, 0]]
    along = net.nodes[net.ends[: net.size, 1]] - start
    lengths = np.linalg.norm(along, axis=1)
    weight = np.maximum(lengths - 2.0 * how.closest, 0.0) * manner.preference(start + along / 2.0)
    if not weight.sum() > 0.0:
        return False
    first = int(rng.choice(len(weight), p=weight / weight.sum()))
    share = float(rng.uniform(how.closest, lengths[first] - how.closest) / lengths[first])
    origin = start[first] + share * along[first]
    direction = rng.normal(size=3) * (1.0, 1.0, manner.flatten)
    direction /= np.linalg.norm(direction)
    wanted = float(rng.gamma(2.0, how.mean_length / 2.0))
    tension = float(np.exp(how.scatter * rng.normal()))
    if rng.random() < how.to_wall:
        end = net.add_node(_wall_ahead(how, origin, direction), anchor=True)
        net.add_thread(net.split(first, share), end, tension)
        return True
    gap, way, place = _meetings(origin, direction, start, along, lengths)
    fits = (gap < how.catch) & (way > max(2.0, how.closest)) & (lengths > 2.0 * how.closest)
    fits[first] = False
    if not fits.any():
        return False
    met = int(np.where(fits, np.abs(way - wanted), np.inf).argmin())
    margin = min(how.closest / lengths[met], 0.45)
    at = net.split(met, float(np.clip(place[met], margin, 1.0 - margin)))
    net.add_thread(net.split(first, share), at, tension)
    return True


def _wall_ahead(how: Laying, origin: Floats, direction: Floats) -> Floats:
    """Return where a ray from inside the room meets a wall."""
    with np.errstate(divide="ignore"):
        ways = np.where(direction > 0.0, np.array(how.box) - origin, -origin) / direction
    return np.asarray(origin + np.abs(ways[direction != 0.0]).min() * direction)


def _meetings(
    origin: Floats, direction: Floats, start: Floats, along: Floats, lengths: Floats
) -> tuple[Floats, Floats, Floats]:
    """Find the closest approach of a ray to each segment (S, 3) (Ericson 2005, 5.1.8).

    Returns:
        Three arrays (S,): the distance at the closest approach, the length along the ray up to it,
        and the share along the segment.
    """
    offset = origin - start
    on_ray, on_segment = along @ direction, (along * offset).sum(axis=1)
    before = offset @ direction
    squared = lengths**2
    apart = np.maximum(squared - on_ray**2, 1e-12 * np.maximum(squared, 1e-12))
    place = np.clip((on_segment - on_ray * before) / apart, 0.0, 1.0)
    way = np.maximum(place * on_ray - before, 0.0)
    gap = np.linalg.norm(offset + way[:, None] * direction - place[:, None] * along, axis=1)
    return gap, way, place
