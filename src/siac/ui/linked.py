# SPDX-License-Identifier: EUPL-1.2
"""Data for programs within a page (JSON-LD)."""

import json
from typing import Any


def in_page(data: dict[str, Any]) -> str:
    """Return JSON that can stand within an element `script`, whatever people wrote."""
    text = json.dumps(data, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
