"""The page for programs: its functions, the documented examples, and attacks by visitors."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import shutil
import subprocess
import time
import warnings
from pathlib import Path
from typing import Any

import httpx
import pytest

from caddis.app.page.parts.guide import GUIDE
from caddis.geometry.files.mesh_io import load_mesh
from tests.app.page.conftest import ROOT, running_demo
from tests.geometry.shapes import box, without_faces

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

CONTRACT = {"/generate", "/reconstruct", "/check_mesh", "/repair_mesh", "/generate_web"}


def client(server: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from gradio_client import Client

        return Client(server, verbose=False)


def broken(folder: Path) -> Path:
    path = folder / "open box.stl"
    path.write_bytes(without_faces(box(), [0]).export(file_type="stl"))
    return path


def called(server: str, name: str, data: list[object]) -> str:
    """Call a function over plain HTTP; return the answer's event stream."""
    with httpx.Client(base_url=server, timeout=280, trust_env=False) as http:
        posted = http.post(f"/gradio_api/call/{name}", json={"data": data})
        if posted.status_code != 200:
            return posted.text
        return http.get(f"/gradio_api/call/{name}/{posted.json()['event_id']}").text


def test_programs_see_these_functions_and_no_others(server: str) -> None:
    info = httpx.get(f"{server}/gradio_api/info", trust_env=False).json()
    assert set(info["named_endpoints"]) == CONTRACT
    assert info["unnamed_endpoints"] == {}
    paths = httpx.get(f"{server}/gradio_api/openapi.json", trust_env=False).json()["paths"]
    assert any("generate" in path for path in paths)


def test_a_broken_mesh_is_checked_and_repaired(server: str, tmp_path: Path) -> None:
    from gradio_client import handle_file

    caller, file = client(server), handle_file(str(broken(tmp_path)))
    about = caller.predict(file, "fdm", api_name="/check_mesh")
    assert about["gate"]["status"] == "fail"
    path, about = caller.predict(file, "fdm", "stl", api_name="/repair_mesh")
    assert load_mesh(path).is_watertight
    assert about["gate"]["passed"]
    assert "closed 1 holes" in about["changes"][0]


def test_refusals_say_why(server: str, tmp_path: Path) -> None:
    from gradio_client import handle_file

    (tmp_path / "text.stl").write_text("hello")
    caller = client(server)
    with pytest.raises(Exception, match="not an STL file"):
        caller.predict(handle_file(str(tmp_path / "text.stl")), "fdm", api_name="/check_mesh")
    with pytest.raises(Exception, match=r"Did you mean|no category"):
        caller.predict("", "chiar", 1, 60, "fdm", "3mf", api_name="/generate")
    for data in (["", "chair", 1, -5, "fdm", "3mf"], ["", "chair", 1, 60, "clay", "3mf"]):
        assert "event: error" in called(server, "generate", data)


