"""Static files: gathered into few, named by their content, compressed, kept for a year.

There is no build step: at the start the files of `static/` are joined as the ORDER lists say
and written, with their compressed forms, to DATA_DIR/assets. A file that is already there
under its content's name is not made again.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from importlib import metadata
from io import BytesIO
from pathlib import Path

import brotli
from flask import Flask
from whitenoise import WhiteNoise

STATIC = Path(__file__).resolve().parents[2] / "static"
PREFIX = "static"
BUNDLES = {
    "css/site.css": ("css", "ORDER"),
    "js/site.js": ("js", "ORDER"),
    "js/compose.js": ("js", "ORDER.compose"),
}
FONTS = {
    "fonts/atkinson-regular.woff2": "AtkinsonHyperlegible-Regular",
    "fonts/atkinson-bold.woff2": "AtkinsonHyperlegible-Bold",
}
FONT_PACKAGE = "fontpkg-atkinson-hyperlegible"
# Latin with its accents, punctuation, arrows and the marks that the pages draw.
FONT_RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2027), (0x2030, 0x203A), (0x2190, 0x2193))
COMPRESSIBLE = frozenset({".css", ".js", ".svg", ".txt", ".webmanifest"})
CSS_URL = re.compile(r'url\("?\.\./([^")]+)"?\)')
MAX_AGE_S = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    folder = Path(app.config["DATA_DIR"]) / "assets"
    addresses = publish(folder)
    app.jinja_env.globals["asset"] = addresses.__getitem__
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(folder),
        prefix=f"{PREFIX}/",
        allow_all_origins=False,
        add_headers_function=_add_headers,
    )


def publish(folder: Path) -> dict[str, str]:
    """Write every asset under its content's name; returns name -> address."""
    addresses: dict[str, str] = {}
    for name, content in _assets(folder, addresses):
        addresses[name] = f"/{PREFIX}/{_keep(folder, name, content)}"
    return addresses


def _assets(folder: Path, addresses: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    for name, font in FONTS.items():
        yield name, _font(folder, font)
    for path in sorted((STATIC / "img").glob("*")):
        yield f"img/{path.name}", path.read_bytes()
    for name, (part, order) in BUNDLES.items():
        yield name, _joined(STATIC / part, order, addresses)


def _joined(folder: Path, order: str, addresses: dict[str, str]) -> bytes:
    listed = (line.strip() for line in (folder / order).read_text().splitlines())
    text = "\n".join((folder / name).read_text() for name in listed if name)
    return CSS_URL.sub(lambda found: f'url("{addresses[found[1]]}")', text).encode()


def _keep(folder: Path, name: str, content: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    kept = f"{stem}.{hashlib.sha256(content).hexdigest()[:16]}{dot}{suffix}"
    path = folder / kept
    _write_once(path, lambda: content)
    if path.suffix in COMPRESSIBLE:
        _write_once(path.with_name(f"{path.name}.gz"), lambda: gzip.compress(content, 9, mtime=0))
        _write_once(path.with_name(f"{path.name}.br"), lambda: brotli.compress(content))
    return kept


def _write_once(path: Path, content: Callable[[], bytes]) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content())
    draft.replace(path)


def _font(folder: Path, name: str) -> bytes:
    """The font as WOFF2 with the letters we use, made once for each release of the package."""
    made = folder / "made" / f"{name}-{metadata.version(FONT_PACKAGE)}.woff2"
    _write_once(made, lambda: _with_our_letters(_font_source(name)))
    return made.read_bytes()


def _with_our_letters(source: Path) -> bytes:
    # Imported here: a web process that finds the font made does not carry the library.
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "liga"]
    letters = subset.Subsetter(options)
    letters.populate(unicodes=[code for a, b in FONT_RANGES for code in range(a, b + 1)])
    made = BytesIO()
    with subset.load_font(str(source), options) as font:
        letters.subset(font)
        subset.save_font(font, made, options)
    return made.getvalue()


def _font_source(name: str) -> Path:
    for file in metadata.files(FONT_PACKAGE) or ():
        if file.stem == name and file.suffix in (".ttf", ".otf"):
            return Path(str(file.locate()))
    raise FileNotFoundError(f"{FONT_PACKAGE} carries no {name}")


def _add_headers(headers: dict[str, str], path: str, url: str) -> None:
    headers["Cache-Control"] = f"public, max-age={MAX_AGE_S}, immutable"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
