# SPDX-License-Identifier: EUPL-1.2
"""Checklists: mystery shoppers, internal audits and self-assessments, by protocols in versions."""
