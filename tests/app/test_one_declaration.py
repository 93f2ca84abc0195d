"""Command line, Python, HTTP and batch have the same options, defaults and limits."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields
from typing import Any, get_args

import pytest

import caddis
from caddis.app.batch.fields import known
from caddis.app.batch.options import BatchOptions
from caddis.app.making.options import CheckOptions, RepairOptions
from caddis.app.making.web_options import ModelName, SingleSamples, Structure
from caddis.app.page.server.job_models import (
    CheckJob,
    CreateJob,
    ReconstructJob,
    RepairJob,
    WebJob,
)
from caddis.generation.request import FieldSurface, Request, Sampling
from caddis.generation.webs.registry import WEB_GENERATORS
from caddis.geometry.gate.profiles import PROFILES
from caddis.geometry.options.checked import described
from caddis.geometry.options.kinds import Process
from caddis.geometry.options.points import PointSurface, ReconstructOptions
from caddis.geometry.options.webs import SolidOptions
from caddis.geometry.surfaces.backends import backend_names, point_backend_names

ALL = (
    *(
        BatchOptions,
        CheckOptions,
        RepairOptions,
        ReconstructOptions,
        Request,
        Sampling,
        SingleSamples,
    ),
    *(Structure, SolidOptions),
)


@pytest.mark.parametrize(
    ("declared", "there"),
    [
        (Process, PROFILES),
        (FieldSurface, backend_names()),
        (PointSurface, point_backend_names()),
        (ModelName, WEB_GENERATORS),
    ],
)
def test_declared_choices_are_those_that_exist(declared: Any, there: Any) -> None:
    assert set(get_args(declared)) == set(there)


@pytest.mark.parametrize("owner", ALL)
def test_every_option_has_a_description(owner: type) -> None:
    assert set(described(owner)) == {one.name for one in fields(owner)}


@pytest.mark.parametrize(
    ("function", "owners", "own"),
    [
        (caddis.generate, (Request, Sampling), {"on_token"}),
        (caddis.reconstruct, (ReconstructOptions,), {"scan", "on_step"}),
        (caddis.repair, (RepairOptions,), {"mesh"}),
        (caddis.check, (CheckOptions,), {"mesh", "bodies"}),
        (caddis.generate_webs, (SingleSamples,), set()),
        (caddis.run_batch, (BatchOptions,), {"jobs", "out", "on_done"}),
    ],
)
def test_python_has_every_option_with_its_default(
    function: Callable[..., Any], owners: tuple[type, ...], own: set[str]
) -> None:
    given = {
        name: one.default
        for name, one in inspect.signature(function).parameters.items()
        if name not in own
    }
    declared = {
        one.name: one.default for owner in owners for one in fields(owner) if one.name != "sampling"
    }
    if function is caddis.generate_webs:
        del declared["web"]  # Python has the web itself
    assert given == declared


@pytest.mark.parametrize(
    ("model", "owners"),
    [
        (CreateJob, (Request, Sampling)),
        (ReconstructJob, (ReconstructOptions,)),
        (CheckJob, (CheckOptions,)),
        (RepairJob, (RepairOptions,)),
        (WebJob, (Structure, SingleSamples, SolidOptions)),
    ],
)
def test_http_has_the_same_defaults(model: Any, owners: tuple[type, ...]) -> None:
    defaults = {one.name: one.default for owner in reversed(owners) for one in fields(owner)}
    own = {"kind", "file", "web_kind", "axis"}
    for name, field in model.model_fields.items():
        if name not in own:
            assert field.default == defaults[name], name
            assert field.description or name in {"count", "resolution"}


def test_a_batch_has_the_same_fields() -> None:
    assert known("generate") > {one.name for one in fields(Sampling)}
    assert known("reconstruct") >= {one.name for one in fields(ReconstructOptions)}
    assert known("web") > {one.name for one in fields(SolidOptions)}
