"""What first and second visits move, in a real Chromium, from a site that is running.

.venv/bin/python -m bench.weight http://127.0.0.1:8000 [PATH ...]
"""

from __future__ import annotations

import argparse

from playwright.sync_api import Browser

from tests.browser.weighing import Scale, Visit
from tests.servers.chromium import chromium_browser

PATHS = ("/", "/guide", "/guide/start", "/topics", "/topics/upset", "/threads", "/help", "/join")
ROW = "{:<24} {:>8} {:>9} {:>9} {:>9} {:>9}"
HEAD = ("page", "requests", "bytes", "of script", "of fonts", "next time")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("site", help="where the forum is served, like http://127.0.0.1:8000")
    options.add_argument("paths", nargs="*", default=PATHS)
    given = options.parse_args()
    print(ROW.format(*HEAD))
    with chromium_browser() as browser:
        for path in given.paths:
            first, again = _visits(browser, given.site.rstrip("/") + path)
            print(ROW.format(path, len(first.asked), *_sizes(first), again.bytes))


def _visits(browser: Browser, address: str) -> tuple[Visit, Visit]:
    context = browser.new_context()
    scale = Scale(context.new_page())
    visits = scale.visit(address), scale.visit(address)
    context.close()
    return visits


def _sizes(visit: Visit) -> tuple[int, int, int]:
    fonts = sum(request.size for request in visit.moved if request.kind == "Font")
    return visit.bytes, visit.script_bytes, fonts


if __name__ == "__main__":
    main()
