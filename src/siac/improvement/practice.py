# SPDX-License-Identifier: EUPL-1.2
"""Why practice bodies get nothing of plans."""

_REAL = "What the real body improves; practice improves its own."
LEFT_BEHIND = dict.fromkeys(
    (
        "improvement.Plan", "improvement.Proposal", "improvement.Action", "improvement.AnsweredFinding",
        "improvement.Progress", "improvement.ActionBaseline", "improvement.ActionEffect",
        "improvement.LinkedCase", "improvement.Telling", "improvement.Told", "improvement.Review",
        "improvement.ActionFact", "improvement.FindingFact",
    ),
    _REAL,
)  # fmt: skip
