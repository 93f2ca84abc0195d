"""Builds and serves the page."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # no usage statistics; read at Gradio's import

import gradio as gr
from starlette.middleware import Middleware

from caddis.app.page.jobs.web_design import models_that_load
from caddis.app.page.parts.examples import load_examples
from caddis.app.page.parts.guide import GUIDE
from caddis.app.page.parts.look import CSS, HEADER, theme, write_icon
from caddis.app.page.server.endpoints import build_api
from caddis.app.page.server.job_routes import add_job_routes
from caddis.app.page.server.job_service import JobService, Limits
from caddis.app.page.server.open_jobs import Jobs
from caddis.app.page.server.uploads import MAX_MB
from caddis.app.page.server.visitors import VisitorCookie
from caddis.app.page.tabs.check_tab import build_check_tab
from caddis.app.page.tabs.create_tab import build_create_tab
from caddis.app.page.tabs.gallery_tab import build_gallery_tab
from caddis.app.page.tabs.reconstruct_tab import build_reconstruct_tab
from caddis.app.page.tabs.webs_tab import build_webs_tab

HOUR = 3600


@dataclass(frozen=True)
class ServeOptions:
    """Settings of the server.

    Attributes:
        host: Address to listen on; by default only this computer can reach the page.
        port: Port to listen on; 0 for any free one.
        users: Password of each user; if empty, everybody may use the page.
        share: Whether to open a public tunnel through Gradio's servers.
        limits: Limits of jobs and visitors.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    users: Mapping[str, str] = field(default_factory=dict)
    share: bool = False
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Running:
    """A page that is being served."""

    page: gr.Blocks
    service: JobService
    jobs: Jobs
    url: str

    def close(self) -> None:
        """Stop serving, and end all jobs."""
        self.page.close(verbose=False)
        self.jobs.close()
        self.service.close()


def serve(folder: Path, serving: ServeOptions) -> Running:
    """Start to serve the page; return once it answers.

    Args:
        folder: An empty folder for uploads and results. An empty subfolder becomes the working
            directory, since Gradio lets visitors read the files of the working directory.
        serving: The settings.

    Raises:
        WeightsError: The shipped weights are missing or damaged.
        OSError: The port is taken.
    """
    folder = folder.resolve()  # uploads are recognised by their absolute path
    uploads = folder / "uploads"
    for each in (uploads, folder / "working"):
        each.mkdir(mode=0o700)
    os.environ["GRADIO_TEMP_DIR"] = str(uploads)
    os.chdir(folder / "working")
    service = JobService(folder, uploads, serving.limits)
    page = build_page(service)
    limits = serving.limits
    page.queue(max_size=limits.waiting, default_concurrency_limit=limits.at_once)
    app, local, _ = page.launch(
        server_name=serving.host,
        server_port=serving.port or None,
        share=serving.share,
        auth=[*serving.users.items()] or None,
        allowed_paths=[],
        max_file_size=f"{MAX_MB}mb",
        theme=theme(),
        css=CSS,
        favicon_path=write_icon(folder),
        footer_links=["api"],
        app_kwargs={"middleware": [Middleware(VisitorCookie)]},
        mcp_server=True,
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        prevent_thread_lock=True,
        quiet=True,
        _frontend=False,  # skips Gradio's test request to itself, which fails on a busy computer
    )
    jobs = Jobs(service)
    add_job_routes(app, jobs, service)
    return Running(page, service, jobs, local)


def build_page(service: JobService) -> gr.Blocks:
    """Lay out all tabs."""
    from caddis.generation.models import load_models

    models = load_models()
    examples = load_examples(service.folder / "examples", models.sha256)
    with gr.Blocks(
        title="Caddis", fill_width=True, analytics_enabled=False, delete_cache=(HOUR, 24 * HOUR)
    ) as page:
        gr.HTML(HEADER)
        with gr.Tab("Create"):
            build_create_tab(service, models, examples)
        with gr.Tab("Reconstruct"):
            build_reconstruct_tab(service)
        with gr.Tab("Check & repair"):
            build_check_tab(service)
        with gr.Tab("Webs"):
            build_webs_tab(service, models_that_load())
        with gr.Tab("Gallery") as tab:
            build_gallery_tab(service, tab, page)
        with gr.Tab("API"):
            guide = gr.Markdown(GUIDE)
            page.load(_guide, outputs=guide, queue=False, api_visibility="private")
        build_api(service)
    return page  # type: ignore[no-any-return]


def _guide(request: gr.Request) -> str:
    """Return the guide with the address that this visitor uses."""
    headers: Any = request.headers
    scheme = headers.get("x-forwarded-proto", "http")
    host = headers.get("host", "127.0.0.1:7860")
    safe = all(c.isalnum() or c in ".:-[]" for c in host) and scheme in {"http", "https"}
    return GUIDE.replace("ADDRESS", f"{scheme}://{host}" if safe else "http://127.0.0.1:7860")
