"""Time, memory and the print gate's answer for tangles of thousands of struts."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from dataclasses import asdict
from multiprocessing import get_context

import numpy as np

from benchmarks.common.markdown import table
from benchmarks.common.rows import Row, Rows
from caddis.data.webs.kinds import Tangle
from caddis.data.webs.threads import Laying
from caddis.geometry.gate import check
from caddis.geometry.webs.solid import SolidOptions, web_solid

_SECONDS, _GIB, _STRUTS = 30.0, 2.0, 5000
"""What a solid of so many struts may cost."""


def measure(results: Rows, threads: int) -> list[Row]:
    """Return a row for each solid.

    Args:
        results: Where rows are kept.
        threads: Threads of the large tangle, of about 2.5 struts each.
    """
    one = SolidOptions(diameter_mm=0.8, base="cut")
    tasks = [
        (threads // 8, one),
        (threads // 8, SolidOptions(diameter_mm=0.8, base="frame")),
        (threads, one),
        (threads, SolidOptions(diameter_mm=0.8, base="cut", fineness=2.5)),
    ]
    return [
        results.once(_key(task), _apart, task) for task in tasks if results.open_for(_key(task))
    ]


def _key(task: tuple[int, SolidOptions]) -> Row:
    threads, how = task
    return {"part": "solid", "threads": threads, "how": asdict(how)}


def _apart(task: tuple[int, SolidOptions]) -> Row:
    """Measure in a process of its own, so that its memory is its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_solid, (task,))


def _solid(task: tuple[int, SolidOptions]) -> Row:
    threads, how = task
    web = Tangle(Laying(threads=threads)).build(0)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wall, cpu = time.perf_counter(), time.process_time()
    made = web_solid(web, how)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    report = check(made.mesh)
    bad = [one.name for one in report.checks if one.status == "fail"]
    assert made.web.radii is not None  # noqa: S101  # `web_solid` gave every strut one
    volume = float((np.pi * made.web.radii**2 * made.web.lengths).sum()) / made.mesh.volume
    return {
        "struts": len(web.edges), "wall": wall, "cpu": cpu, "peak": peak / 2**20,
        "before": before / 2**20, "faces": len(made.mesh.faces), "volume": volume,
        "gate": report.status, "bad": bad, "thinnest": report["wall"].value,
        "gate cpu": time.process_time() - began,
    }  # fmt: skip


def section(rows: Sequence[Row]) -> list[str]:
    """Return the part of the page."""
    if not rows:
        return []
    head = ("struts", "base", "cells across", "seconds", "CPU seconds", "peak GiB",
            "of which before", "faces", "strut volume / solid", "gate (fdm)", "failed",
            "wall mm", "gate CPU s")  # fmt: skip
    shown = [
        [row["struts"], row["how"]["base"], row["how"]["fineness"], row["wall"], row["cpu"],
         row["peak"], row["before"], row["faces"], row["volume"], row["gate"],
         ", ".join(row["bad"]) or "none", row["thinnest"], row["gate cpu"]]
        for row in rows
    ]  # fmt: skip
    large = [row for row in rows if row["struts"] >= _STRUTS]
    return [
        "## Strut solids",
        "",
        "Tangles in a 100 mm box, struts of 0.8 mm, one process. Struts of a print overlap at "
        "joints and are never thinner than asked, so the volumes of both differ.",
        *([_limits(large)] if large else []),
        "",
        *table(head, shown),
    ]


def _limits(large: Sequence[Row]) -> str:
    cpu, peak = (max(row[name] for row in large) for name in ("cpu", "peak"))
    kept = "below" if cpu < _SECONDS and peak < _GIB else "NOT below"
    return (
        f"With {_STRUTS} struts and more: at most {cpu:.1f} CPU seconds and {peak:.2f} GiB, "
        f"{kept} {_SECONDS:.0f} s and {_GIB:.0f} GiB. Seconds by the clock hold waiting for "
        "other work on the same cores."
    )
