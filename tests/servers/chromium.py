"""A real Chromium: found, not downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium_browser() -> Iterator[Browser]:
    """Raises `FileNotFoundError` when this machine has no Chromium."""
    with sync_playwright() as playwright:
        path = _path(playwright)
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


def _path(playwright: Playwright) -> str:
    own = playwright.chromium.executable_path
    named = (os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), own)
    for path in named:
        if path and Path(path).exists():
            return path
    raise FileNotFoundError("no Chromium: set CHROMIUM, or install the package chromium")
