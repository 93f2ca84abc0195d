"""Shortens the boxes in which tyro reports bad arguments to one line."""

from __future__ import annotations

import re

_RULE = re.compile(r"[╭╰]|[─-]{4,}")


def help_command(box: str) -> str:
    """Return the command in tyro's message whose help says more."""
    found = re.search(r"caddis[a-z -]*--help", re.sub(r"[│\s]+", " ", box))
    return found[0] if found else "caddis --help"


def one_line(box: str) -> str:
    """Return the first part of tyro's message as one sentence, without frame and help."""
    lines = [line.strip(" │\n") for line in box.splitlines() if line.strip()]
    rules = [number for number, line in enumerate(lines) if _RULE.match(line)]
    # the title is in the upper rule or, where boxes cannot be drawn, above it
    first, *rest = rules or [-1]
    body = lines[first + 1 : rest[0] if rest else len(lines)]
    text = re.sub(r"\s+", " ", " ".join(body)).strip().rstrip(":")
    text = re.sub(r"\[/?bold\]", "", text).replace("argument '--", "'--")
    choices = re.search(r"[({]('[^(){}]*')[)}]", text)
    if choices:
        words = sorted(set(re.findall(r"'([^']*)'", choices[1])) - {"None"})
        text = text.replace(choices[0], ", ".join(words))
    return text.partition(" Got errors:")[0].removesuffix(".")
