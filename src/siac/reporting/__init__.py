# SPDX-License-Identifier: EUPL-1.2
"""Dashboards, summaries and yearly reports: what the figures say, put together for whoever directs."""
