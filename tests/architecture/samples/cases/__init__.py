# SPDX-License-Identifier: EUPL-1.2
"""Samples of `cases`: its core, and a file for each feature with pages."""