def test_no_path_that_a_visitor_sends_is_opened(server: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.stl"
    secret.write_bytes(box().export(file_type="stl"))
    for path in (str(secret), "/etc/passwd", "../../etc/passwd", str(ROOT / "LICENSE"), "/"):
        given = {"path": path, "meta": {"_type": "gradio.FileData"}}
        for name, data in (
            ("check_mesh", [given, "fdm"]),
            ("repair_mesh", [given, "fdm", "stl"]),
            ("reconstruct", [given, None, "auto", "fdm", "stl"]),
        ):
            said = called(server, name, data)
            assert "complete" not in said
            assert "root:" not in said
        for route in ("file=", "file/"):
            got = httpx.get(f"{server}/gradio_api/{route}{path}", trust_env=False)
            assert got.status_code in {403, 404}, (route, path)
    for url in ("http://169.254.169.254/x.stl", f"{server}/config", "file:///etc/passwd"):
        given = {"path": url, "url": url, "meta": {"_type": "gradio.FileData"}}
        assert "complete" not in called(server, "check_mesh", [given, "fdm"])


def test_an_upload_above_the_limit_is_refused(server: str) -> None:
    content = b"\0" * (101 << 20)
    answer = httpx.post(
        f"{server}/gradio_api/upload",
        files={"files": ("a.stl", content)},
        timeout=120,
        trust_env=False,
    )
    assert answer.status_code == 413


def test_mcp_clients_find_the_same_functions(server: str) -> None:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    async def tools() -> dict[str, str]:
        async with (
            streamablehttp_client(f"{server}/gradio_api/mcp/") as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            listed = await session.list_tools()
            return {tool.name: json.dumps(tool.inputSchema) for tool in listed.tools}

    found = asyncio.run(tools())
    assert set(found) == {name.removeprefix("/") for name in CONTRACT}
    assert "height_mm" in found["generate"]
    assert "request" not in json.loads(found["generate"])["properties"]


def documented(server: str, language: str) -> list[str]:
    """Return the code of the guide, with the address of our server."""
    found = re.findall(rf"```{language}\n(.*?)```", GUIDE, flags=re.DOTALL)
    return [code.replace("ADDRESS", server) for code in found]


def test_the_document_repeats_the_guide_of_the_page() -> None:
    text = (ROOT / "docs" / "web.md").read_text(encoding="utf-8")
    assert GUIDE.replace("ADDRESS", "http://127.0.0.1:7860").strip() in text


def test_the_documented_python_runs(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "part.stl").write_bytes(box().export(file_type="stl"))
    monkeypatch.chdir(tmp_path)
    (code,) = documented(server, "python")
    seen: dict[str, Any] = {}
    exec(code, seen)  # noqa: S102 - our own document
    for made in ("path", "mended", "solid", "web"):
        assert load_mesh(seen[made]).is_watertight, made
    assert seen["report"]["gate"]["status"] == "pass"
    assert "stiffness" in json.dumps(seen["about"]["figures"])


def shell(line: str, folder: Path, jar: Path) -> str:
    """Run a documented curl command; keep cookies like a browser, so that it is one visitor."""
    command = ["curl", "--fail-with-body", "-b", str(jar), "-c", str(jar), *shlex.split(line)[1:]]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", timeout=120, check=True
    )
    return done.stdout


def finished(line: str, folder: Path, jar: Path, wanted: set[str]) -> dict[str, Any]:
    """Ask for the job's state with the documented command until it is reached."""
    deadline = time.monotonic() + 280
    while time.monotonic() < deadline:
        now = json.loads(shell(line, folder, jar))
        if now["state"] in wanted:
            return now  # type: ignore[no-any-return]
        time.sleep(0.5)
    raise AssertionError(now)


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_the_documented_jobs_run(server: str, tmp_path: Path) -> None:
    (tmp_path / "part.stl").write_bytes(without_faces(box(), [0]).export(file_type="stl"))
    jar = tmp_path / "jar"
    begin, upload = (block.replace("\\\n", " ").splitlines() for block in documented(server, "sh"))
    job = json.loads(shell(begin[0], tmp_path, jar))["id"]
    state, result, file, cancel = (line.replace("ID", job) for line in begin[1:])
    finished(state, tmp_path, jar, {"done"})
    (made,) = json.loads(shell(result, tmp_path, jar))
    assert made["gate"]["passed"]
    shell(file, tmp_path, jar)
    assert load_mesh(next(tmp_path.glob("*.3mf"))).is_watertight
    assert json.loads(shell(cancel, tmp_path, jar))["state"] == "done"
    (sent,) = json.loads(shell(upload[0], tmp_path, jar))
    job = json.loads(shell(upload[1].replace("UPLOADED", sent), tmp_path, jar))["id"]
    finished(begin[1].replace("ID", job), tmp_path, jar, {"done"})
    (made,) = json.loads(shell(begin[2].replace("ID", job), tmp_path, jar))
    assert "closed 1 holes" in made["changes"][0]
    job = json.loads(shell(begin[0], tmp_path, jar))["id"]
    shell(begin[4].replace("ID", job), tmp_path, jar)
    finished(begin[1].replace("ID", job), tmp_path, jar, {"cancelled"})


def test_a_job_opens_no_path_that_a_visitor_sends(server: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.stl"
    secret.write_bytes(box().export(file_type="stl"))
    with httpx.Client(base_url=server, timeout=60, trust_env=False) as http:
        for path in (str(secret), "/etc/passwd", "../../etc/passwd", "/proc/self/environ"):
            for kind in ("check", "repair", "reconstruct", "web"):
                asked = {"kind": kind, "file": path}
                job = http.post("/jobs", json=asked).json()["id"]
                deadline = time.monotonic() + 60
                while http.get(f"/jobs/{job}").json()["state"] in {"waiting", "working"}:
                    assert time.monotonic() < deadline
                    time.sleep(0.05)
                said = http.get(f"/jobs/{job}").json()
                assert said["state"] == "failed", (path, kind)
                assert "root:" not in said["text"]


def test_with_a_users_file_nobody_else_may_sign_in(tmp_path: Path) -> None:
    users = tmp_path / "users"
    users.write_text("ann:correct horse\n")
    with running_demo("--auth", str(users)) as url:
        assert httpx.get(f"{url}/gradio_api/info", trust_env=False).status_code == 401
        assert "detail" in httpx.post(f"{url}/gradio_api/call/generate", json={}).text
        with httpx.Client(trust_env=False) as http:
            wrong = http.post(f"{url}/login", data={"username": "ann", "password": "x"})
            assert wrong.status_code == 400
            right = http.post(f"{url}/login", data={"username": "ann", "password": "correct horse"})
            assert right.status_code == 200
            assert http.get(f"{url}/gradio_api/info").status_code == 200
