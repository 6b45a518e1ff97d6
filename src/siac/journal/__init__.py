# SPDX-License-Identifier: EUPL-1.2
"""What happened, in chains that nobody can rewrite unseen, and who reads of it."""
