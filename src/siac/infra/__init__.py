# SPDX-License-Identifier: EUPL-1.2
"""Plumbing without a domain: jobs, long work, tables, series, papers, keys, health."""
