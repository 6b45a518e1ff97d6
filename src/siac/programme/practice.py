# SPDX-License-Identifier: EUPL-1.2
"""What does not come over into a practice body."""

LEFT_BEHIND = dict.fromkeys(
    ("programme.Programme", "programme.Pack"), "What the real body has to show; its guides come over."
)
