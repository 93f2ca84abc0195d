"""The plan of a run: which models are trained, in which order and for how many steps.

It is made once and kept in a file: learning rates depend on the number of steps, which must
therefore not change when a run continues.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from caddis.geometry.errors import DataError
from caddis.geometry.files.atomic import write_text

SHARES = {"tokenizer": 0.55, "generator": 0.45}
PRESET_SHARES = {"small": 2.0}
"""Shares of a budget's time: a model's share times that of its preset (1 if not listed)."""

RESERVE = 60.0  # seconds of a budget reserved for measuring and writing results
FINISH = 40.0  # seconds from a model's last step to its weights: held-out figures, curves
LEAST_STEPS = 20


@dataclass(frozen=True)
class Part:
    """One model of one preset.

    Attributes:
        preset: Name of the preset.
        model: "tokenizer" or "generator".
        steps: Total number of optimiser steps; 0 until it is set.
        batch: Samples per step.
        compile: Whether torch.compile is used.
        rate: Measured steps per second; 0 if not measured.
        flops: Floating-point operations per step, forward and backward; 0 if not counted.
        start_seconds: Seconds from the call to the first step.
        done: Whether its weights are finished.
    """

    preset: str
    model: str
    steps: int = 0
    batch: int = 0
    compile: bool = False
    rate: float = 0.0
    flops: float = 0.0
    start_seconds: float = 0.0
    done: bool = False

    @property
    def name(self) -> str:
        """Name for users, such as "small tokenizer"."""
        return f"{self.preset} {self.model}"

    @property
    def share(self) -> float:
        """Share of a budget's time, relative to other parts."""
        return SHARES.get(self.model, 0.5) * PRESET_SHARES.get(self.preset, 1.0)


@dataclass(frozen=True)
class Plan:
    """The state of a run that is kept between calls.

    Attributes:
        parts: Parts in the order of training.
        began: Wall-clock time of the first call, seconds since 1970.
        device: Name of the GPU or processor.
        peak: Measured operations per second of a large matrix product.
        prepared_seconds: Seconds spent on preparing the data, over all calls.
    """

    parts: tuple[Part, ...] = ()
    began: float = 0.0
    device: str = ""
    peak: float = 0.0
    prepared_seconds: float = field(default=0.0)

    def with_part(self, part: Part) -> Plan:
        """Return the plan with the part of the same name replaced."""
        parts = tuple(part if one.name == part.name else one for one in self.parts)
        return replace(self, parts=parts)

    def asked(self, presets: tuple[str, ...], models: tuple[str, ...]) -> Plan:
        """Return the plan with the requested parts that it lacks appended."""
        known = {part.name for part in self.parts}
        wanted = [Part(preset, model) for preset in presets for model in models]
        return replace(self, parts=self.parts + tuple(p for p in wanted if p.name not in known))

    def steps_for(self, part: Part, left: float) -> int:
        """Return the number of steps of a part that fit its share of the `left` seconds."""
        waiting = [one for one in self.parts if not one.done and (one.steps == 0)]
        shares = sum(one.share for one in waiting if one.name != part.name) + part.share
        seconds = (left - RESERVE) * part.share / shares - part.start_seconds - FINISH
        return max(LEAST_STEPS, int(part.rate * seconds))


def read_plan(path: Path) -> Plan:
    """Read the plan of a file; return an empty plan if there is none.

    Raises:
        DataError: The file is damaged.
    """
    if not path.is_file():
        return Plan()
    try:
        content = json.loads(path.read_text("utf-8"))
        parts = tuple(Part(**part) for part in content.pop("parts"))
        return Plan(parts, **content)
    except (ValueError, TypeError, KeyError) as error:
        raise DataError(f"not a plan: {error!r}", str(path), "Delete the run's folder.") from error


def write_plan(path: Path, plan: Plan) -> None:
    """Write the plan for the next call."""
    write_text(path, json.dumps(asdict(plan), indent=2) + "\n")
