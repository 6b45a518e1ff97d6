# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `callbacks`."""

from siac.callbacks.commands.calling import note_call
from siac.callbacks.commands.promising import promise_call, register_and_promise, save_rule
from siac.callbacks.domain.rights import CallRight
from siac.callbacks.domain.states import Result, State
from siac.callbacks.models import CallBack

__all__ = [
    "CallBack",
    "CallRight",
    "Result",
    "State",
    "note_call",
    "promise_call",
    "register_and_promise",
    "save_rule",
]
