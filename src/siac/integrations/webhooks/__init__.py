# SPDX-License-Identifier: EUPL-1.2
"""Webhooks: programs of a body that are told what happens, signed, until they say that they have it."""
