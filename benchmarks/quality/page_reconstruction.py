"""The page's part on reconstruction: words and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.common.markdown import spaced_table
from benchmarks.common.numbers import mean_iqr, percent, share_of
from benchmarks.quality.bench import Bench
from benchmarks.quality.cost import RESOLUTION
from benchmarks.quality.goals import goals
from benchmarks.quality.rebuilding import EXTRACTED, LENGTHS
from benchmarks.quality.shape_scores import POINTS, TAUS

TITLE = "Reconstruction of held-out objects"
TITLES = {
    "all": "all tokens",
    "half": "coarse and half of the fine cells",
    "coarse": "coarse alone",
    EXTRACTED: "no tokens: the original, meshed in the same way",
}
HEAD = (
    "IoU", "IoU near the surface", "CD-L1 x 100", *(f"F-score @ {tau}, %" for tau in TAUS),
    "volume: error, %", "signed, %", "within 2 %, %", "bodies kept, %", "holes kept, %",
    "both, %", "both, no specks, %",
)  # fmt: skip
SOLID_GROUPS = 6  # equal groups by the share of the box that is solid

Figures = dict[str, Any]


def reconstruction_section(bench: Bench, found: Figures, unlike: Figures | None) -> list[str]:
    """Return the section; `unlike` are the figures of the meshes of --eval, if they are there."""
    return [
        f"## {TITLE}", "",
        *_head(bench, found), *_goals(found), *_means(found), *_groups(found), *_classes(found),
        *_codes(found), *_cost(found), *_unlike(bench, unlike), *_picture(),
    ]  # fmt: skip


def cells(scores: dict[str, list[float]], chosen: Sequence[int]) -> list[str]:
    """Return the cells of `HEAD` for some of the objects."""

    def of(key: str) -> list[float]:
        return [scores[key][index] for index in chosen]

    volume = of("volume")
    return [
        mean_iqr(of("iou"), 3), mean_iqr(of("near_iou"), 3), mean_iqr(of("cd"), 2, 100.0),
        *(mean_iqr(of(f"f_{tau}"), 1, 100.0) for tau in TAUS),
        mean_iqr([abs(one) for one in volume], 1, 100.0), mean_iqr(volume, 1, 100.0),
        *(share_of(of(key)) for key in ("volume_kept", "bodies_kept", "holes_kept", "both_kept",
                                        "strictly_kept")),
    ]  # fmt: skip


def _head(bench: Bench, found: Figures) -> list[str]:
    limit = f" --limit {bench.options.limit}" if bench.options.limit else ""
    lengths = ", ".join(f"{TITLES[name]}: {length}" for name, length in LENGTHS.items())
    return [
        f"`python -m benchmarks.quality --only reconstruction --seed {bench.options.seed}{limit}`, "
        f"tokenizer sha256 `{bench.tokenizer_sha256[:16]}`, objects.json sha256 "
        f"`{bench.data_sha256[:16]}`.",
        "",
        f"{len(found['rows'])} test objects, encoded and decoded. A shape has 4 tokens "
        "of its frame (symmetry and sides of the box), 64 coarse and 512 fine ones; tokens read: "
        f"{lengths}. Surfaces: the product's own extraction at {RESOLUTION} cells a side, nothing "
        "repaired or dropped.",
        "",
    ]


def _goals(found: Figures) -> list[str]:
    rows = [
        [goal.name, goal.wanted, goal.measured, "yes" if goal.reached else "no"]
        for goal in goals(found)
    ]
    return ["### Goals", "", *spaced_table(["figure", "goal", "measured", "reached"], rows)]


def _means(found: Figures) -> list[str]:
    every = range(len(found["rows"]))
    rows = [[TITLES[name], *cells(scores, every)] for name, scores in found["scores"].items()]
    return [
        "### All test objects",
        "",
        "Means over objects, the first and the third quartile in brackets. IoU on 2,048 uniform "
        "points of the box [-.55, .55]^3, and on 4,096 points near the true surface (half sigma "
        f"0.01, half 0.05). CD-L1 x 100 and F-score from {POINTS:,} points on each surface to the "
        "other surface itself (mean of both mean distances; no sampling floor); a shape without "
        "surface counts as CD 50. Volume error: |V'/V - 1| and V'/V - 1 with its sign. Bodies and "
        "holes (the genus) are kept when there are as many as in the original. Specks, bodies "
        "under .2 % of the volume, do not count, as in `caddis data prepare`; in the last column "
        "they do. The last row is what the frame and the extraction cost without any tokens.",
        "",
        *spaced_table(["tokens", *HEAD], rows),
    ]


def _groups(found: Figures) -> list[str]:
    solid = np.array(found["solid"])
    parts = np.array_split(np.argsort(solid, kind="stable"), SOLID_GROUPS)
    by_solid = {
        f"{100 * solid[part[0]]:.1f} to {100 * solid[part[-1]]:.1f} %": part.tolist()
        for part in parts
        if len(part)
    }
    return [
        "### By symmetry", "", *_group_table(found, "symmetry", _members(found["symmetry"])),
        "### By share of the box that is solid", "",
        "Six groups of equally many objects. The box is that of the uniform points, 1.331 in "
        "volume.", "", *_group_table(found, "solid", by_solid),
        "### By kind", "", *_group_table(found, "kind", _members(found["kind"])),
    ]  # fmt: skip


def _members(names: Sequence[str]) -> dict[str, list[int]]:
    return {
        name: [index for index, one in enumerate(names) if one == name]
        for name in sorted(set(names))
    }


def _group_table(found: Figures, title: str, groups: dict[str, list[int]]) -> list[str]:
    rows = [
        [f"{name} ({len(chosen)})", TITLES[variant], *cells(found["scores"][variant], chosen)]
        for name, chosen in groups.items()
        for variant in ("all", "coarse")
    ]
    return spaced_table([f"{title} (objects)", "tokens", *HEAD], rows)


def _classes(found: Figures) -> list[str]:
    before, known = percent(found["named"]), np.count_nonzero(~np.isnan(found["named"]))
    if not known:
        return []
    rows = [["originals", f"{before:.1f}", "", "", ""]]
    for name, title in TITLES.items():
        row = [title]
        for key in ("named", "named_largest"):
            after = percent(found["scores"][name][key])
            row += [f"{after:.1f}", f"{after - before:+.1f}"]
        rows.append(row)
    return [
        "### Class accuracy of reconstructions",
        "",
        f"The classifier of [Class accuracy](#class-accuracy) on all {known} test objects of the "
        f"{found['classes']} categories that it knows: what share it names rightly, and the "
        "difference to the originals in points. Of all bodies together, and of the largest body "
        "alone, each moved and scaled to its own unit box.",
        "",
        *spaced_table(
            ["shapes", "all bodies, %", "difference", "largest body, %", "difference"], rows
        ),
    ]


def _codes(found: Figures) -> list[str]:
    rows = [
        [name, f"{one['codes']:.0f}", f"{one['used']:.1f}", f"{one['perplexity']:.0f}"]
        for name, one in found["codes"].items()
    ]
    return ["### Codes", "", *spaced_table(["cells", "codes", "used, %", "perplexity"], rows)]


def _cost(found: Figures) -> list[str]:
    taken = found["cost"]
    return [
        "### Time and memory",
        "",
        f"Medians over {taken['objects']} objects in a process of its own with {taken['threads']} "
        f"threads on {taken['cores']} cores; on average {taken['load']:.1f} other processes wanted "
        "to run in the minute before. Memory is what the largest of the objects adds to a process "
        f"that has torch and the weights loaded ({taken['before'] / 1e6:.0f} MB).",
        "",
        *spaced_table(
            ["find the symmetry, s", "encode, s", f"decode and mesh at {RESOLUTION}^3, s",
             "all, s", "memory, MB", "weight file, MB"],
            [[*(f"{taken[key]:.3f}" for key in ("symmetry", "encode", "decode", "all")),
              f"{taken['memory'] / 1e6:.0f}", f"{found['bytes'] / 1e6:.2f}"]],
        ),
    ]  # fmt: skip


def _unlike(bench: Bench, found: Figures | None) -> list[str]:
    title = ["### Meshes unlike the training data", ""]
    if found is None:
        folder = bench.options.eval
        return [*title, f"Not measured: there is no `{folder}/manifest.csv`.", ""]
    if not found["name"]:
        return [*title, "None of them could be read.", ""]
    every = range(len(found["name"]))
    means = [[TITLES[name], *cells(scores, every)] for name, scores in found["scores"].items()]
    refused = [f"Left out: {name} ({reason})." for name, reason in found["refused"]]
    opened = [n for n, solid in zip(found["name"], found["solidified"], strict=True) if solid]
    return [
        *title,
        f"{len(found['name'])} meshes of `{bench.options.eval}`: animals, figures, machine parts, "
        "vehicles, scans. They are not turned upright. Not closed, and "
        f"therefore solidified first: {', '.join(opened) or 'none'}.",
        "",
        *refused, *([""] if refused else []),
        *spaced_table(["tokens", *HEAD], means),
        *spaced_table(
            ["mesh", "group", "symmetry", "IoU, all", "IoU, coarse", "near, all",
             "F-score @ 0.01, %", "volume, %", "bodies, holes", "both kept"],
            [_mesh_row(found, index) for index in np.argsort(found["scores"]["all"]["iou"])[::-1]],
        ),
    ]  # fmt: skip


def _mesh_row(found: Figures, index: int) -> list[str]:
    whole, coarse = found["scores"]["all"], found["scores"]["coarse"]
    counted = found["pieces"][index]
    kept = {0.0: "no", 1.0: "yes"}.get(whole["both_kept"][index], "-")
    return [
        found["name"][index], found["group"][index], found["symmetry"][index],
        f"{whole['iou'][index]:.3f}", f"{coarse['iou'][index]:.3f}",
        f"{whole['near_iou'][index]:.3f}", f"{100 * whole['f_0.01'][index]:.1f}",
        f"{100 * whole['volume'][index]:+.1f}", ", ".join(map(str, counted)) or "-", kept,
    ]  # fmt: skip


def _picture() -> list[str]:
    return [
        "### Pictures",
        "",
        "Test objects, each as its original, from all tokens and from the coarse ones alone, with "
        "the IoU. Chosen by rank of the IoU from all tokens at equal steps: the worst of all is "
        "the first, the best the last.",
        "",
        "![Reconstructions](quality-reconstructions.png)",
        "",
    ]
