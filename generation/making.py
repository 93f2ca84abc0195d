"""From the sampled candidates for one object to one printable solid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import trimesh
from numpy.typing import NDArray
from torch import Tensor

from caddis.data.attributes.asked import Wish, asked
from caddis.generation.models import Models
from caddis.generation.ranking import best_first, verdicts
from caddis.generation.request import DEFAULT_HEIGHT_MM, Request
from caddis.generation.sampling import Sampled
from caddis.generation.stopwatch import Stopwatch
from caddis.generation.threads import threads_for
from caddis.generation.wished_frame import WishedFrame
from caddis.geometry.errors import CaddisError, NoSurfaceError, NotSolidError
from caddis.geometry.frame import place_in_box, place_on_bed
from caddis.geometry.gate import GateReport, check
from caddis.geometry.gate.profiles import Profile
from caddis.geometry.mesh.simplify import simplify
from caddis.geometry.repair import make_printable
from caddis.geometry.surfaces.connected import WHOLE, Connected, connected_surface
from caddis.geometry.surfaces.protocols import SurfaceBackend

# Largest share of the bed for an object of default height: leaves room for brims and grown walls.
_BED_SHARE = 0.9


@dataclass(frozen=True)
class Generated:
    """One generated object.

    Attributes:
        mesh: Solid in millimetres, Z up, standing on z = 0.
        tokens: (K,) int64 tokens from which it was decoded.
        seed: Seed of the request.
        item: Number of the object in the request, from 0.
        candidate: Number of the candidate that was kept.
        condition: The given conditions "text" and "category", and "kind", the category chosen from
            a group of categories.
        height_mm: The requested height, or the one chosen if none was requested.
        report: Result of the print gate for `mesh`.
        changes: Changes made for printing, in words.
        stage_seconds: Seconds per stage; shared stages are divided by the number of objects.
        weights_sha256: Hash of the weights that generated it.
        obeyed: For attributes that the text names whether the shape has them; None if unreadable.
        drafts: Number of candidates among which it was chosen.
    """

    mesh: trimesh.Trimesh
    tokens: NDArray[np.int64]
    seed: int
    item: int
    candidate: int
    condition: dict[str, str]
    height_mm: float
    report: GateReport
    changes: tuple[str, ...]
    stage_seconds: dict[str, float]
    weights_sha256: str
    obeyed: dict[str, bool | None] = field(default_factory=dict)
    drafts: int = 1

    def record(self) -> dict[str, object]:
        """Return the content of the JSON record beside the file."""
        return {
            "seed": self.seed, "item": self.item, "candidate": self.candidate,
            "drafts": self.drafts, "obeyed": self.obeyed,
            "condition": self.condition, "height_mm": self.height_mm,
            "tokens": self.tokens.tolist(), "weights_sha256": self.weights_sha256,
            "faces": len(self.mesh.faces), "changes": list(self.changes),
            "stage_seconds": {name: round(s, 4) for name, s in self.stage_seconds.items()},
            "gate": self.report.to_json(),
        }  # fmt: skip


@dataclass(frozen=True)
class _Draft:
    """The decoded surface of one candidate."""

    candidate: int
    tokens: Tensor
    surface: Connected


@dataclass(frozen=True)
class _Trial:
    """One candidate as a solid, with the result of the print gate."""

    draft: _Draft
    mesh: trimesh.Trimesh
    height_mm: float
    changes: tuple[str, ...]
    report: GateReport

    @property
    def badness(self) -> tuple[bool, bool, int, int]:
        """Sort key, smaller is better: not solid, in pieces, failed checks, warnings."""
        status = [one.status for one in self.report.checks]
        broken = self.draft.surface.share < WHOLE
        return (not self.report.is_solid, broken, status.count("fail"), status.count("warn"))


@dataclass(frozen=True)
class Maker:
    """Turns the candidates of one object into one solid."""

    request: Request
    models: Models
    process: Profile
    surface: SurfaceBackend
    watch: Stopwatch
    notes: tuple[str, ...] = ()

    def make(self, item: int, kind: str | None, sampled: Sampled) -> Generated:
        """Return the likeliest whole candidate that passes the gate, or else the best one."""
        request = self.request
        rows = slice(item * request.candidates, (item + 1) * request.candidates)
        trials: list[_Trial] = []
        problem: CaddisError = NoSurfaceError("no candidate has a surface", request.words)
        wishes = asked(request.text or "")
        drafts = self._drafts(sampled.tokens[rows], sampled.log_likelihood[rows])
        for draft in self._ranked(drafts, wishes):
            try:
                trials.append(self._try(draft))
            except NotSolidError as error:
                problem = error
                continue
            if trials[-1].report.passed:
                break
        if not trials:
            raise problem
        return self._result(item, kind, min(trials, key=lambda trial: trial.badness), wishes)

    def _ranked(self, drafts: Iterator[_Draft], wishes: Sequence[Wish]) -> Iterator[_Draft]:
        """Yield the drafts that meet the text's wishes best first."""
        if not wishes or self.request.candidates == 1:
            yield from drafts
            return
        found = list(drafts)
        with self.watch.stage("attributes"):
            order = best_first([draft.surface for draft in found], wishes)
        yield from (found[row] for row in order)

    def _drafts(self, tokens: Tensor, log_likelihood: Tensor) -> Iterator[_Draft]:
        """Yield connected candidates, likeliest first; then others, largest main piece first."""
        broken = []
        for candidate in np.argsort(-log_likelihood.cpu().numpy(), kind="stable"):
            width = self.models.tokenizer.config.width
            with self.watch.stage("decode"), threads_for(width):
                shape = self.models.tokenizer.shape_field(tokens[candidate])
            try:
                with self.watch.stage("surface"), threads_for(width):
                    found = connected_surface(shape, self.surface, self.request.resolution)
            except NoSurfaceError:
                continue
            draft = _Draft(int(candidate), tokens[candidate], found)
            if found.share >= WHOLE:
                yield draft
            else:
                broken.append(draft)
        yield from sorted(broken, key=lambda draft: -draft.surface.share)

    def _try(self, draft: _Draft) -> _Trial:
        request = self.request
        size, smaller = self._size(draft.surface.mesh)
        mesh = self._placed(draft.surface.mesh, size)
        with self.watch.stage("printable"):
            printable = make_printable(mesh, self.process, size[2])
            longest = float(np.ptp(mesh.vertices, axis=0).max())
            changes = (*smaller, *_growth_note(draft.surface.level * longest), *printable.changes)
            mesh = self._placed(printable.mesh, size) if self._exact else printable.mesh
        with self.watch.stage("gate"):
            report = check(mesh, profile=self.process, height_mm=size[2])
        if request.faces is not None:
            mesh, report = self._with_faces(mesh, report, size, request.faces)
            changes = (*changes, *_faces_note(mesh, request.faces))
        return _Trial(draft, mesh, float(size[2]), changes, report)

    def _with_faces(
        self, mesh: trimesh.Trimesh, report: GateReport, size: NDArray[np.float64], faces: int
    ) -> tuple[trimesh.Trimesh, GateReport]:
        """Return a mesh of `faces` faces, or of the least double of it that still prints."""
        while faces < len(mesh.faces):
            with self.watch.stage("printable"):
                fewer = self._placed(simplify(mesh, faces), size)  # it moves the top
            with self.watch.stage("gate"):
                verdict = check(fewer, profile=self.process, height_mm=size[2])
            if verdict.passed or not report.passed:
                return fewer, verdict
            faces *= 2
        return mesh, report

    @property
    def _exact(self) -> bool:
        """Whether more than one length is stated, so that each axis is scaled on its own."""
        return WishedFrame.of(self.request).fixes_proportions

    def _placed(self, mesh: trimesh.Trimesh, size: NDArray[np.float64]) -> trimesh.Trimesh:
        return place_in_box(mesh, size) if self._exact else place_on_bed(mesh, float(size[2]))

    def _size(self, mesh: trimesh.Trimesh) -> tuple[NDArray[np.float64], tuple[str, ...]]:
        """Return the sides (3,) in mm, and a note if they were reduced to fit the bed."""
        wish = WishedFrame.of(self.request)
        sides = np.ptp(mesh.vertices, axis=0)
        if wish.states_lengths:
            return wish.sizes(sides), ()
        sides = sides * (DEFAULT_HEIGHT_MM / sides[2])
        used = self.process.bed_use(sides)
        if used <= _BED_SHARE:
            return sides, ()
        height = max(1.0, DEFAULT_HEIGHT_MM * _BED_SHARE / used)
        return sides * (height / DEFAULT_HEIGHT_MM), (
            f"made {height:.1f} mm tall: with {DEFAULT_HEIGHT_MM:g} mm it would need "
            f"{100.0 * used:.0f} % of the bed; a size that is asked for is kept",
        )

    def _result(
        self, item: int, kind: str | None, best: _Trial, wishes: Sequence[Wish]
    ) -> Generated:
        request = self.request
        with self.watch.stage("attributes"):
            obeyed = verdicts(best.draft.surface, wishes)
        given = {"text": request.text, "category": request.category, "kind": kind}
        return Generated(
            mesh=best.mesh,
            tokens=best.draft.tokens.cpu().numpy(),
            seed=request.seed,
            item=item,
            candidate=best.draft.candidate,
            condition={name: value for name, value in given.items() if value is not None},
            height_mm=best.height_mm,
            report=best.report,
            changes=(*self.notes, *_obeyed_note(obeyed, request.candidates), *best.changes),
            obeyed=obeyed,
            drafts=request.candidates,
            stage_seconds=self.watch.seconds,
            weights_sha256=self.models.sha256,
        )


def _obeyed_note(obeyed: dict[str, bool | None], drafts: int) -> tuple[str, ...]:
    missed = [words for words, met in obeyed.items() if met is False]
    if not missed:
        return ()
    return (f"none of {drafts} drafts that print is as asked: {', '.join(missed)}",)


def _growth_note(grown_mm: float) -> tuple[str, ...]:
    if grown_mm == 0.0:
        return ()
    return (f"grew the surface by {grown_mm:.2f} mm, so that its parts hold together",)


def _faces_note(mesh: trimesh.Trimesh, asked: int) -> tuple[str, ...]:
    achieved = len(mesh.faces)
    if abs(achieved - asked) <= 0.05 * asked:
        return ()
    if achieved < asked:
        return (
            f"{achieved:,} faces in place of {asked:,}: the surface has no more at this resolution",
        )
    return (f"{achieved:,} faces in place of {asked:,}: with fewer it would not print",)
