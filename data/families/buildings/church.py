"""Churches: a nave with a front tower, a side tower or a bell gable; spire, flat or onion top."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.buildings_parts import (
    arched,
    gable_roof,
    gable_wall,
    square_crown,
    upright,
)
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.outlines import smooth
from caddis.data.families.solids import around, box, cylinder, minus, turned, union


def _cross(size: float, at: tuple[float, float, float]) -> Manifold:
    """Return a cross seen from the front, its foot at `at`."""
    thick = 0.2 * size
    bar = box((0.7 * size, thick, thick), (0, 0, 0.55 * size))
    return (box((thick, thick, size)) + bar).translate(at)


def _top(kind: str, half: float, rise: float) -> Manifold:
    """Return the roof of a square tower, standing on z = 0."""
    if kind == "battlements":
        return square_crown(2.1 * half, 2.1 * half, 0.5, 1.5, 0.9, at=(0, 0, 0))
    if kind == "spire":
        spire = turned([(0, 0), (1.55 * half, 0), (1.5 * half, 0.3), (0.1, rise), (0, rise)], 4)
        return spire.rotate((0, 0, 45)) + _cross(2.4, (0, 0, rise - 0.9))
    curve = smooth([(0.8 * half, 0.7), (1.15 * half, 1.9), (0.85 * half, 3.3), (0.3 * half, 4.4),
                    (0.18, 5.6)], 5)  # fmt: skip
    onion = turned([(0, 0), (0.8 * half, 0), *curve, (0, 5.6)], 24)
    return onion + _cross(2.4, (0, 0, 5.1))


def build(draw: Draw) -> Shape:
    """Draw one church; lengths are in metres. The door is at the front, the nave runs back."""
    plan = draw.pick("plan", ("front tower", "side tower", "twin towers", "chapel"))
    top = draw.pick("top", ("spire", "spire", "onion", "battlements"))
    width, length = draw.between(7, 9.5), draw.between(12, 18)
    wall, rise = draw.between(4.5, 6.5), draw.between(3.5, 5.5)
    eaves, ridge = 0.45, wall + rise
    parts = [upright(gable_wall(width, wall + 0.1, rise), length),
             gable_roof(width, rise, length + 0.8, 0.5, eaves, at=(0, 0, wall))]  # fmt: skip
    apse = draw.chance("apse", 0.5)
    if apse:
        parts += [cylinder(0.36 * width, 0.85 * wall, (0, length / 2, 0)),
                  cylinder(0.42 * width, 0.3 * width, (0, length / 2, 0.85 * wall - 0.1),
                           0.1)]  # fmt: skip
    front, half = -length / 2, draw.between(0.2, 0.26) * width
    spots: list[tuple[float, float]] = {
        "front tower": [(0.0, front - 0.6 * half)],
        "side tower": [(-width / 2 - 0.6 * half, front + 1.6 * half)],
        "twin towers": [(side * 0.5 * width, front + 0.2 * half) for side in (-1, 1)],
        "chapel": [],
    }[plan]
    tall, peak = ridge + draw.between(0.5, 4), draw.between(5, 9)
    bells = around(upright(arched(0.8 * half, 1.9), 0.9, (0, -half, tall - 3.0)), 4)
    for x, y in spots:
        tower = minus(box((2 * half, 2 * half, tall)), [bells])
        parts += [tower.translate((x, y, 0)), _top(top, half, peak).translate((x, y, tall - 0.05))]
    if plan == "chapel":
        belfry = upright(gable_wall(2.0, 2.4, 1.1), 1.2)
        belfry = minus(belfry, [upright(arched(0.9, 1.5), 3, (0, 0, 0.6))])
        parts += [belfry.translate((0, front + 0.7, ridge - 0.6)),
                  _cross(2.2, (0, front + 0.7, ridge + 2.6))]  # fmt: skip
    face = front - 1.6 * half if plan == "front tower" else front
    cuts = [upright(arched(1.9, 3.0), 0.8, (0, face, 0.2))]
    if plan != "front tower":
        rose = Manifold.cylinder(0.8, 0.95, circular_segments=24).rotate((90, 0, 0))
        cuts.append(rose.translate((0, front + 0.4, wall + 0.15 * rise)))
    count = draw.count("windows", 3, 4)
    for number in range(count):
        y = length * ((number + 0.6) / count - 0.5) + 0.8
        pane = upright(arched(1.1, 0.55 * wall), 0.7, (y, -width / 2, 0.25 * wall))
        hidden = {"side tower": 2.6, "twin towers": 1.2}.get(plan, 0.0) * half + 0.7
        if plan != "twin towers" or y > front + hidden:
            cuts.append(pane.rotate((0, 0, 90)))
        if y > front + hidden:  # no window where a tower would wall it up
            cuts.append(pane.scale((-1, 1, 1)).rotate((0, 0, -90)))
    nouns = {"chapel": ("chapel", "church"), "twin towers": ("twin-towered church", "church")}
    return Shape(minus(union(parts), cuts), nouns.get(plan, ("church",)))


FAMILY = Family("church", build, held_out=({"plan": "side tower", "top": "spire"},))
