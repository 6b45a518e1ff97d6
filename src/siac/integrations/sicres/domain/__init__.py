# SPDX-License-Identifier: EUPL-1.2
"""SICRES 3.0 in plain Python: its fields, reading it from hostile files, writing it."""
