# SPDX-License-Identifier: EUPL-1.2
"""What people who come to a counter see."""
