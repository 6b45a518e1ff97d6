# SPDX-License-Identifier: EUPL-1.2
"""The kinds of clock that a case carries, and who must meet them."""

SUBJECT = "case"
ATTENTION = "interaction"
"""Subject of the terms of an attention, which is no request."""
LEGAL, STANDARD, COMMITMENT, REVIEW = "legal", "standard", "commitment", "review"
ACKNOWLEDGEMENT, EVALUATION, UNIT, DELAY = "acknowledgement", "evaluation", "unit", "delay_report"
APPEAL = "appeal"
"""Kind and subject of the term to defend or decide an appeal; `Appeal` has it, not the case."""
CORRECTION, THIRD_PARTY, APPEAL_WINDOW = "correction", "third_party", "appeal_window"
PLATFORM = "platform"
"""The duty to move a complaint of the physical book to the national platform; an answer does not end it."""
BODY_CLOCKS = (LEGAL, STANDARD, COMMITMENT, REVIEW, EVALUATION, UNIT, DELAY, ACKNOWLEDGEMENT)
"""Clocks that the body must meet, all of them ended by an answer; the others
are the person's own, or a third party's.
"""
CASE_CLOCKS = (*BODY_CLOCKS, CORRECTION, THIRD_PARTY, APPEAL_WINDOW)
"""Clocks that a case takes with it when it ends without an answer; its move to
the platform is owed all the same.
"""
DUE_CLOCKS = (*BODY_CLOCKS, PLATFORM)
"""Clocks whose earliest day is the next one due of a case: all that bind the body on the case itself."""
ALERTED = (LEGAL, REVIEW, DELAY, EVALUATION, ACKNOWLEDGEMENT)
"""Terms that the law sets and an answer ends: each climbs the ladder of its kind, and so does `PLATFORM`,
also after the answer. What the body promised itself or its citizens counts for the next day due and raises
no alert: the legal term behind it does.
"""
ROLE_CLOCKS = {
    "acknowledgement": ACKNOWLEDGEMENT,
    "evaluation": EVALUATION,
    "delay_report": DELAY,
    "defence": APPEAL,
    "appeal_decision": APPEAL,
    "correction": CORRECTION,
    "objection": THIRD_PARTY,
    "third_party": None,
    "transfer": None,
    "duplicate": None,
    "information": CORRECTION,
    "silence": None,
}
"""Which clock a rule starts that stands beside the term of a case, by its role; None where there
is no clock: telling a third party, transferring and archiving bind the body once it decides so,
and the notice leaves with that decision.
"""
