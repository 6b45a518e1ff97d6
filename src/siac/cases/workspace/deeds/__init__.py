# SPDX-License-Identifier: EUPL-1.2
"""What can be done with a case, a module for each feature."""

from siac.cases.workspace.deeds import (
    answering,
    appeals,
    book,
    causes,
    ending,
    handling,
    hearing,
    holding,
    linking,
    reserve,
    restricting,
    snoozing,
    teamwork,
)

FEATURES = (
    answering,
    appeals,
    book,
    causes,
    ending,
    handling,
    hearing,
    holding,
    linking,
    reserve,
    restricting,
    snoozing,
    teamwork,
)
