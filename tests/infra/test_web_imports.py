# SPDX-License-Identifier: EUPL-1.2
"""A web process stays small: what only jobs and commands need is not loaded into it."""

import subprocess
import sys

HEAVY = (
    "holidays",
    "openpyxl",
    "xlsxwriter",
    "typst",
    "procrastinate.worker_cli",
    "schemathesis",
    "vl_convert",
)
PROGRAM = f"""
import sys
from importlib import import_module
import_module("siac.config.wsgi")
from django.urls import get_resolver
get_resolver().url_patterns
def walk(patterns):
    for pattern in patterns:
        walk(getattr(pattern, "url_patterns", ()))
walk(get_resolver().url_patterns)
print(",".join(name for name in {HEAVY!r} if name in sys.modules))
"""


def test_the_web_process_loads_no_heavy_library():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""
