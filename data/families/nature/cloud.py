"""Clouds: puffs in a row with a flat or a round belly; some rain, flash or smile on a stand."""

from __future__ import annotations

from manifold3d import Manifold

from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, limb
from caddis.data.families.outlines import polygon
from caddis.data.families.solids import cylinder, union


def build(draw: Draw) -> Shape:
    """Draw one cloud; lengths are in metres."""
    belly = draw.pick("belly", ("flat", "round"))
    weather = draw.pick("weather", ("fair", "fair", "rain", "thunder"))
    size, deep = draw.between(2.2, 2.8), draw.between(0.62, 0.9)
    puffs = draw.count("puffs", 3, 5)
    step = draw.between(0.95, 1.15) * size
    parts = []
    for number in range(puffs):
        place = number - (puffs - 1) / 2
        share = 1 - (abs(place) / (puffs / 2 + 0.3)) ** 2
        radius = size * (0.62 + 0.55 * share) * draw.between(0.88, 1.12)
        z = 0.45 * radius * (1 if belly == "flat" else 0.4)
        parts.append(
            blob(
                (place * step, draw.between(-0.2, 0.2) * size, z),
                (radius, deep * radius, radius),
                32,
            )
        )
    half = (puffs - 1) / 2 * step
    parts += [
        blob((x, -0.35 * size, 0.3 * size), (0.8 * size, 0.6 * size, 0.72 * size))
        for x in (-0.45 * half, 0.5 * half)
    ]
    parts.append(limb((-half, 0, 0.1 * size), (half, 0, 0.1 * size), 0.5 * size))
    cloud = union(parts)
    if belly == "flat":
        cloud = cloud.trim_by_plane((0, 0, 1), -0.2 * size)
    low = cloud.bounding_box()[2]
    if weather != "fair":
        cloud = union([cloud, *_under(draw, weather, low, half, size)])
        nouns = (
            ("rain cloud", "cloud")
            if weather == "rain"
            else ("thundercloud", "cloud with a lightning bolt")
        )
    else:
        cloud = cloud.trim_by_plane((0, 0, 1), low + 0.05 * size)
        nouns = ("cloud", "flat-bottomed cloud" if belly == "flat" else "puffy cloud")
    return Shape(cloud.translate((0, 0, -cloud.bounding_box()[2])), nouns)


def _under(draw: Draw, weather: str, low: float, half: float, size: float) -> list[Manifold]:
    """Return rods of rain or a flash that stand on a plinth below the cloud."""
    drop = draw.between(1.5, 2.2) * size
    plinth = [
        cylinder(1.0, 0.3 * size, (0, 0, low - drop - 0.2 * size)).scale(
            (half + size, 0.6 * size, 1)
        )
    ]
    if weather == "thunder":
        flash = polygon(
            [
                (0.5, 0.3),
                (-0.15, 0.3),
                (-0.6, -0.55),
                (-0.05, -0.5),
                (-0.35, -1.1),
                (0.55, -0.32),
                (0.05, -0.36),
            ]
        ).scale((1.1 * size, drop))
        bolt = flash.extrude(0.5 * size).rotate((90, 0, 0)).translate((0, 0.25 * size, low))
        return [*plinth, bolt]
    count = draw.count("drops", 3, 5)
    rain = []
    for number in range(count):
        x = (number - (count - 1) / 2) * 1.6 * half / (count - 1)
        rain += [
            limb(
                (x, 0, low + 0.9 * size), (x - 0.25 * size, 0, low - drop), 0.14 * size, segments=12
            ),
            blob(
                (x - 0.14 * size, 0, low - 0.5 * drop), (0.26 * size, 0.26 * size, 0.42 * size), 16
            ),
        ]
    return [*plinth, *rain]


FAMILY = Family("cloud", build, held_out=({"belly": "round", "weather": "thunder"},))
