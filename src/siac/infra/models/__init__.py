# SPDX-License-Identifier: EUPL-1.2
from siac.infra.models.fault import JobFault
from siac.infra.models.idempotency import IdempotencyKey
from siac.infra.models.keys import KeyCheck
from siac.infra.models.numbers import NumberBlock
from siac.infra.models.rate import RateWindow
from siac.infra.models.work import ENDED, LongWork, states_with

__all__ = [
    "ENDED",
    "IdempotencyKey",
    "JobFault",
    "KeyCheck",
    "LongWork",
    "NumberBlock",
    "RateWindow",
    "states_with",
]
