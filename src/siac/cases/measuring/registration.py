# SPDX-License-Identifier: EUPL-1.2
"""What measuring adds: the facts of cases and what is counted of them."""

from siac.cases.commands.drafts import FORMS_FORGOTTEN
from siac.cases.measuring import forms
from siac.cases.measuring.metrics import METRICS, SOURCE
from siac.cases.measuring.travelling import name_rows
from siac.infra.metrics import FACTS, register_metric, register_source
from siac.journal.public import declare_events
from siac.organizations.public import register_left_behind


def register() -> None:
    """Register what this feature adds."""
    name_rows()
    declare_events(FORMS_FORGOTTEN, untrue=(FACTS,))
    for source, metrics in ((SOURCE, METRICS), (forms.SOURCE, forms.METRICS)):
        register_source(source)
        for metric in metrics:
            register_metric(metric)
    register_left_behind({"cases.FormFact": "What people filled in at the source."})
