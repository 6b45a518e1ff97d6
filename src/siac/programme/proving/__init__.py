# SPDX-License-Identifier: EUPL-1.2
"""What each part of the system can prove of a year."""
