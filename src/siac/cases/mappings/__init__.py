# SPDX-License-Identifier: EUPL-1.2
"""Layouts of registers that the product knows."""
