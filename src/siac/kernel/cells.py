# SPDX-License-Identifier: EUPL-1.2
"""Values that leave for a spreadsheet."""

from typing import Any

_NO_CHARACTERS = "\ufffe\uffff"  # a workbook is XML, which has no place for them
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")  # the wide ones too, which some programs read as the narrow


def safe(value: Any) -> Any:
    """Return a value as a spreadsheet may show it: a text that a program would
    run as a formula gets an apostrophe. A dash alone is none: it stands for nothing in the reports of States.
    """
    if not isinstance(value, str):
        return value
    kept = "".join(c for c in value if (c >= " " or c in "\n\t") and c not in _NO_CHARACTERS)
    if kept == "-":
        return kept
    return f"'{kept}" if kept.lstrip().startswith(_FORMULA) or kept.startswith("\t") else kept
