"""Jobs in worker processes: limits hold, errors are one clear line, and a kill stops them."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from caddis.app.page.jobs.results import Result
from caddis.app.page.jobs.worker_process import JobProcess, WorkerPool
from caddis.app.page.server.job_service import JobService, Limits
from caddis.app.page.server.open_jobs import ENDED, Jobs
from caddis.geometry.errors import ConfigError, InputError, TooLargeError
from tests.geometry.shapes import box, without_faces


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JobService]:
    folder = tmp_path_factory.mktemp("service")
    (folder / "uploads").mkdir()
    made = JobService(folder, folder / "uploads", Limits(timeout_s=120.0, per_visitor=1))
    yield made
    made.close()


def upload(service: JobService, name: str, content: bytes) -> str:
    path = service.folder / "uploads" / name
    path.write_bytes(content)
    return str(path)


def outcome(service: JobService, kind: str, given: str, **options: Any) -> Result:
    events = list(service.on_file(kind, "me", given, options))
    (name,) = [event["name"] for event in events if event["event"] == "result"]
    return Result.load(service.store.folder("me", name))


def test_a_mesh_is_checked_and_repaired_and_the_upload_is_deleted(service: JobService) -> None:
    broken = upload(service, "open box.stl", without_faces(box(), [0]).export(file_type="stl"))
    checked = outcome(service, "check", broken)
    assert checked.gate["status"] == "fail"
    assert "holes" in checked.changes[0]
    mended = outcome(service, "repair", broken)
    assert mended.gate["status"] != "fail"
    assert len(mended.files) == 5
    assert list(service.store.all_of("me")[0].glob("upload*")) == []


HOSTILE = {
    "empty.stl": b"",
    "text.stl": b"hello",
    "huge.stl": b"\0" * 80 + b"\xff\xff\xff\x7f" + b"\0" * 50,
    "nan.stl": b"\0" * 80 + b"\1\0\0\0" + np.full(12, np.nan, "<f4").tobytes() + b"\0\0",
    "lies.ply": b"ply\nformat ascii 1.0\nelement vertex 99999999999\nend_header\n",
    "zip.3mf": b"PK\3\4" + b"\0" * 60,
    "outside.glb": b"glTF",
    "deep.off": b"OFF\n1 1 0\n0 0 0\n3 0 0 7\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_files_are_refused_in_one_line_without_a_path(
    service: JobService, name: str
) -> None:
    with pytest.raises(InputError) as refused:
        outcome(service, "check", upload(service, name, HOSTILE[name]))
    said = str(refused.value)
    assert "\n" not in said
    assert "/" not in said.replace("I/O", "")
    assert "inside Caddis" not in said
    assert service.store.all_of("nobody") == []


def test_a_visitor_has_one_job_at_a_time_and_may_stop_it(
    service: JobService,
) -> None:
    given = upload(service, "box.stl", box().export(file_type="stl"))
    first = service.on_file("check", "me", given, {"process": "fdm"})
    next(first)
    with pytest.raises(TooLargeError):
        next(service.on_file("check", "me", given, {"process": "fdm"}))
    first.close()
    assert outcome(service, "check", given).gate["status"] == "pass"


@pytest.mark.slow
def test_a_queued_job_is_never_refused_because_of_the_pages_jobs(service: JobService) -> None:
    given = upload(service, "box.stl", box().export(file_type="stl"))
    jobs = Jobs(service)
    job = jobs.start(
        "check",
        "me",
        service.on_file("check", "me", given, {"process": "fdm"}, already_counted=True),
    )
    with pytest.raises(TooLargeError):  # the page's job is refused, as the HTTP job came first
        next(service.on_file("check", "me", given, {"process": "fdm"}))
    deadline = time.monotonic() + 60
    while job.state not in ENDED and time.monotonic() < deadline:
        time.sleep(0.01)
    jobs.close()
    assert (job.state, len(job.results)) == ("done", 1)
    assert outcome(service, "check", given).gate["status"] == "pass"


def test_options_out_of_range_are_refused_before_any_work(service: JobService) -> None:
    for options in ({"count": 99}, {"resolution": 4096}, {"count": 0}):
        with pytest.raises(ConfigError):
            next(service.create("me", options))


def test_a_job_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    process = JobProcess(tmp_path)
    with pytest.raises(InputError, match="stopped after 0 s"):
        list(process.run({"kind": "check", "folder": ".", "options": {}}, timeout_s=0, tick_s=0.01))
    assert not process.alive


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no address space limit")
def test_a_job_that_needs_too_much_memory_is_an_error_and_not_a_crash(tmp_path: Path) -> None:
    process = JobProcess(tmp_path, memory_mb=60)
    with pytest.raises(InputError, match=r"memory|failed inside"):
        list(process.run({"kind": "check", "folder": ".", "options": {}}, timeout_s=60))


def test_a_pool_uses_a_new_process_for_each_job_if_each_does_one(tmp_path: Path) -> None:
    started: list[JobProcess] = []

    def start() -> JobProcess:
        started.append(JobProcess(tmp_path))
        return started[-1]

    pool = WorkerPool(start, most=1, jobs_each=1)
    with pytest.raises(InputError):
        list(pool.run({"kind": "no such job", "folder": ".", "options": {}}, timeout_s=60))
    assert len(started) == 2
    assert not started[0].alive
    pool.close()
    deadline = time.monotonic() + 5
    while started[1].alive and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not started[1].alive
