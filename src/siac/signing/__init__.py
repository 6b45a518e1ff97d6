# SPDX-License-Identifier: EUPL-1.2
"""Signing of what a body makes: its certificate, what waits to be signed, what was signed and how anybody
checks it.
"""
