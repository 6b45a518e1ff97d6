# SPDX-License-Identifier: EUPL-1.2
"""Bodies that decide or advise: who sits in them, their sessions, votes, minutes and what was agreed."""
