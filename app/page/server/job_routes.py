"""Jobs over plain HTTP: POST /jobs, its state, its result, its files, and DELETE to cancel it.

Gradio's own calls (`/gradio_api/call`) hold a result for one reader and one reading, tell no
state without it, and cancel by numbers of the page's insides: too little for a script.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Body, FastAPI, HTTPException, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse

from caddis.app.page.jobs.results import Result
from caddis.app.page.server.job_models import Asked, JobAnswer, Refusal, ResultAnswer
from caddis.app.page.server.job_page import as_page
from caddis.app.page.server.open_jobs import ENDED, Job, Jobs, QueueFullError
from caddis.app.page.server.studio import Studio
from caddis.app.page.server.visitors import job_visitor
from caddis.geometry.errors import CaddisError, TooLargeError

_TITLE = "Caddis jobs"
_ABOUT = (
    "Work that goes on while nobody waits. A job's id is a secret: who knows it may see the job, "
    "fetch its files and cancel it. Jobs are remembered for an hour after their end."
)
_NO_JOB: dict[int | str, dict[str, Any]] = {404: {"model": Refusal, "description": "No such job."}}
_NOT_DONE: dict[int | str, dict[str, Any]] = {
    409: {"model": Refusal, "description": "Not done, or failed."}
}
_BUSY: dict[int | str, dict[str, Any]] = {
    429: {"model": Refusal, "description": "You have as many jobs as one may have."},
    503: {"model": Refusal, "description": "The queue is full; try again later."},
}


def add_job_routes(app: FastAPI, jobs: Jobs, studio: Studio) -> None:
    """Add the routes to the server that Gradio has started: mounting Gradio opens files."""
    routes = JobRoutes(app, jobs, studio)
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

    for name, answer in answers.items():  # before /jobs/{name}, which would take them for jobs
        app.add_api_route(f"/jobs/{name}", _telling(app, answer), include_in_schema=False)
    app.include_router(router)


def _telling(app: FastAPI, answer: Response) -> Callable[[Request], Response]:
    """Return a route that takes nothing of the request but who asks."""

    def about(request: Request) -> Response:
        _signed_in(app, request)
        return answer

    return about


class JobRoutes:
    """What the routes do."""

    def __init__(self, app: FastAPI, jobs: Jobs, studio: Studio) -> None:
        self._app, self._jobs, self._studio = app, jobs, studio

    def begin(
        self, asked: Annotated[Asked, Body()], request: Request, response: Response
    ) -> JobAnswer:
        """Begin a job. Files are sent first, to /gradio_api/upload."""
        user = _signed_in(self._app, request)
        if not request.headers.get("content-type", "").startswith("application/json"):
            # what other sites may post from a visitor's browser without asking is never JSON
            raise HTTPException(415, "send application/json")
        address = request.client.host if request.client else "?"
        visitor, counted = job_visitor(request.cookies, user, address)
        options = asked.model_dump(exclude={"kind", "file"})
        file = getattr(asked, "file", None)
        events = (
            self._studio.create(visitor, options, has_turn=True)
            if asked.kind == "create"
            else self._studio.on_file(asked.kind, visitor, file, options, has_turn=True)
        )
        try:
            job = self._jobs.start(asked.kind, visitor, events, counted)
        except TooLargeError as error:
            status = 503 if isinstance(error, QueueFullError) else 429
            raise HTTPException(status, str(error), headers={"Retry-After": "30"}) from error
        response.headers["Location"] = f"/jobs/{job.id}"
        return self._answer(job)

    def state(self, name: str, request: Request) -> JobAnswer:
        """Tell where a job is."""
        return self._answer(self._known(name, request))

    def result(self, name: str, request: Request) -> list[ResultAnswer]:
        """Return what a job made, once it is done."""
        job = self._known(name, request)
        if job.state != "done":
            raise HTTPException(409, job.text if job.state in ENDED else f"still {job.state}")
        return [
            _described(job, number, self._stored(job, number)[1])
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
            folder = self._studio.store.folder(job.visitor, job.results[number])
        except CaddisError as error:
            raise HTTPException(404, str(error)) from error
        return folder, Result.load(folder)

    def _answer(self, job: Job) -> JobAnswer:
        return JobAnswer(
            id=job.id, kind=job.kind, state=job.state, text=job.text, done=job.done, of=job.of,
            ahead=self._jobs.ahead_of(job), results=len(job.results),
        )  # fmt: skip


def _signed_in(app: Any, request: Request) -> str:
    """Return the user's name, empty where everybody may come in.

    Raises:
        HTTPException: The page has users, and this is none; as Gradio's `login_check`.
    """
    if app.auth is None:
        return ""
    for name in (f"access-token-{app.cookie_id}", f"access-token-unsecure-{app.cookie_id}"):
        user = app.tokens.get(request.cookies.get(name))
        if user:
            return str(user)
    raise HTTPException(401, "not signed in")


def _described(job: Job, number: int, made: Result) -> ResultAnswer:
    files = {
        own.rpartition(".")[2]: f"/jobs/{job.id}/files/{number}/{own.rpartition('.')[2]}"
        for own in made.files
    }
    return ResultAnswer(
        title=made.title, size_mm=made.size_mm, faces=made.faces, gate=made.gate,
        changes=list(made.changes), stage_seconds=made.stage_seconds, figures=made.figures,
        command=made.command, python=made.python, files=files,
    )  # fmt: skip
