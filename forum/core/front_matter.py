"""Content that ships with the project: Markdown files that open with a block of TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FENCE = "+++\n"


class FrontMatterError(ValueError):
    """A content file that cannot be read; the message names the file."""


@dataclass(frozen=True, slots=True)
class Document:
    """A content file: what its front matter says, and the text after it."""

    name: str
    front: Mapping[str, Any]
    body: str

    def __getitem__(self, key: str) -> Any:
        """A field of the front matter. Raises `FrontMatterError` where it is missing."""
        try:
            return self.front[key]
        except KeyError:
            raise FrontMatterError(f"{self.name}: its front matter has no {key}") from None

    def take(self, keys: Iterable[str]) -> dict[str, Any]:
        """These fields of the front matter. Raises `FrontMatterError` where one is missing."""
        return {key: self[key] for key in keys}


def read(path: Path) -> Document:
    """The document in `path`. Raises `FrontMatterError` if it has no readable front matter."""
    before, fence, rest = path.read_text(encoding="utf-8").partition(FENCE)
    front, closing, body = rest.partition(FENCE)
    if before or not fence or not closing:
        raise FrontMatterError(f"{path}: does not open with front matter between two lines of +++")
    try:
        return Document(str(path), tomllib.loads(front), body.strip())
    except tomllib.TOMLDecodeError as error:
        raise FrontMatterError(f"{path}: {error}") from error


def read_all(folder: Path) -> list[Document]:
    """Every document in `folder`, by file name. Raises `FrontMatterError`, also for none."""
    documents = [read(path) for path in sorted(folder.glob("*.md"))]
    if not documents:
        raise FrontMatterError(f"{folder}: holds no content")
    return documents
