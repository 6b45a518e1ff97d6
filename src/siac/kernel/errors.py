# SPDX-License-Identifier: EUPL-1.2
"""The one exception by which a command says no."""

from typing import Any


class Refused(Exception):
    """A command refuses: `code` says why, `context` holds the values its sentence needs.

    The code is a short lower-case word (a `StrEnum` member of the context that refuses). The
    sentence shown to people lives in that context's `texts.py`, found through
    `siac.ui.refusals`; the API answers 409 with the code.
    """

    def __init__(self, code: str, /, **context: Any) -> None:
        super().__init__(str(code))
        self.code = str(code)
        self.context = context
