# SPDX-License-Identifier: EUPL-1.2
"""Kinds of request and their versions."""
