"""The Create tab: words and a category in, several variations out; pick one, vary it, undo."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from app.web import texts
from app.web.examples import Example
from app.web.panel import Panel, build_panel
from app.web.results import Result
from app.web.running import followed
from app.web.studio import MAX_CELLS, MAX_COUNT, Studio
from app.web.visitors import visitor_of
from geometry.errors import CaddisError

Names = list[str]
"""Results that are shown side by side."""
_WORK: dict[str, Any] = {"concurrency_id": "work", "api_visibility": "private"}
_QUICK: dict[str, Any] = {"queue": False, "api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True)
class CreateTab:
    """The handlers of the tab, and what they need."""

    studio: Studio
    examples: Sequence[Example]

    def create(  # noqa: PLR0917 - one per component
        self,
        text: str,
        category: str,
        seed: float,
        count: float,
        height: float,
        process: str,
        guidance: float,
        faces: float | None,
        cells: float,
        surface: str,
        shown: Names,
        past: list[Names],
        request: gr.Request,
    ) -> Iterator[list[Any]]:
        """Generate variations and show them as they come."""
        options = {
            "text": text.strip() or None, "category": category or None, "seed": int(seed),
            "count": int(count), "height_mm": float(height), "process": process,
            "guidance": float(guidance), "faces": int(faces) if faces else None,
            "resolution": int(cells), "surface": surface,
        }  # fmt: skip
        yield from self._work(options, shown, past, visitor_of(request))

    def vary(  # noqa: PLR0917 - one per component
        self,
        chosen: str,
        keep: float,
        count: float,
        shown: Names,
        past: list[Names],
        request: gr.Request,
    ) -> Iterator[list[Any]]:
        """Keep the first tokens of the chosen result and write the rest anew."""
        visitor = visitor_of(request)
        origin = self._origin(visitor, chosen)
        options = {
            **origin["options"],
            "seed": secrets.randbelow(2**31),
            "count": int(count),
            "start": origin["tokens"][: int(keep)],
        }
        yield from self._work(options, shown, past, visitor)

    def _origin(self, visitor: str, chosen: str) -> dict[str, Any]:
        try:
            origin = Result.load(self.studio.store.folder(visitor, chosen)).origin
        except CaddisError as error:
            raise gr.Error("Pick a result to vary first.", print_exception=False) from error
        return origin

    def _work(
        self, options: dict[str, Any], shown: Names, past: list[Names], visitor: str
    ) -> Iterator[list[Any]]:
        """Yield status, pictures, shown, past, chosen, and the panel."""
        made: Names = []
        pictures: Any = gr.skip()
        for event, status in followed(self.studio.create(visitor, options)):
            panel = Panel.unchanged()
            chosen: Any = gr.skip()
            if event["event"] == "preview":
                label = f"after {event['tokens']} tokens"
                pictures = _gallery([(path, label) for path in event["pictures"]])
            elif event["event"] == "result":
                made.append(event["name"])
                pictures = _gallery(self.pictures(visitor, made))
                if len(made) == 1:
                    chosen = made[0]
                    panel = Panel.values(self.studio.store.folder(visitor, made[0]))
            yield [status, pictures, gr.skip(), gr.skip(), chosen, *panel]
            pictures = gr.skip()
        said = texts.note(f"{len(made)} made. Pick one below." if len(made) > 1 else "Done.")
        past = [*past, shown][-20:] if shown else past
        yield [said, gr.skip(), made, past, gr.skip(), *Panel.unchanged()]

    def pictures(self, visitor: str, names: Names) -> list[tuple[str, str]]:
        """Return picture and caption of each result that is still there."""
        found = []
        for name in names:
            try:
                folder = self.studio.store.folder(visitor, name)
            except CaddisError:
                continue
            result = Result.load(folder)
            found.append(
                (str(folder / result.picture), f"{result.title} · {result.gate['status']}")
            )
        return found

    def pick(self, event: gr.SelectData, shown: Names, request: gr.Request) -> list[Any]:
        """Show the result whose picture was clicked."""
        index = int(event.index)
        if not 0 <= index < len(shown):  # a preview: its result is still being made
            return [gr.skip(), *Panel.unchanged()]
        try:
            folder = self.studio.store.folder(visitor_of(request), shown[index])
        except CaddisError as error:
            raise gr.Error(str(error), print_exception=False) from error
        return [shown[index], *Panel.values(folder)]

    def undo(self, past: list[Names], request: gr.Request) -> list[Any]:
        """Go back to what was shown before."""
        if not past:
            raise gr.Error("There is nothing to go back to.", print_exception=False)
        visitor, shown = visitor_of(request), past[-1]
        pictures = self.pictures(visitor, shown)
        if not pictures:
            return [gr.skip(), shown, past[:-1], gr.skip(), *Panel.unchanged()]
        folder = self.studio.store.folder(visitor, shown[0])
        return [_gallery(pictures), shown, past[:-1], shown[0], *Panel.values(folder)]

    def example(
        self, event: gr.SelectData, shown: Names, past: list[Names], request: gr.Request
    ) -> list[Any]:
        """Show an example that was made beforehand."""
        visitor = visitor_of(request)
        folder = self.studio.store.new_folder(visitor)
        self.examples[int(event.index)].copy_to(folder)
        past = [*past, shown][-20:] if shown else past
        pictures = self.pictures(visitor, [folder.name])
        return [_gallery(pictures), [folder.name], past, folder.name, *Panel.values(folder)]


def _gallery(pictures: list[tuple[str, str]]) -> Any:
    return gr.Gallery(value=pictures, visible=True, selected_index=None)


def build_create_tab(
    studio: Studio, categories: Sequence[str], surfaces: Sequence[str], examples: Sequence[Example]
) -> None:
    """Lay out the tab inside the Blocks that is being built."""
    tab = CreateTab(studio, examples)
    shown, past, chosen = gr.State([]), gr.State([]), gr.State("")
    with gr.Row(equal_height=False):
        with gr.Column(scale=4, min_width=300):
            text = gr.Textbox(
                label="What to make", placeholder="a round wooden stool", max_length=300, lines=2
            )
            category = gr.Dropdown(
                [("any", ""), *((name.replace("_", " "), name) for name in categories)],
                value="", label="Category", info="instead of words, or with them",
            )  # fmt: skip
            with gr.Row():
                seed = gr.Number(7, label="Seed", precision=0, minimum=0, maximum=2**53, scale=3)
                die = gr.Button("New seed", scale=1, min_width=110, elem_classes="die")
            with gr.Row():
                count = gr.Slider(1, MAX_COUNT, 2, step=1, label="Variations")
                height = gr.Number(60, label="Height in mm", minimum=1, maximum=2000)
            with gr.Accordion("Advanced", open=False):
                process = gr.Radio(["fdm", "sla", "sls"], value="fdm", label="Print process")
                guidance = gr.Slider(
                    0, 5, 1.5, step=0.1, label="Guidance", info="how strongly the words count"
                )
                faces = gr.Number(
                    None, label="Triangles", minimum=100, maximum=1_000_000, precision=0,
                    info="empty for as many as the surface needs",
                )  # fmt: skip
                cells = gr.Slider(48, MAX_CELLS, 128, step=16, label="Resolution")
                surface = gr.Dropdown(list(surfaces), value="marching-cubes", label="Surface")
            with gr.Row():
                go = gr.Button("Create", variant="primary", scale=3)
                stop = gr.Button("Stop", scale=1, min_width=90)
            status = gr.HTML(elem_id="create-status")
            if examples:
                made_before = gr.Gallery(
                    [(str(each.file("png")), each.result.title) for each in examples],
                    label="Examples, made with this model: click one", columns=3,
                    allow_preview=False, height="auto", interactive=False,
                    elem_id="create-examples",
                )  # fmt: skip
        with gr.Column(scale=6, min_width=320):
            pictures = gr.Gallery(
                label="Variations", columns=4, allow_preview=False, height="auto",
                interactive=False, elem_id="create-variations", visible=False,
            )  # fmt: skip
            panel = build_panel("Result", "Say what to make, or click an example.")
            with gr.Column(visible=False) as again:
                keep = gr.Slider(
                    1, 63, 16, step=1, label="Tokens to keep when varying",
                    info="few: another shape of the kind; many: only details change",
                )  # fmt: skip
                with gr.Row():
                    vary = gr.Button("Vary this one", scale=3)
                    undo = gr.Button("Undo", scale=1, min_width=90)
    asked = [text, category, seed, count, height, process, guidance, faces, cells, surface]
    outputs = [status, pictures, shown, past, chosen, *panel.outputs]
    die.click(lambda: secrets.randbelow(2**31), outputs=seed, **_QUICK)
    jobs: list[Any] = [
        gr.on(
            [go.click, text.submit], tab.create, [*asked, shown, past], outputs,
            show_progress="minimal", **_WORK,
        ),
        vary.click(
            tab.vary, [chosen, keep, count, shown, past], outputs, show_progress="minimal", **_WORK
        ),
    ]  # fmt: skip
    chosen.change(lambda name: gr.Column(visible=bool(name)), chosen, again, **_QUICK)
    stop.click(lambda: texts.note("Stopped."), outputs=status, cancels=jobs, **_QUICK)
    pictures.select(tab.pick, shown, [chosen, *panel.outputs], **_QUICK)
    undo.click(tab.undo, past, outputs[1:], **_QUICK)
    if examples:
        made_before.select(tab.example, [shown, past], outputs[1:], **_QUICK)
