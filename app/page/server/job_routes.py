"""Jobs over plain HTTP: POST starts one, GET returns state, results or files, DELETE cancels it.

Gradio's own calls (`/gradio_api/call`) are not enough for scripts: a result can be read only once,
the state cannot be read without it, and cancelling needs internal numbers of the page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Body, FastAPI, HTTPException, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse

from caddis.app.page.jobs.results import Result
from caddis.app.page.server.job_models import JobAnswer, JobRequest, Refusal, ResultAnswer
from caddis.app.page.server.job_page import as_page
from caddis.app.page.server.job_service import JobService
from caddis.app.page.server.open_jobs import ENDED, Job, Jobs, QueueFullError
from caddis.app.page.server.visitors import job_visitor
from caddis.geometry.errors import CaddisError, TooLargeError

_TITLE = "Caddis jobs"
_ABOUT = (
    "Jobs in the background. A job's id is a secret: anybody who knows it can see the job, "
    "fetch its files and cancel it. Jobs are kept for an hour after they end."
)
_NO_JOB: dict[int | str, dict[str, Any]] = {404: {"model": Refusal, "description": "No such job."}}
_NOT_DONE: dict[int | str, dict[str, Any]] = {
    409: {"model": Refusal, "description": "Not finished, or failed."}
}
_BUSY: dict[int | str, dict[str, Any]] = {
    429: {"model": Refusal, "description": "You have reached the limit of jobs at once."},
    503: {"model": Refusal, "description": "The queue is full; try again later."},
}


def add_job_routes(app: FastAPI, jobs: Jobs, service: JobService) -> None:
    """Add the routes to Gradio's server; mounting Gradio in another app would expose files."""
    routes = JobRoutes(app, jobs, service)
    router = APIRouter()
    router.add_api_route(
        "/jobs", routes.begin, methods=["POST"], status_code=202, response_model=JobAnswer,
        responses=_BUSY,
    )  # fmt: skip
    for path, handler, method, model, more in (
        ("/jobs/{name}", routes.state, "GET", JobAnswer, {}),
        ("/jobs/{name}", routes.cancel, "DELETE", JobAnswer, {}),
        ("/jobs/{name}/result", routes.result, "GET", list[ResultAnswer], _NOT_DONE),
        ("/jobs/{name}/files/{number}/{ending}", routes.file, "GET", None, {}),
    ):
        router.add_api_route(
            path, handler, methods=[method], response_model=model, responses={**_NO_JOB, **more}
        )
    described = get_openapi(title=_TITLE, version="1", description=_ABOUT, routes=router.routes)
    answers = {"openapi.json": JSONResponse(described), "docs": HTMLResponse(as_page(described))}

    for name, answer in answers.items():  # before /jobs/{name}, which would match them too
        app.add_api_route(f"/jobs/{name}", _fixed_answer(app, answer), include_in_schema=False)
    app.include_router(router)


def _fixed_answer(app: FastAPI, answer: Response) -> Callable[[Request], Response]:
    """Return a route that gives signed-in users a fixed answer."""

    def about(request: Request) -> Response:
        _signed_in(app, request)
        return answer

    return about


class JobRoutes:
    """The handlers of the routes."""

    def __init__(self, app: FastAPI, jobs: Jobs, service: JobService) -> None:
        self._app, self._jobs, self._service = app, jobs, service

    def begin(
        self, asked: Annotated[JobRequest, Body()], request: Request, response: Response
    ) -> JobAnswer:
        """Start a job. Upload its file first, to /gradio_api/upload."""
        user = _signed_in(self._app, request)
        if not request.headers.get("content-type", "").startswith("application/json"):
            # other sites can make a visitor's browser send forms, but not JSON
            raise HTTPException(415, "send application/json")
        address = request.client.host if request.client else "?"
        visitor, quota_owner = job_visitor(request.cookies, user, address)
        options = asked.model_dump(exclude={"kind", "file"})
        file = getattr(asked, "file", None)
        events = (
            self._service.create(visitor, options, already_counted=True)
            if asked.kind == "create"
            else self._service.on_file(asked.kind, visitor, file, options, already_counted=True)
        )
        try:
            job = self._jobs.start(asked.kind, visitor, events, quota_owner)
        except TooLargeError as error:
            status = 503 if isinstance(error, QueueFullError) else 429
            raise HTTPException(status, str(error), headers={"Retry-After": "30"}) from error
        response.headers["Location"] = f"/jobs/{job.id}"
        return self._answer(job)

    def state(self, name: str, request: Request) -> JobAnswer:
        """Return the state of a job."""
        return self._answer(self._known(name, request))

    def result(self, name: str, request: Request) -> list[ResultAnswer]:
        """Return the results of a job that is done."""
        job = self._known(name, request)
        if job.state != "done":
            raise HTTPException(409, job.text if job.state in ENDED else f"still {job.state}")
        return [
            _result_answer(job, number, self._stored(job, number)[1])
            for number in range(len(job.results))
        ]

    def file(self, name: str, number: int, ending: str, request: Request) -> FileResponse:
        """Return a file of a result: its number from 0, and one of its formats."""
        job = self._known(name, request)
        if not 0 <= number < len(job.results):
            raise HTTPException(404, "no such result")
        folder, made = self._stored(job, number)
        for own in made.files:
            if own.endswith(f".{ending}"):
                return FileResponse(folder / own, filename=own)
        raise HTTPException(404, "no such file")

    def cancel(self, name: str, request: Request) -> JobAnswer:
        """Cancel a job; one that has ended stays as it is."""
        job = self._known(name, request)
        if job.state not in ENDED:
            self._jobs.cancel(job)
        return self._answer(job)

    def _known(self, name: str, request: Request) -> Job:
        user = _signed_in(self._app, request)
        job = self._jobs.find(name)
        if job is None or not job.visitor.startswith(f"{user}/"):
            raise HTTPException(404, "no such job")
        return job

    def _stored(self, job: Job, number: int) -> tuple[Path, Result]:
        try:
            folder = self._service.store.folder(job.visitor, job.results[number])
        except CaddisError as error:
            raise HTTPException(404, str(error)) from error
        return folder, Result.load(folder)

    def _answer(self, job: Job) -> JobAnswer:
        return JobAnswer(
            id=job.id, kind=job.kind, state=job.state, text=job.text, done=job.done, of=job.of,
            ahead=self._jobs.ahead_of(job), results=len(job.results),
        )  # fmt: skip


def _signed_in(app: Any, request: Request) -> str:
    """Return the user's name, empty if the page has no users; checks as Gradio's `login_check`.

    Raises:
        HTTPException: The visitor is not signed in.
    """
    if app.auth is None:
        return ""
    for name in (f"access-token-{app.cookie_id}", f"access-token-unsecure-{app.cookie_id}"):
        user = app.tokens.get(request.cookies.get(name))
        if user:
            return str(user)
    raise HTTPException(401, "not signed in")


def _result_answer(job: Job, number: int, made: Result) -> ResultAnswer:
    files = {
        own.rpartition(".")[2]: f"/jobs/{job.id}/files/{number}/{own.rpartition('.')[2]}"
        for own in made.files
    }
    return ResultAnswer(
        title=made.title, size_mm=made.size_mm, faces=made.faces, gate=made.gate,
        changes=list(made.changes), stage_seconds=made.stage_seconds, figures=made.figures,
        command=made.command, python=made.python, files=files,
    )  # fmt: skip
