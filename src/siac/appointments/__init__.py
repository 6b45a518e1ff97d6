# SPDX-License-Identifier: EUPL-1.2
"""Appointments: what can be booked at a counter, who comes when, who waits for a place, who came."""
