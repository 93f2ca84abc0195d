"""Stiffness: the frame against closed forms, and webs of each kind."""

from __future__ import annotations

import time

import numpy as np

from benchmarks.common.markdown import table
from benchmarks.common.rows import Row, Rows
from caddis.data.webs.kinds import KINDS, build_web
from caddis.geometry.webs import Web
from caddis.geometry.webs.mechanics import stretch
from caddis.geometry.webs.mechanics.frame import frame_stiffness
from caddis.geometry.webs.mechanics.material import PLA
from caddis.geometry.webs.mechanics.solving import solve
from caddis.geometry.webs.solid import with_radii


def measure(results: Rows) -> tuple[Row, list[Row]]:
    """Return the comparison with closed forms, and a row a kind of web."""
    beam = results.once({"part": "beam"}, _beam)
    rows = [results.once({"part": "stiffness", "web": kind}, _pulled, kind) for kind in KINDS]
    return beam, rows


def _beam() -> Row:
    radius, length, force = 1.0, 60.0, 2.0
    beam = Web(np.array([[0, 0, 0], [length, 0, 0]]), np.array([[0, 1]]), np.array([radius]))
    fixed, loads = np.repeat([True, False], 6), np.zeros(12)
    loads[7] = force
    tip = solve(frame_stiffness(beam, PLA), fixed, np.zeros(12), loads).displacements[7]
    bent = force * length**3 / (3.0 * PLA.young_mpa * np.pi * radius**4 / 4.0)
    pulled = stretch(beam, "x").stiffness.force_n / (PLA.young_mpa * np.pi * radius**2)
    return {"bent": float(tip / bent), "pulled": float(pulled)}


def _pulled(kind: str) -> Row:
    web = with_radii(build_web(kind, 0), 1.0)
    began = time.process_time()
    found = stretch(web, "x").stiffness
    return {
        "struts": len(web.edges), "modulus": found.modulus_mpa, "density": found.relative_density,
        "mass": found.mass_g, "specific": found.specific, "cpu": time.process_time() - began,
    }  # fmt: skip


def section(beam: Row, rows: list[Row]) -> list[str]:
    """Return the part of the page."""
    head = ("web", "struts", "modulus MPa", "relative density", "mass g",
            "modulus per density, MPa cm3/g", "CPU seconds")  # fmt: skip
    names = ("web", "struts", "modulus", "density", "mass", "specific", "cpu")
    return [
        "## Stiffness",
        "",
        f"A cantilever of one strut bends by {beam['bent']:.12f} of F L^3 / (3 E I) and resists a "
        f"pull with {beam['pulled']:.12f} of E A. `tests/geometry/webs/test_mechanics.py` holds "
        "the frame against more closed forms, against the energy of its beams, and against "
        "PyNiteFEA (`benchmarks/frame_oracle.py`).",
        "",
        "Webs as prints of PLA (3500 MPa, 1.24 g/cm3), struts of 1 mm, rigid joints, clamped at "
        "both ends along x:",
        "",
        *table(head, [[row[name] for name in names] for row in rows]),
    ]
