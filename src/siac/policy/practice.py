# SPDX-License-Identifier: EUPL-1.2
"""What a practice body gets of the policy: nothing, for councils must approve one and nobody sits in them
there.
"""

_REAL = "What the councils of the source approved; a practice body writes and proposes its own."
LEFT_BEHIND = {
    "policy.QualityPolicy": _REAL,
    "policy.PolicyEdition": _REAL,
    "policy.PolicySection": _REAL,
    "policy.PolicyRound": _REAL,
    "policy.Reference": "Plans, platforms and procedures of the source; practice is linked to nothing.",
    "policy.Achievement": "What the source was given; nobody certified its practice.",
    "policy.LineLink": "By which things of the source its lines of action are seen.",
}
