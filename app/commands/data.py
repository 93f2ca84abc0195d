"""`caddis data`: prepare, pack and inspect the training data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import tyro
from tyro.conf import subcommand

from caddis.app.commands.base import PASSED, Command
from caddis.app.outputs import check_writable
from caddis.data.families import OBJECTS_A_FAMILY
from caddis.generation.config import Training
from caddis.geometry.assets import asset
from caddis.geometry.errors import ConfigError

if TYPE_CHECKING:
    from caddis.data.record import ObjectRecord

SHIPPED = asset("openmix")


@dataclass(frozen=True, kw_only=True)
class Prepare(Command):
    """Turn objects into training data; an interrupted run continues."""

    meshes: Path | None = None
    """A folder of your own meshes, instead of the shipped pack."""
    families: int = OBJECTS_A_FAMILY
    """Number of objects of each parametric family, 0 to 10000, added to the shipped pack."""
    ldraw: Path | None = None
    """Folder of the LDraw library of toy brick parts, added to the shipped pack."""
    out: Path = Training.cache
    """Folder for the training data."""
    seed: int = 0
    """Seed of the points that are sampled from the objects."""
    workers: int = 2
    """Number of processes."""

    def run(self) -> int:
        """Prepare with a progress bar, and print what was kept."""
        check_writable(self.out / "objects.json", force=True)
        import time

        from caddis.app.console import output, table
        from caddis.app.progress import count_progress
        from caddis.data.inventory import yield_of_preparing
        from caddis.data.prepare import prepare
        from caddis.data.sources.folder import Folder
        from caddis.data.sources.shipped import shipped

        if self.meshes is None:
            source = shipped(self.families, workers=self.workers, pack=SHIPPED, ldraw=self.ldraw)
        elif self.ldraw is None:
            source = Folder(self.meshes)
        else:
            raise ConfigError("--meshes excludes --ldraw", "options", "Give one of them.")
        began = time.monotonic()
        with count_progress("preparing") as advance:
            made = prepare(source, self.out, seed=self.seed, workers=self.workers, progress=advance)
        columns = ("source or family", "offered", "kept", "commonest reasons for the rest")
        rows = [(r.group, r.offered, r.kept, r.reasons) for r in yield_of_preparing(self.out)]
        output().print(table("", columns, rows))
        output().print(
            f"{made.objects} objects in {self.out}, {made.quarantined} left out "
            f"({self.out / 'quarantine.csv'}), {time.monotonic() - began:.0f} s"
        )
        return PASSED


@dataclass(frozen=True, kw_only=True)
class BuildPack(Command):
    """Make the shipped pack from the raw open mix: solids, captions, splits, licences."""

    raw: tyro.conf.Positional[Path]
    """Folder with the raw openmix-*.parquet."""
    solids: Path = Path("cache/solids")
    """Folder that keeps the solids, so that labels can be changed without making them again."""
    out: Path = Path("cache/pack")
    """Folder for the pack; assets/openmix is the shipped one."""
    workers: int = 2
    """Number of processes."""

    def run(self) -> int:
        """Make the solids that are missing, then the pack."""
        check_writable(self.out / "openmix-000.parquet", force=True)
        check_writable(self.solids / "solid.npz", force=True)
        from caddis.app.console import output
        from caddis.app.progress import count_progress
        from caddis.data.pack import build_pack
        from caddis.data.solids import solids
        from caddis.data.sources.openmix import OpenMix

        raw = OpenMix(self.raw)
        with count_progress("making solids") as advance:
            solids(raw, self.solids, workers=self.workers, progress=advance)
        with count_progress("packing") as advance:
            made = build_pack(raw, self.solids, self.out, progress=advance)
        output().print(
            f"{made.objects} objects, {made.faces:,} faces, {made.size / 1e6:.1f} MB "
            f"in {self.out}; "
            f"{made.quarantined} left out, {made.duplicates} near-duplicates kept in one split"
        )
        return PASSED


@dataclass(frozen=True, kw_only=True)
class Info(Command):
    """Count the objects by category, source, licence and attribute."""

    pack: Path | None = None
    """Folder of a pack; if left out, the prepared data, or the shipped pack if there are none."""
    cache: Path = Training.cache
    """Folder of the prepared data, which include the families and the attributes."""

    def run(self) -> int:
        """Print the tables."""
        from caddis.app.console import output, table
        from caddis.data.inventory import SPLITS, Entry, by_attribute, by_split, entries_of
        from caddis.data.sources.pack import Pack
        from caddis.data.training_set import TrainingSet

        prepared = self.pack is None and (self.cache / "objects.json").is_file()
        entries: list[Entry] = []
        if prepared:
            entries += TrainingSet(self.cache).objects
        else:
            entries += entries_of(Pack(self.pack or SHIPPED))
        for field in ("category", "source", "licence"):
            output().print(table("", (field, *SPLITS, "all"), by_split(entries, field)))
        if prepared:
            columns = ("attribute", "objects", "most frequent values")
            output().print(table("", columns, by_attribute(entries)))
        else:
            output().print("To count attributes too, run caddis data prepare first.")
        return PASSED


@dataclass(frozen=True, kw_only=True)
class Licences(Command):
    """List the licences and authors of a pack."""

    pack: Path = SHIPPED
    """Folder of the pack."""

    def run(self) -> int:
        """Print one table."""
        from caddis.app.console import output, table
        from caddis.data.licences import licences

        rows = [(one.licence, one.author, one.source, one.count) for one in licences(self.pack)]
        output().print(table("", ("licence", "author", "source", "objects"), rows))
        return PASSED


@dataclass(frozen=True, kw_only=True)
class Yield(Command):
    """Show the share of raw objects that became solids, by source and category, and why not all."""

    pack: Path = SHIPPED
    """Folder of the pack."""

    def run(self) -> int:
        """Print two tables."""
        from caddis.app.console import output, table
        from caddis.data.pack import yield_tables

        for name, rows in zip(("source", "category"), yield_tables(self.pack), strict=True):
            shown = [
                (row.group, row.offered, row.kept, f"{row.kept / row.offered:.0%}", row.reasons)
                for row in rows
            ]
            columns = (name, "offered", "kept", "share", "commonest reasons for the rest")
            output().print(table("", columns, shown))
        return PASSED


@dataclass(frozen=True, kw_only=True)
class ContactSheet(Command):
    """Draw objects of a pack or of parametric families on one picture."""

    pack: Path = SHIPPED
    """Folder of the pack."""
    families: tuple[str, ...] = ()
    """Draw objects of these parametric families, such as stool, instead of the pack."""
    category: str | None = None
    """Only this category."""
    count: int = 200
    """Number of objects, chosen at random."""
    seed: int = 0
    """Seed of the choice."""
    out: Path = Path("out/contact-sheet.png")
    """The PNG to write."""
    force: bool = False
    """Replace a picture that is there already."""

    def run(self) -> int:
        """Draw the picture, write it, and print its path."""
        check_writable(self.out, force=self.force)
        from caddis.app.console import output
        from caddis.app.pictures import write_sheet

        records = self.chosen()
        shown = [(record.mesh, f"{record.category}\n{record.name}") for record in records]
        write_sheet(shown, self.out, columns=16, size=112)
        output().print(f"{len(records)} objects in {self.out}")
        return PASSED

    def chosen(self) -> list[ObjectRecord]:
        """Return the objects to draw, sorted by category.

        Raises:
            UnknownCategoryError: No object has the category.
            ConfigError: The count is below 1, or a family does not exist.
        """
        import numpy as np

        from caddis.data.source import Source
        from caddis.data.sources.families import Families
        from caddis.data.sources.pack import Pack
        from caddis.geometry.errors import UnknownCategoryError

        if self.count < 1:
            raise ConfigError(f"count must be at least 1, not {self.count}", "count")
        source: Source
        if self.families:
            each = -(-self.count // len(self.families))
            source = Families(each, seed=self.seed, names=self.families)
        else:
            source = Pack(self.pack)
        records = [one for one in source if self.category in {None, one.category}]
        if not records:
            raise UnknownCategoryError(
                f"no object has the category {self.category!r}", "category", "See caddis data info."
            )
        order = np.random.default_rng(self.seed).permutation(len(records))[: self.count]
        return sorted((records[row] for row in order), key=lambda one: (one.category, one.id))


Data = Annotated[
    Annotated[Prepare, subcommand("prepare")]
    | Annotated[BuildPack, subcommand("pack")]
    | Annotated[Info, subcommand("info")]
    | Annotated[Licences, subcommand("licences")]
    | Annotated[Yield, subcommand("yield")]
    | Annotated[ContactSheet, subcommand("contact-sheet")],
    subcommand("data", description="Prepare, pack and inspect the objects that models learn from."),
]
