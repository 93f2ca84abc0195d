"""Jobs over plain HTTP are started, watched and cancelled; each visitor has a limited number."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from caddis.app.page.jobs.results import Store
from caddis.app.page.jobs.worker_process import Event
from caddis.app.page.server import open_jobs as jobs_module
from caddis.app.page.server.job_routes import add_job_routes
from caddis.app.page.server.job_service import Limits
from caddis.app.page.server.open_jobs import ENDED, Job, Jobs, QueueFullError
from caddis.app.page.server.visitors import VisitorQuota, visitor_of
from caddis.geometry.errors import ConfigError, TooLargeError
from tests.app.page.jobs.test_results import RESULT

JSON = {"content-type": "application/json"}


class FakeService:
    """Runs jobs whose text decides what they do: "wait", "fail", "break", or make a result."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.limits, self.store = limits, Store(folder / "results")
        self.quota = VisitorQuota(limits.per_visitor)
        self.go = threading.Event()
        self.closed = 0

    def create(
        self, visitor: str, options: dict[str, Any], *, already_counted: bool
    ) -> Generator[Event, None, None]:
        try:
            assert already_counted
            if options["text"] == "fail":
                raise ConfigError("no such thing", "", "Ask for another.")
            if options["text"] == "break":
                raise RuntimeError("a secret path")
            yield {"event": "progress", "text": "writing", "done": 3, "of": 4}
            while options["text"] == "wait" and not self.go.wait(0.01):
                yield {"event": "tick"}
            folder = self.store.new_folder(visitor)
            (folder / "a.stl").write_bytes(b"solid")
            RESULT.save(folder)
            yield {"event": "result", "name": folder.name}
        finally:
            self.closed += 1


@pytest.fixture
def service(tmp_path: Path) -> FakeService:
    return FakeService(tmp_path, Limits(at_once=1, waiting=2, per_visitor=2))


@pytest.fixture
def http(service: FakeService) -> Iterator[TestClient]:
    app: Any = FastAPI()
    app.auth, app.cookie_id, app.tokens = None, "x", {"letmein": "ann"}
    jobs = Jobs(service)  # type: ignore[arg-type]
    add_job_routes(app, jobs, service)  # type: ignore[arg-type]
    yield TestClient(app)
    service.go.set()
    jobs.close()


def begun(http: TestClient, text: str, **more: Any) -> dict[str, Any]:
    answer = http.post("/jobs", json={"kind": "create", "text": text}, **more)
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == f"/jobs/{answer.json()['id']}"
    return answer.json()  # type: ignore[no-any-return]


