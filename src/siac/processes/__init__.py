# SPDX-License-Identifier: EUPL-1.2
"""Anything done in phases, by a guide: tasks, evidence, who signs, what blocks; on an opaque subject."""
