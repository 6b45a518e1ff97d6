# SPDX-License-Identifier: EUPL-1.2
"""A page as it is read."""

import re
from typing import Any


def words(response: Any) -> str:
    """Return the words of a page: tags aside, spaces joined."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
