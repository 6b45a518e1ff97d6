# SPDX-License-Identifier: EUPL-1.2
"""A real Chromium against a real server.

Fixtures: `page` (a page of a fresh visitor), `no_js_page` (the same without JavaScript),
`axe(page)` (asserts WCAG 2.2 AA), `screenshot(page, name)` (with SIAC_SCREENSHOTS=1, to tests/e2e/output).
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

from tests import browser as finding
from tests.e2e.clock import Clock, moved

OUTPUT = Path(__file__).parent / "output"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASKED = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
"""What is asked of axe: what passes is not described, which takes longer than finding what does not."""
QUIET = ["background-networking", "component-update", "sync", "quic", "default-apps", "extensions"]
BUILT = Path(finding.__file__).parents[1] / "src/siac/ui/static/ui/build/siac.css"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, or a skip that says why.

    One per module and not per run: while it is open an event loop runs in this thread, and other
    modules have tests that could not start one of their own.
    """
    path = finding.find()
    if path is None:
        pytest.skip("no browser: set BROWSER_PATH, or install chromium")
    if not BUILT.exists():
        pytest.fail("the front end is not built: run make assets")
    flags = [f"--disable-{name}" for name in QUIET]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        yield chromium
        chromium.close()


def _open(browser: Browser, base_url: str, *, javascript: bool, width: int = 1280) -> Iterator[Page]:
    context = browser.new_context(
        base_url=base_url,
        java_script_enabled=javascript,
        locale="es-CL",
        viewport={"width": width, "height": 900},
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console", lambda said: troubles.append(said.text) if "Content Security Policy" in said.text else None
    )
    yield page
    context.close()
    assert troubles == []


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    """A page of a fresh visitor; script errors and blocked content fail the test."""
    yield from _open(browser, live_server.url, javascript=True)


@pytest.fixture
def phone(browser: Browser, live_server) -> Iterator[Page]:
    """A page of another visitor, beside `page`, on a telephone."""
    yield from _open(browser, live_server.url, javascript=True, width=390)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that all pages and jobs go by, which a test may move on."""
    made = Clock()
    monkeypatch.setattr(timezone, "datetime", moved(made))
    return made


@pytest.fixture
def no_js_page(browser: Browser, live_server) -> Iterator[Page]:
    """A page of a visitor without JavaScript."""
    yield from _open(browser, live_server.url, javascript=False)


@pytest.fixture
def axe() -> Callable[..., None]:
    """Return a check that a page has no accessibility violation; it may leave rules of axe out."""

    def check(page: Page, *left_out: str) -> None:
        page.wait_for_load_state()  # not the page that is being left
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        asked = {**ASKED, "rules": {name: {"enabled": False} for name in left_out}}
        found = AxeResults(page.evaluate("asked => axe.run(document, asked)", asked))
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return check


@pytest.fixture
def screenshot() -> Callable[[Page, str], None]:
    """Return a function that keeps a picture when SIAC_SCREENSHOTS is set."""

    def take(page: Page, name: str) -> None:
        if os.environ.get("SIAC_SCREENSHOTS"):
            OUTPUT.mkdir(exist_ok=True)
            page.screenshot(path=OUTPUT / f"{name}.png", full_page=True)

    return take
