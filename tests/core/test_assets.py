"""Static files: named by their content, compressed, kept for a year, and all from here."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask

from forum.core import assets
from tests.cast import Browser

FINGERPRINTED = re.compile(r"^/static/[\w/-]+\.[0-9a-f]{16}\.\w+$")
USED = re.compile(r'(?:href|src)="(/static/[^"]+)"|url\("?(/static/[^")]+)"?\)')


@pytest.fixture(scope="module")
def addresses(whole_app: Flask) -> dict[str, str]:
    return assets.publish(Path(whole_app.config["DATA_DIR"]) / "assets")


def test_every_file_has_the_fingerprint_of_its_content_in_its_name(
    app: Flask, client: Browser, addresses: dict[str, str]
) -> None:
    assert len(addresses) > 5
    for name, address in addresses.items():
        assert FINGERPRINTED.match(address), name
        answer = client.get(address)
        assert answer.status_code == 200, name
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_another_content_has_another_name(tmp_path: Path) -> None:
    names = {assets._keep(tmp_path, "css/site.css", content) for content in (b"a{}", b"b{}")}
    assert len(names) == 2


def test_a_file_that_is_there_is_not_written_again(tmp_path: Path) -> None:
    assets.publish(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assets.publish(tmp_path)
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before


@pytest.mark.parametrize(
    ("encoding", "open_up"), [("gzip", gzip.decompress), ("br", brotli.decompress)]
)
def test_style_and_script_travel_compressed(
    client: Browser, addresses: dict[str, str], encoding: str, open_up: object
) -> None:
    assert callable(open_up)
    for name in ("css/site.css", "js/site.js"):
        plain = client.get(addresses[name])
        packed = client.get(addresses[name], headers={"Accept-Encoding": encoding})
        assert packed.headers["Content-Encoding"] == encoding
        assert open_up(packed.data) == plain.data
        assert len(packed.data) < len(plain.data) / 2


@pytest.mark.parametrize("encoding", ["zstd", "br", "gzip"])
def test_pages_travel_compressed(client: Browser, encoding: str) -> None:
    plain = client.get("/topics")
    packed = client.get("/topics", headers={"Accept-Encoding": encoding})
    assert packed.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 2


def test_a_page_uses_files_that_exist_and_no_others(
    client: Browser, addresses: dict[str, str]
) -> None:
    page = client.get("/topics").text
    style = client.get(addresses["css/site.css"]).text
    used = {one or other for one, other in USED.findall(page + style)}
    assert used
    assert used <= set(addresses.values())


@pytest.mark.parametrize(
    "path", ["../secret_key", "..%2Fsecret_key", "css/../../secret_key", "css/", ""]
)
def test_nothing_but_the_files_is_served(client: Browser, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404
