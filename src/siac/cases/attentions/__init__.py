# SPDX-License-Identifier: EUPL-1.2
"""Attentions that are no request: registered in seconds, corrected, counted, turned into one."""
