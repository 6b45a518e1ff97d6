# SPDX-License-Identifier: EUPL-1.2
"""The same change to many cases at once."""
