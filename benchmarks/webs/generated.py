"""The part of the page on generators."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.common.markdown import table
from benchmarks.common.numbers import mean_sd
from benchmarks.common.rows import Row
from benchmarks.webs.fidelity import PROPERTIES, mean_error, r_squared
from benchmarks.webs.held_out import HeldOut
from benchmarks.webs.making import FLOORS, PAIRS
from benchmarks.webs.mmd import BANDWIDTHS
from benchmarks.webs.verdict import measures, verdict
from caddis.geometry.webs.graph import Floats

_MMD_HEAD = tuple(f"{name} MMD" for name in BANDWIDTHS)


def section(rows: Sequence[Row], others: Sequence[Row], held: HeldOut) -> list[str]:
    """Return the part of the page.

    Args:
        rows: A row for each generator and seed.
        others: Rows of training webs, of the held-out webs themselves, and of the floors.
        held: What was asked, and what was compared with.
    """
    made, beside = _by_name(rows), _by_name(others)
    return [
        *_fidelity(made, held.asked),
        *_likeness(made, beside),
        *_better(made, held.asked),
        *_floors(made, beside),
        *_real(made, beside, list(held.real)),
    ]


def _by_name(rows: Sequence[Row]) -> dict[str, list[Row]]:
    named: dict[str, list[Row]] = {}
    for row in rows:
        named.setdefault(row["name"], []).append(row)
    return named


def _fidelity(made: dict[str, list[Row]], asked: Floats) -> list[str]:
    head = ("generator", *PROPERTIES)
    lines = ["### Asked and achieved", "", f"R2, against achieved = asked; {_METHOD_R2}", ""]
    lines += table(head, [[name, *_scores(of, asked)] for name, of in made.items()])
    lines += [_BY_CONSTRUCTION, ""]
    lines += ["Mean absolute error:", ""]
    errors = [[name, *_errors(of, asked)] for name, of in made.items()]
    lines += table(("generator", *(_with_unit(name) for name in PROPERTIES)), errors)
    lines += ["R2 of the webs as the models wrote them, before any repair:", ""]
    learned = {name: of for name, of in made.items() if name != "pieces"}
    raw = [[name, *_scores(of, asked, "achieved as written")] for name, of in learned.items()]
    return [*lines, *table(head, raw)]


_METHOD_R2 = (
    "of the repaired webs, as users get them; mean ± standard deviation over seeds. = means that "
    "every web has exactly the value asked for."
)


_BY_CONSTRUCTION = (
    "By construction, not by learning: analog-diffusion, discrete-diffusion and autoregressive "
    "write as many nodes as asked for, are scaled to the mean length, and give every node but the "
    "first an earlier neighbour, so that what they write is connected; the two diffusions also "
    "bring the edges to the number asked for. Pieces are connected as cut and scaled to the "
    "mean length. The released representations decide nodes, edges and lengths themselves."
)


def _with_unit(name: str) -> str:
    return f"{name}, mm" if name == "mean length" else name


def _scores(rows: Sequence[Row], asked: Floats, what: str = "achieved") -> list[str]:
    found = np.array([r_squared(asked, np.array(row[what])) for row in rows])
    off = [np.abs(np.array(row[what]) / asked.clip(min=1e-9) - 1.0).max(axis=0) for row in rows]
    exact = np.max(off, axis=0) < 1e-4  # of files in single precision
    return [
        "=" if same else mean_sd(column, 3) for same, column in zip(exact, found.T, strict=True)
    ]


def _errors(rows: Sequence[Row], asked: Floats) -> list[str]:
    found = np.array([mean_error(asked, np.array(row["achieved"])) for row in rows])
    digits = (2, 2, 3, 3, 3, 3, 3)
    return [mean_sd(column, many) for column, many in zip(found.T, digits, strict=True)]


def _likeness(made: dict[str, list[Row]], beside: dict[str, list[Row]]) -> list[str]:
    head = ("set", "connected as written, %", *_MMD_HEAD, "unique, %", "novel, %",
            "CPU s a web", "weights, MiB")  # fmt: skip
    shown = []
    for name, rows in {**beside, **made}.items():
        cost = ["", ""]
        if "cpu" in rows[0]:
            size = f"{rows[0]['mib']:.1f}" if rows[0]["mib"] else ""
            cost = [mean_sd([row["cpu"] for row in rows], 3), size]
        shown.append([
            name, mean_sd([100.0 * row["connected"] for row in rows], 1), *_mmds(rows, "mmd"),
            _two(rows, "unique"), _two(rows, "novel"), *cost,
        ])  # fmt: skip
    raw = [
        [
            name,
            *_mmds(rows, "mmd as written"),
            mean_sd([100 * r["connected after"] for r in rows], 1),
        ]
        for name, rows in made.items()
        if name != "pieces"
    ]
    return [
        "### Like held-out webs",
        "",
        "Squared MMD x 1000 against the held-out webs; training webs are the ceiling, two kinds "
        "of graphs with the same nodes and edges the floors. Generators were asked for the sizes "
        "of just these held-out webs, training webs have others, so the ceiling can be passed. "
        "Unique: different webs as a share of all; novel: not among the training webs; each by "
        "topology, and by topology and edge lengths (isomorphic by Weisfeiler-Lehman hashes).",
        "",
        *table(head, shown),
        "The same MMD of the webs as the models wrote them, and the share connected after repair:",
        "",
        *table(("generator", *_MMD_HEAD, "connected after repair, %"), raw),
    ]


def _mmds(rows: Sequence[Row], what: str) -> list[str]:
    return [mean_sd([1000.0 * row[what][name] for row in rows], 2) for name in BANDWIDTHS]


def _two(rows: Sequence[Row], what: str) -> str:
    topology, geometry = (100.0 * np.mean([row[what][place] for row in rows]) for place in (0, 1))
    return f"{topology:.1f} / {geometry:.1f}"


def _better(made: dict[str, list[Row]], asked: Floats) -> list[str]:
    lines = ["### Better than the baselines?", ""]
    for state, title in (("", "Repaired, as a user gets them:"), (" as written", "As written:")):
        lines += [title, ""]
        for name, baseline in PAIRS.items():
            if name in made and baseline in made:
                found = list(measures(asked, made[name], made[baseline], state))
                lines += [f"- {verdict(name, baseline, found)}"]
            else:
                lines += [f"- {name} and {baseline}: not both measured."]
        lines += [""]
    return lines


def _floors(made: dict[str, list[Row]], beside: dict[str, list[Row]]) -> list[str]:
    """Say which of ours are not nearer to held-out webs than graphs that are no webs."""
    lines = []
    for name in (name for name in PAIRS if name in made):
        pairs = [
            (one, floor, _mean(made[name], one), _mean(beside[floor], one))
            for floor in FLOORS
            for one in BANDWIDTHS
        ]
        far = [
            f"{one} ({ours:.1f} against {theirs:.1f} of {floor})"
            for one, floor, ours, theirs in pairs
            if ours >= theirs
        ]
        said = f"is not below the floor by {'; '.join(far)}" if far else "is below both floors"
        lines += [f"- {name} {said}."]
    return ["Against the floors, by every MMD:", "", *lines, ""]


def _mean(rows: Sequence[Row], name: str) -> float:
    return float(np.mean([1000.0 * row["mmd"][name] for row in rows]))


def _real(made: dict[str, list[Row]], beside: dict[str, list[Row]], names: list[str]) -> list[str]:
    if not names:
        return []
    lines = [
        "### Against real webs",
        "",
        "Squared MMD x 1000 against samples of 8 to 64 nodes of real webs, none of which was "
        "learned from. Generated webs are those above, asked for the sizes of synthetic webs.",
        "",
    ]
    for name in names:
        shown = [
            [who, *(mean_sd([1000 * row["real"][name][one] for row in rows], 1)
                    for one in BANDWIDTHS)]
            for who, rows in {**beside, **made}.items()
        ]  # fmt: skip
        lines += [f"{name}:", "", *table(("set", *_MMD_HEAD), shown)]
    return lines
