# SPDX-License-Identifier: EUPL-1.2
"""Requests, complaints and suggestions on a legal clock, from filing to answer and after."""
