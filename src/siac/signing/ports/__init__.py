# SPDX-License-Identifier: EUPL-1.2
"""How programs and services outside are spoken to. Knows no database."""
