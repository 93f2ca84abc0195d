"""The event handlers of the Create tab: create variations, pick one, vary it, undo."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from caddis.app.page.jobs.results import Result
from caddis.app.page.parts import texts
from caddis.app.page.parts.examples import Example
from caddis.app.page.parts.panel import Panel
from caddis.app.page.server.job_service import JobService
from caddis.app.page.server.visitors import visitor_of
from caddis.app.page.tabs.job_events import with_status
from caddis.geometry.errors import CaddisError

Names = list[str]
"""Names of results that are shown side by side."""


@dataclass(frozen=True)
class CreateHandlers:
    """The handlers of the tab."""

    service: JobService
    examples: Sequence[Example]

    def create(  # noqa: PLR0917 - one per component
        self,
        text: str,
        category: str,
        seed: float,
        count: float,
        height: float | None,
        size: str,
        symmetry: str,
        process: str,
        guidance: float,
        faces: float | None,
        cells: float,
        surface: str,
        shown: Names,
        past: list[Names],
        request: gr.Request,
    ) -> Iterator[list[Any]]:
        """Generate variations and show each as soon as it is done."""
        options = {
            "text": text.strip() or None, "category": category or None,
            "seed": None if seed is None else int(seed),
            "count": int(count), "height_mm": float(height) if height else None,
            "size_mm": size.strip() or None, "symmetry": symmetry or None, "process": process,
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
        """Keep the first tokens of the chosen result and generate the rest again."""
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
            origin = Result.load(self.service.store.folder(visitor, chosen)).origin
        except CaddisError as error:
            raise gr.Error("Pick a result to vary first.", print_exception=False) from error
        return origin

    def _work(
        self, options: dict[str, Any], shown: Names, past: list[Names], visitor: str
    ) -> Iterator[list[Any]]:
        """Yield status, pictures, shown, past, chosen, and the panel."""
        made: Names = []
        pictures: Any = gr.skip()
        for event, status in with_status(self.service.create(visitor, options)):
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
                    panel = Panel.values(self.service.store.folder(visitor, made[0]))
            yield [status, pictures, gr.skip(), gr.skip(), chosen, *panel]
            pictures = gr.skip()
        status = texts.note(f"{len(made)} made. Pick one below." if len(made) > 1 else "Done.")
        past = [*past, shown][-20:] if shown else past
        yield [status, gr.skip(), made, past, gr.skip(), *Panel.unchanged()]

    def pictures(self, visitor: str, names: Names) -> list[tuple[str, str]]:
        """Return picture and caption of each result that still exists."""
        found = []
        for name in names:
            try:
                folder = self.service.store.folder(visitor, name)
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
            folder = self.service.store.folder(visitor_of(request), shown[index])
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
        folder = self.service.store.folder(visitor, shown[0])
        return [_gallery(pictures), shown, past[:-1], shown[0], *Panel.values(folder)]

    def example(
        self, event: gr.SelectData, shown: Names, past: list[Names], request: gr.Request
    ) -> list[Any]:
        """Show an example that was made beforehand."""
        visitor = visitor_of(request)
        folder = self.service.store.new_folder(visitor)
        self.examples[int(event.index)].copy_to(folder)
        past = [*past, shown][-20:] if shown else past
        pictures = self.pictures(visitor, [folder.name])
        return [_gallery(pictures), [folder.name], past, folder.name, *Panel.values(folder)]


def _gallery(pictures: list[tuple[str, str]]) -> Any:
    return gr.Gallery(value=pictures, visible=True, selected_index=None)
