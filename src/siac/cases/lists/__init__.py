# SPDX-License-Identifier: EUPL-1.2
"""The work list, its saved views and what is taken out of it."""