def ended(http: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        now = http.get(f"/jobs/{job['id']}").json()
        if now["state"] in ENDED:
            return now  # type: ignore[no-any-return]
        time.sleep(0.01)
    raise AssertionError("the job does not end")


def working(http: TestClient, job: dict[str, Any]) -> None:
    deadline = time.monotonic() + 20
    while http.get(f"/jobs/{job['id']}").json()["text"] != "writing":
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_job_is_begun_done_and_its_file_fetched(http: TestClient) -> None:
    job = begun(http, "a stool")
    assert ended(http, job)["state"] == "done"
    (made,) = http.get(f"/jobs/{job['id']}/result").json()
    assert made["title"] == RESULT.title
    fetched = http.get(made["files"]["stl"])
    assert fetched.content == b"solid"
    assert "a.stl" in fetched.headers["content-disposition"]
    for path in ("files/0/json", "files/1/stl", "files/-1/stl", "files/0/..%2fresult.json"):
        assert http.get(f"/jobs/{job['id']}/{path}").status_code in {404, 422}, path


def test_a_job_at_work_has_no_result_yet_and_is_cancelled(
    http: TestClient, service: FakeService
) -> None:
    job = begun(http, "wait")
    working(http, job)
    now = http.get(f"/jobs/{job['id']}").json()
    assert (now["state"], now["done"], now["of"]) == ("working", 3, 4)
    assert http.get(f"/jobs/{job['id']}/result").status_code == 409
    http.delete(f"/jobs/{job['id']}")
    assert ended(http, job)["state"] == "cancelled"
    assert service.closed == 1
    assert http.get(f"/jobs/{job['id']}/result").status_code == 409
    assert http.delete(f"/jobs/{job['id']}").json()["state"] == "cancelled"


def test_a_failure_gives_its_reason_and_an_internal_error_no_details(http: TestClient) -> None:
    assert ended(http, begun(http, "fail"))["text"] == "no such thing. Ask for another."
    said = ended(http, begun(http, "break"))
    assert said["state"] == "failed"
    assert "secret" not in said["text"]


def test_the_jobs_of_a_visitor_and_the_queue_are_limited(
    http: TestClient, service: FakeService
) -> None:
    first, second = begun(http, "wait"), begun(http, "wait")
    assert http.post("/jobs", json={"kind": "create", "text": "x"}).status_code == 429
    assert http.get(f"/jobs/{second['id']}").json()["state"] == "waiting"
    other = {"cookies": {"caddis_visitor": "b" * 43}}
    with pytest.warns(DeprecationWarning):
        third = begun(http, "a third", **other)
        assert http.get(f"/jobs/{third['id']}").json()["ahead"] == 1
        full = http.post("/jobs", json={"kind": "create", "text": "x"}, **other)
    assert full.status_code == 503
    assert int(full.headers["retry-after"]) > 0
    http.delete(f"/jobs/{second['id']}")
    assert http.get(f"/jobs/{second['id']}").json()["state"] == "cancelled"
    service.go.set()
    assert [ended(http, one)["state"] for one in (first, third)] == ["done", "done"]


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "create", "height_mm": -1},
        {"kind": "create", "count": 1000},
        {"kind": "create", "process": "clay"},
        {"kind": "create", "colour": "red"},
        {"kind": "look", "file": "x.stl"},
        {"kind": "check"},
        {"kind": "web", "count": 10_000},
        {},
    ],
)
def test_undescribed_requests_are_refused(http: TestClient, asked: dict[str, Any]) -> None:
    assert http.post("/jobs", json=asked).status_code == 422


def test_another_site_cannot_start_a_job_with_a_visitors_cookie(http: TestClient) -> None:
    body = b'{"kind": "create", "text": "x"}'
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        answer = http.post("/jobs", content=body, headers={"content-type": kind})
        assert answer.status_code in {415, 422}
    assert http.post("/jobs", content=body, headers=JSON).status_code == 202


def test_only_signed_in_users_reach_jobs_and_each_only_their_own(
    http: TestClient, service: FakeService
) -> None:
    app: Any = http.app
    app.auth = SimpleNamespace()
    for path in ("/jobs/docs", "/jobs/openapi.json", "/jobs/x", "/jobs/x/result"):
        assert http.get(path).status_code == 401, path
    assert http.post("/jobs", json={"kind": "create"}).status_code == 401
    http.cookies.set("access-token-x", "letmein")
    job = begun(http, "a stool")
    assert ended(http, job)["state"] == "done"
    app.tokens["letmein"] = "bob"
    assert http.get(f"/jobs/{job['id']}").status_code == 404


def test_the_page_shows_every_route_and_field_and_loads_nothing(http: TestClient) -> None:
    described = http.get("/jobs/openapi.json").json()
    page = http.get("/jobs/docs").text
    for path in described["paths"]:
        assert path in page
    for schema in ("CreateJob", "WebJob", "JobAnswer", "ResultAnswer"):
        for field in described["components"]["schemas"][schema]["properties"]:
            assert f"<code>{field}</code>" in page, (schema, field)
    assert "<script" not in page
    assert "http://" not in page
    assert "https://" not in page


def test_an_unknown_job_is_not_found(http: TestClient) -> None:
    for method in ("GET", "DELETE"):
        assert http.request(method, "/jobs/nothing").status_code == 404


def until_ended(job: Job) -> str:
    deadline = time.monotonic() + 20
    while job.state not in ENDED:
        assert time.monotonic() < deadline, "the job does not end"
        time.sleep(0.005)
    return job.state


def asked(service: FakeService, text: str = "x") -> Generator[Event, None, None]:
    return service.create("/me", {"text": text}, already_counted=True)


