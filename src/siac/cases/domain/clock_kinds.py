# SPDX-License-Identifier: EUPL-1.2
"""The kinds of clock that a case carries, and who must meet them."""

SUBJECT = "case"
LEGAL, STANDARD, COMMITMENT, REVIEW = "legal", "standard", "commitment", "review"
ACKNOWLEDGEMENT, EVALUATION, UNIT, DELAY = "acknowledgement", "evaluation", "unit", "delay_report"
APPEAL = "appeal"
"""Kind and subject of the term to defend or decide an appeal; `Appeal` has it, not the case."""
CORRECTION, THIRD_PARTY, APPEAL_WINDOW = "correction", "third_party", "appeal_window"
PLATFORM = "platform"
"""The duty to move a complaint of the physical book to the national platform; an answer does not end it."""
BODY_CLOCKS = (LEGAL, STANDARD, COMMITMENT, REVIEW, EVALUATION, UNIT, DELAY, ACKNOWLEDGEMENT)
"""Clocks that the body must meet, all of them ended by an answer; the others are the person's own, or a third party's."""
