# SPDX-License-Identifier: EUPL-1.2
"""Rules of appointments: plain Python."""
