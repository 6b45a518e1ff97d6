# SPDX-License-Identifier: EUPL-1.2
"""Counters of service points: tickets, who is next, desks, the screen that calls, what each visit took."""
