# SPDX-License-Identifier: EUPL-1.2
"""What a practice body leaves behind of the register of papers."""

LEFT_BEHIND = dict.fromkeys(
    ("mailroom.IncomingPaper", "mailroom.PaperCounter"), "Of papers that real people sent to the source."
)
