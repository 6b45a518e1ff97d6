# SPDX-License-Identifier: EUPL-1.2
"""Tasks, mentions, checklists and who is answering now."""
