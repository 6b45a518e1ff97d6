# SPDX-License-Identifier: EUPL-1.2
"""Pages of appointments for the people who come."""
