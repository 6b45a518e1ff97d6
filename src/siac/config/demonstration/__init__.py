# SPDX-License-Identifier: EUPL-1.2
"""The invented bodies of the demonstration."""
