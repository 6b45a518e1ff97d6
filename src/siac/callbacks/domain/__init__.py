# SPDX-License-Identifier: EUPL-1.2
"""Rules of calls to return, without Django."""
