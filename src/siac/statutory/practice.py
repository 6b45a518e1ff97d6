# SPDX-License-Identifier: EUPL-1.2
"""What a practice body leaves behind of the book of complaints."""

LEFT_BEHIND = dict.fromkeys(
    ("statutory.BookCounter", "statutory.BookSheet"), "Of what real people wrote in the books of the source."
)
