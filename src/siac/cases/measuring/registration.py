# SPDX-License-Identifier: EUPL-1.2
"""What measuring adds: the facts of cases and what is counted of them."""

from siac.cases.measuring.metrics import METRICS, SOURCE
from siac.infra.metrics import register_metric, register_source


def register() -> None:
    """Register what this feature adds."""
    register_source(SOURCE)
    for metric in METRICS:
        register_metric(metric)
