"""Models of the requests and answers of plain HTTP, from which the OpenAPI page is made."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from caddis.app.making.options import CheckOptions, RepairOptions
from caddis.app.making.web_options import CurveName, Kind, SingleSamples, Structure
from caddis.app.page.jobs.web_design import MAX_SAMPLES
from caddis.app.page.server.job_service import MAX_CELLS, MAX_COUNT
from caddis.app.page.server.open_jobs import State
from caddis.generation.request import Request, Sampling
from caddis.geometry.options.checked import annotation, described
from caddis.geometry.options.kinds import Axis
from caddis.geometry.options.points import ReconstructOptions
from caddis.geometry.options.webs import SolidOptions

Uploaded = Annotated[
    str,
    Field(max_length=500, description="The path that POST /gradio_api/upload returned."),
]
_JSON_INTEGER = 2**53  # larger ones lose digits in other people's JSON
_FILE = {"file": (Uploaded, ...)}


def job_model(
    kind: str,
    about: str,
    owners: tuple[type, ...],
    *,
    leave_out: Collection[str] = (),
    more: Mapping[str, Any] | None = None,
) -> type[BaseModel]:
    """Return the request model of a kind of job, made from the dataclasses of its options.

    Args:
        kind: Kind of the job.
        about: Description of the job.
        owners: Dataclasses whose fields it takes, with limits, defaults and descriptions.
        leave_out: Fields that visitors cannot set.
        more: Further fields, or fields with other limits, as for `pydantic.create_model`.
    """
    taken: dict[str, Any] = {"kind": (Literal[kind], ...)}
    for owner in owners:
        for one in fields(owner):
            if one.name not in leave_out and one.name not in taken:
                text = described(owner)[one.name]
                kept = annotation(owner, one.name)
                if one.name == "seed":
                    kept = Annotated[kept, Field(le=_JSON_INTEGER)]
                taken[one.name] = (kept, Field(one.default, description=text))
    name = f"{kind.capitalize()}Job"
    made: type[BaseModel] = create_model(
        name,
        __config__=ConfigDict(extra="forbid", allow_inf_nan=False),
        **{**taken, **(more or {})},
    )
    made.__doc__ = about
    return made


_NOT_OFFERED = ("weights", "device", "preset", "candidates", "sampling")
CreateJob = job_model(
    "create",
    "Generate solids from words, a category, or both.",
    (Request, Sampling),
    leave_out=(*_NOT_OFFERED, "temperature", "final_temperature", "top_p"),
    more={
        "count": (Annotated[int, Field(ge=1, le=MAX_COUNT)], Request.count),
        "resolution": (Annotated[int, Field(ge=16, le=MAX_CELLS)], Request.resolution),
    },
)
ReconstructJob = job_model(
    "reconstruct",
    "Turn a scan, points or a mesh, into one closed solid.",
    (ReconstructOptions,),
    more={
        "resolution": (Annotated[int | None, Field(ge=16, le=256)], None),
        "surface": (
            Literal["gridpull", "voromesh"] | None,
            Field(None, description=described(ReconstructOptions)["surface"]),
        ),
        **_FILE,
    },
)
CheckJob = job_model("check", "Check whether a mesh prints.", (CheckOptions,), more=_FILE)
RepairJob = job_model("repair", "Turn a mesh into one clean solid.", (RepairOptions,), more=_FILE)
WebJob = job_model(
    "web",
    "Build a spider web that prints: one sample, or many along a curve.",
    (Structure, SingleSamples, SolidOptions),
    leave_out=(*_NOT_OFFERED, "kind", "web", "path", "edges", "orientation", "keep_ends",
               "bar_mm", "fillet", "fineness"),
    more={
        "web_kind": (
            Kind | None,
            Field(None, description="Kind of web that pieces are cut from; all kinds if left out."),
        ),
        "curve": (
            CurveName | Literal["single"],
            Field(Structure.curve, description="Where the samples lie; single for one sample."),
        ),
        "count": (Annotated[int, Field(ge=2, le=MAX_SAMPLES)], Structure.count),
        "diameter_mm": (
            Annotated[float, Field(ge=0.2, le=20)],
            Field(SolidOptions.diameter_mm, description=described(SolidOptions)["diameter_mm"]),
        ),
        "size_mm": (
            Annotated[float | None, Field(gt=0, le=2000)],
            Field(None, description=described(SolidOptions)["size_mm"]),
        ),
        "file": (Uploaded | None, Field(None, description="Points of a polyline, or a mesh.")),
        "axis": (Axis, Field("x", description="Direction of the pull whose forces are drawn.")),
    },
)  # fmt: skip
if TYPE_CHECKING:
    JobRequest = Any  # type checkers do not know models that are made at run time
else:
    JobRequest = Annotated[
        CreateJob | ReconstructJob | CheckJob | RepairJob | WebJob, Field(discriminator="kind")
    ]


class JobAnswer(BaseModel):
    """The state of a job."""

    id: str = Field(description="A secret: anybody who knows it can see and cancel the job.")
    kind: str
    state: State
    text: str = Field(description="The current step, or why the job failed.")
    done: int = Field(description="Steps done; 0 of 0 if unknown.")
    of: int
    ahead: int = Field(description="Number of jobs that start before this one.")
    results: int = Field(description="Number of results so far.")


class ResultAnswer(BaseModel):
    """One result of a job."""

    title: str
    size_mm: tuple[float, float, float]
    faces: int
    gate: dict[str, Any] = Field(description="The print gate's report.")
    changes: list[str]
    stage_seconds: dict[str, float]
    figures: dict[str, dict[str, Any]]
    command: str
    python: str
    files: dict[str, str] = Field(description="Address of each file, by its format.")


class Refusal(BaseModel):
    """Why a request was refused."""

    detail: str
