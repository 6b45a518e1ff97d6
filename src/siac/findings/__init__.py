# SPDX-License-Identifier: EUPL-1.2
"""What was found wrong, by whom and where, who answers for it, and what became of it."""
