# SPDX-License-Identifier: EUPL-1.2
"""The Spanish sentence of every refusal; each context registers its own when it is ready."""

import re
from collections.abc import Mapping
from typing import Any

from siac.kernel.errors import Refused

_SENTENCES: dict[str, str] = {
    "table_long": "Son {count} filas; una lista lleva como mucho {most}: ponga filtros y pídala otra vez.",
}
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
UNKNOWN = "No se puede hacer esto ahora. Vuelva a la página anterior y revise los datos."


def register_refusals(sentences: Mapping[str, str]) -> None:
    """Add sentences by code; `{name}` in one is filled from the context of the refusal.

    Raises:
        ValueError: two contexts word the same code differently.
    """
    for code, sentence in sentences.items():
        if _SENTENCES.setdefault(str(code), sentence) != sentence:
            raise ValueError(f"two sentences for the refusal {code}")


def refusal_text(refused: Refused) -> str:
    """Return the sentence of `refused`, days as 31-12-2030; of an unknown code
    or a missing value, one that fits all.
    """
    try:
        return _SENTENCES[refused.code].format_map({k: _shown(v) for k, v in refused.context.items()})
    except (KeyError, IndexError):
        return UNKNOWN


def _shown(value: Any) -> Any:
    day = _DAY.fullmatch(value) if isinstance(value, str) else None
    return "-".join(reversed(day.groups())) if day else value
