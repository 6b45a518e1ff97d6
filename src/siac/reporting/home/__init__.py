# SPDX-License-Identifier: EUPL-1.2
"""The home of the authority: how the body is doing, on one page."""
