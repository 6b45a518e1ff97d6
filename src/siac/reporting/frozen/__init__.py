# SPDX-License-Identifier: EUPL-1.2
"""Frozen reports: what a report says of a period, made by a job, with its paper and its proof."""
