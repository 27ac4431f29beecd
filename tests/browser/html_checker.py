"""Who says whether HTML is valid: the Nu checker where Java runs it, else html5lib."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import html5lib
from html5lib.constants import E

JAR = Path(__file__).parents[2] / "var/tools/node_modules/vnu-jar/build/dist/vnu.jar"
# Safari tells its screen reader of a list without bullets only where the role is said.
MEANT = "The “list” role is unnecessary for element"


class Remark(NamedTuple):
    """What the checker says about a page; a warning is no error."""

    page: str
    is_error: bool
    words: str

    def __str__(self) -> str:
        return f"{self.page}: {self.words}"


def remarks(pages: Mapping[str, str], folder: Path) -> list[Remark]:
    """What is wrong or doubtful in these pages, by name; `folder` is a place for them."""
    if JAR.exists() and shutil.which("java"):
        found = _by_nu_checker(pages, folder)
        return [remark for remark in found if not remark.words.startswith(MEANT)]
    return list(_by_html5lib(pages))


def _by_nu_checker(pages: Mapping[str, str], folder: Path) -> Iterator[Remark]:
    names = {}
    for number, (name, text) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_text(text)
        names[path.as_uri()] = name
    command = ["java", "-Xss4m", "-jar", str(JAR), "--format", "json", "--exit-zero-always"]
    done = subprocess.run([*command, str(folder)], capture_output=True, check=True)
    for message in json.loads(done.stderr)["messages"]:
        words = f"{message['message']} at {message.get('extract', '').strip()}"
        name = names.get(message.get("url", "").replace("file:/", "file:///", 1), "the checker")
        yield Remark(name, message["type"] == "error", words)


def _by_html5lib(pages: Mapping[str, str]) -> Iterator[Remark]:
    for name, text in pages.items():
        parser = html5lib.HTMLParser()
        parser.parse(text)
        for (line, _), code, about in parser.errors:
            yield Remark(name, True, f"{E[code] % about} in line {line}")
