"""What plain HTTP sends and gets: the OpenAPI page is made from these."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from caddis.app.page.jobs.web_design import MAX_SAMPLES
from caddis.app.page.server.open_jobs import State
from caddis.app.page.server.studio import MAX_CELLS, MAX_COUNT

Process = Literal["fdm", "sla", "sls"]
Height = Annotated[float, Field(ge=1, le=2000)]
Uploaded = Annotated[
    str, Field(max_length=500, description="What POST /gradio_api/upload answered for the file.")
]


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    process: Process = Field("fdm", description="Print process whose limits apply.")


class CreateJob(_Asked):
    """Generate solids from words, a category, or both."""

    kind: Literal["create"]
    text: str | None = Field(None, max_length=300, description="What to make, in English.")
    category: str | None = Field(None, max_length=60, description="One the model knows.")
    seed: int = Field(0, ge=0, le=2**53, description="Same seed and options, same objects.")
    count: int = Field(1, ge=1, le=MAX_COUNT)
    height_mm: Height = 60.0
    guidance: float | None = Field(None, ge=0, le=5, description="How strongly words count.")
    faces: int | None = Field(None, ge=100, le=1_000_000, description="Wanted triangles.")
    resolution: int = Field(96, ge=48, le=MAX_CELLS)
    surface: Literal["marching-cubes", "voromesh"] = "marching-cubes"


class ReconstructJob(_Asked):
    """Turn a scan, points or a mesh, into one closed solid."""

    kind: Literal["reconstruct"]
    file: Uploaded
    height_mm: Height | None = Field(None, description="Left out: the scan's own size.")
    surface: Literal["gridpull", "voromesh"] | None = Field(
        None, description="Left out: gridpull for points, while a mesh is mended."
    )
    resolution: int | None = Field(None, ge=24, le=256)
    up: Literal["z", "-z", "y", "-y", "x", "-x"] = "z"
    unit: Literal["auto", "mm", "cm", "m", "inch"] = "auto"


class CheckJob(_Asked):
    """Check whether a mesh prints."""

    kind: Literal["check"]
    file: Uploaded


class RepairJob(_Asked):
    """Make a mesh one clean solid."""

    kind: Literal["repair"]
    file: Uploaded
    thicken_walls: bool = False
    base: bool = Field(False, description="Cut a flat base.")


Length = Annotated[float, Field(gt=0, le=2000)]


class WebJob(_Asked):
    """Build a spider web that prints: one sample, or many along a curve."""

    kind: Literal["web"]
    model: Literal["analog-diffusion", "discrete-diffusion", "autoregressive", "pieces"] = "pieces"
    web_kind: Literal["tangle", "sheet", "orb"] | None = Field(
        None, description="Webs that pieces are cut from; all when left out."
    )
    nodes: int | None = Field(None, ge=2, le=64, description="Wanted nodes of a sample.")
    mean_degree: float | None = Field(None, ge=1, le=63, description="Wanted threads at a node.")
    edge_length_mm: Length | None = Field(None, description="Wanted thread of a single sample.")
    seed: int = Field(0, ge=0, le=2**53)
    curve: Literal["single", "helix", "knot", "formula", "polyline", "surface", "inside"] = "helix"
    count: int = Field(16, ge=2, le=MAX_SAMPLES, description="Samples along the curve.")
    x: str = Field("40*cos(t)", max_length=200)
    y: str = Field("40*sin(t)", max_length=200)
    z: str = Field("5*t", max_length=200)
    start: float = Field(0.0, ge=-1e4, le=1e4)
    end: float = Field(12.0, ge=-1e4, le=1e4)
    radius_mm: Length = 40.0
    pitch_mm: Length = 30.0
    turns: float = Field(3.0, gt=0, le=100)
    file: Uploaded | None = Field(None, description="The line of polyline, or the mesh.")
    diameter_mm: float = Field(1.2, ge=0.2, le=20, description="Of the struts.")
    base: Literal["none", "cut", "plate", "frame"] = "cut"
    size_mm: Length | None = Field(140.0, description="Longest side; null leaves it as it comes.")
    lie_flat: bool = False
    axis: Literal["x", "y", "z"] = Field("x", description="Pull whose forces are drawn.")


Asked = Annotated[
    CreateJob | ReconstructJob | CheckJob | RepairJob | WebJob, Field(discriminator="kind")
]


class JobAnswer(BaseModel):
    """Where a job is."""

    id: str = Field(description="A secret: who knows it may see and cancel the job.")
    kind: str
    state: State
    text: str = Field(description="What is being done, or why it failed.")
    done: int = Field(description="Steps done; 0 of 0 where that is not known.")
    of: int
    ahead: int = Field(description="Jobs that begin before this one.")
    results: int = Field(description="Results so far.")


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
    """Why something was not done."""

    detail: str
