"""The report of the gate: the result of each check, and the overall result."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["pass", "warn", "fail"]
Bound = Literal["at most", "at least", "exactly"]

# A mesh that passes these checks is one closed solid; the others tell whether it prints well.
SOLID_CHECKS = frozenset(
    {
        "closed",
        "oriented",
        "edge_manifold",
        "vertex_manifold",
        "bodies",
        "self_intersections",
        "overlaps",
    }
)


@dataclass(frozen=True)
class Check:
    """The result of one check of a mesh.

    Attributes:
        name: What was measured, in snake_case; it does not change between versions.
        status: "pass", "warn" (prints, but look at it) or "fail".
        value: The measured value; None if it cannot be measured on this mesh.
        threshold: The limit that `value` is compared with.
        unit: Unit of both.
        hint: How to mend it, in plain words; empty on a pass.
        bound: How `value` must relate to `threshold`.
    """

    name: str
    status: Status
    value: float | None
    threshold: float
    unit: str
    hint: str = ""
    bound: Bound = "at most"


def judged(
    name: str,
    value: float | None,
    threshold: float,
    unit: str,
    hint: str,
    *,
    bound: Bound = "at most",
    otherwise: Status = "fail",
) -> Check:
    """Compare `value` with `threshold`; keep the hint only if the check does not pass.

    `otherwise` is the status of a check that does not pass. A value of None, which could not be
    measured, never passes.
    """
    good = (
        value is not None
        and {
            "at most": value <= threshold,
            "at least": value >= threshold,
            "exactly": value == threshold,
        }[bound]
    )
    if good:
        return Check(name, "pass", value, threshold, unit, "", bound)
    return Check(name, otherwise, value, threshold, unit, hint, bound)


@dataclass(frozen=True)
class GateReport:
    """Every check of one mesh against one process.

    Attributes:
        profile: Name of the process.
        checks: In reading order: solid first, then size, then printing.
    """

    profile: str
    checks: tuple[Check, ...]

    def __getitem__(self, name: str) -> Check:
        """Return the check of that name; KeyError if it was not made."""
        for check in self.checks:
            if check.name == name:
                return check
        known = ", ".join(check.name for check in self.checks)
        raise KeyError(f"no check is called {name!r}; there are {known}")

    @property
    def status(self) -> Status:
        """The worst status of all checks."""
        found = {check.status for check in self.checks}
        return "fail" if "fail" in found else "warn" if "warn" in found else "pass"

    @property
    def passed(self) -> bool:
        """True if no check fails; warnings are allowed."""
        return self.status != "fail"

    @property
    def is_solid(self) -> bool:
        """True if the mesh is proven to be one closed, manifold solid without crossings."""
        return all(check.status == "pass" for check in self.checks if check.name in SOLID_CHECKS)

    def to_json(self) -> dict[str, Any]:
        """Return plain dicts, lists, strings and numbers, in a stable order."""
        checks = [asdict(check) for check in self.checks]
        for check in checks:
            for key in ("value", "threshold"):
                check[key] = _short(check[key])
        return {
            "profile": self.profile,
            "status": self.status,
            "passed": self.passed,
            "is_solid": self.is_solid,
            "checks": checks,
        }

    def table(self) -> list[tuple[str, str, str, str, str]]:
        """Return rows of text: check, status, measured, wanted, hint."""
        return [
            (
                check.name.replace("_", " "),
                check.status,
                _with_unit(check.value, check.unit),
                f"{check.bound} {_with_unit(check.threshold, check.unit)}",
                check.hint,
            )
            for check in self.checks
        ]


def _short(value: float | None) -> float | int | None:
    # Six digits are more than any check needs, and whole numbers stay whole.
    if value is None or isinstance(value, int):
        return value
    return float(f"{_unsigned_zero(value):.6g}")


def _with_unit(value: float | None, unit: str) -> str:
    if value is None:
        return "unknown"
    text = f"{value:,d}" if isinstance(value, int) else f"{_unsigned_zero(value):,.4g}"
    return f"{text} {unit}".strip()


def _unsigned_zero(value: float) -> float:
    """Return 0 for values that are 0 but for rounding, so that none is shown as "-1e-17 mm"."""
    return 0.0 if abs(value) < 1e-12 else value
