# SPDX-License-Identifier: EUPL-1.2
"""The demand plan: what a year is to bring, with whom it is met, and what came of it."""
