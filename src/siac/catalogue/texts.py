# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

REFUSALS: dict[str, str] = {"topic_taken": "Ya hay un tema llamado «{name}»."}
RECORDED = ("catalogue.topic_saved", "catalogue.topics_imported")
"""Every kind of entry that this context writes in the journal."""
