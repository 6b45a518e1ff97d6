# SPDX-License-Identifier: EUPL-1.2
"""What the process of a programme is about."""

KIND = "programme"
"""The sort of things that its guides are for."""
