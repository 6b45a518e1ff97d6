# SPDX-License-Identifier: EUPL-1.2
"""What `siac setup` does after migrating: functions that may run again and again."""

SETUP_STEPS: tuple[str, ...] = (
    "siac.clocks.setup.seed",
    "siac.journal.commands.renumbering.renumber_transactions",
    "siac.signing.commands.annulling.mark_annulled",
)
"""Dotted paths of functions without arguments, in order; each leaves alone what is already there."""
