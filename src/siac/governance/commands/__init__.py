# SPDX-License-Identifier: EUPL-1.2
"""What is written of collegiate bodies."""
