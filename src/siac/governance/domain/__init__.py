# SPDX-License-Identifier: EUPL-1.2
"""Rules of collegiate bodies, without Django."""
