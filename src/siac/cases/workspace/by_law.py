# SPDX-License-Identifier: EUPL-1.2
"""A form of a decision fitted to the law of the case: its decisions, its
grounds, the acts that reserve a document.
"""

from typing import Any

from siac.cases.decisions import ground_text, outcomes_of, says_measures
from siac.cases.features import reserved_acts
from siac.cases.situation import Situation
from siac.clocks.public import Ground
from siac.ui.forms import BLANK, Form

FIELD_OF = {
    "ground_missing": "ground",
    "reasons_missing": "reasons",
    "reserve_missing": "reserve_id",
    "reserve_not_asked": "reserve_id",
    "reserve_other": "reserve_id",
    "measures_missing": "measures",
}
"""Beside which field a refusal is shown."""


def fit_to_law(form: Form, situation: Situation) -> None:
    """Offer only what the law of the case knows, in its words; take out the fields that it does not ask.

    Costs 1 SQL where a ground of the law reserves documents, else none.
    """
    if "outcome" in form.fields:
        words = outcomes_of(situation.case.kind.rule_id)
        if words is not None:
            form.fields["outcome"].choices = [BLANK, *words.items()]  # type: ignore[attr-defined]
        if not says_measures(situation.case.kind.rule_id) and "measures" in form.fields:
            del form.fields["measures"]
    if "more" in form.fields and (situation.rule is None or situation.rule.information is None):
        del form.fields["more"]
    if "ground" in form.fields:
        _fit_grounds(form, situation, situation.rule.grounds if situation.rule else ())


def _fit_grounds(form: Form, situation: Situation, grounds: tuple[Ground, ...]) -> None:
    if not grounds:
        for name in ("ground", "reasons", "reserve_id"):
            if name in form.fields:
                del form.fields[name]
        return
    select: Any = form.fields["ground"].widget
    select.choices = [BLANK, *((ground.id, ground_text(ground)) for ground in grounds)]
    if not any(ground.reserve for ground in grounds):
        del form.fields["reserve_id"]
        return
    index: Any = form.fields["reserve_id"].widget
    index.choices = [BLANK, *reserved_acts(situation.institution, situation.today)]
