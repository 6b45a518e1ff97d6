# SPDX-License-Identifier: EUPL-1.2
"""Every variable the code reads is documented, and every documented one is read."""

import re
from pathlib import Path

from siac.config.variables import VARIABLES, table

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(
    r"""(?:\b(?:text|flag|items|whole|web_address|mail_address)\(|environ(?:\.get|\.setdefault)?[(\[])\s*f?["']([A-Z][A-Z0-9_]+)["']"""
)
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}


def names_read() -> set[str]:
    found = {name for file in (ROOT / "src").rglob("*.py") for name in READ.findall(file.read_text())}
    return {name.removesuffix("_FILE") for name in found} - NOT_OURS


def test_code_and_table_know_the_same_variables():
    known = {variable.name for variable in VARIABLES}
    keys = {
        "SIAC_VAULT_KEY",
        "SIAC_JOURNAL_KEY",
        "SIAC_VAULT_OLD_KEYS",
        "SIAC_JOURNAL_OLD_KEYS",
    }  # read by name from a list
    assert names_read() - known == set()
    assert known - names_read() - keys == set()


def test_the_manual_shows_the_table():
    manual = (ROOT / "docs" / "operate.md").read_text()
    shown = re.search(r"<!-- variables:.*?-->\n(.*?)\n<!-- end of variables -->", manual, re.S)
    assert shown is not None
    assert shown[1] == table()