def test_cancelled_queued_jobs_count_until_a_thread_has_dropped_them(
    service: FakeService,
) -> None:
    jobs = Jobs(service)  # type: ignore[arg-type]
    first = jobs.start("create", "/you", asked(service, "wait"))
    for _ in range(2):
        job = jobs.start("create", "/me", asked(service))
        jobs.cancel(job)
        assert job.state == "cancelled"
    with pytest.raises(TooLargeError, match="2 jobs"):
        jobs.start("create", "/me", asked(service))
    with pytest.raises(QueueFullError):
        jobs.start("create", "/others", asked(service))
    service.go.set()
    assert until_ended(first) == "done"
    jobs.close()
    with service.quota.take("/me"), service.quota.take("/me"):
        pass  # both places of the quota are free again


def test_only_the_newest_ended_jobs_are_kept(
    service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_module, "_REMEMBERED", 4)
    monkeypatch.setattr(jobs_module, "_REMEMBERED_EACH", 3)
    jobs = Jobs(service)  # type: ignore[arg-type]
    done = []
    for visitor in ("/a", "/a", "/a", "/a", "/b", "/c"):
        done.append(jobs.start("create", visitor, asked(service)))
        until_ended(done[-1])
    known = [jobs.find(job.id) is not None for job in done]
    jobs.close()
    assert known == [False, False, True, True, True, True]


def test_a_cancelled_job_never_becomes_working_or_done(service: FakeService) -> None:
    jobs = Jobs(service)  # type: ignore[arg-type]
    first = jobs.start("create", "/you", asked(service, "wait"))
    second = jobs.start("create", "/me", asked(service))
    seen: list[str] = []

    class DeletedAtOnce(threading.Event):
        """An event that a DELETE sets just after it was first checked."""

        def is_set(self) -> bool:
            was = super().is_set()
            if not was:
                jobs.cancel(second)
                seen.append(second.state)
            return was

    second.cancelled = DeletedAtOnce()
    service.go.set()
    until_ended(first)
    jobs.close()
    assert second.state == "cancelled"
    assert seen == ["working"]


def test_a_job_cancelled_as_its_work_ends_is_not_done(service: FakeService) -> None:
    jobs = Jobs(service)  # type: ignore[arg-type]
    known: list[Job] = []
    go = threading.Event()

    def events() -> Generator[Event, None, None]:
        yield {"event": "tick"}
        go.wait(20)
        jobs.cancel(known[0])

    known.append(jobs.start("create", "/me", events()))
    go.set()
    state = until_ended(known[0])
    jobs.close()
    assert state == "cancelled"


def test_jobs_of_the_page_count_against_the_quota(http: TestClient, service: FakeService) -> None:
    me = "/address testclient"
    with service.quota.take(me), service.quota.take(me):
        assert http.post("/jobs", json={"kind": "create", "text": "x"}).status_code == 429
    assert ended(http, begun(http, "x"))["state"] == "done"


def test_results_of_a_job_without_cookie_belong_to_no_guessable_session(
    http: TestClient, service: FakeService
) -> None:
    job = begun(http, "a stool")
    assert ended(http, job)["state"] == "done"
    assert len(http.get(f"/jobs/{job['id']}/result").json()) == 1
    for session in ("at testclient", "testclient", "address testclient", f"job {job['id']}"):
        stranger = SimpleNamespace(cookies={}, session_hash=session, username=None)
        assert service.store.all_of(visitor_of(stranger)) == [], session


def test_jobs_without_cookie_share_no_results_but_the_limits_of_their_address(
    http: TestClient, service: FakeService
) -> None:
    made_for: list[str] = []
    create = service.create

    def noted(visitor: str, *given: Any, **more: Any) -> Generator[Event, None, None]:
        made_for.append(visitor)
        return create(visitor, *given, **more)

    service.create = noted  # type: ignore[method-assign]
    begun(http, "wait")
    begun(http, "wait")
    assert http.post("/jobs", json={"kind": "create", "text": "x"}).status_code == 429
    assert len(set(made_for)) == 3


def test_the_description_contains_no_text_of_the_address(http: TestClient) -> None:
    for path in ("/jobs/docs", "/jobs/openapi.json"):
        plain = http.get(path)
        assert plain.status_code == 200
        for name in ("docs", "openapi.json", "zzz"):
            asked = http.get(path, params={"name": name, "answer": name, "app": name})
            assert (asked.status_code, asked.content) == (200, plain.content)
