# SPDX-License-Identifier: EUPL-1.2
"""Find a Chromium for the browser tests; run as a program, fetch one where none is found."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium-headless-shell",  # all that tests need of it, for a quarter less work than one with windows
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def find() -> str | None:
    """Return the path of a browser: BROWSER_PATH, one on PATH, Playwright's own; None without any."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        return named if Path(named).exists() else None
    return next(filter(None, map(shutil.which, NAMES)), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _attempt(*command: str) -> bool:
    try:
        return subprocess.run(command, timeout=600, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main() -> None:
    """Say which browser the tests use, fetching one if need be; never fail."""
    if find() is None:
        print("No browser found: fetching Chromium for the browser tests.", flush=True)
        if not _attempt(sys.executable, "-m", "playwright", "install", "chromium") and os.geteuid() == 0:
            _attempt("apt-get", "install", "-y", "-q", "chromium")
    print(f"Browser: {find() or 'none, the browser tests will be skipped (set BROWSER_PATH to run them)'}")


if __name__ == "__main__":
    main()
