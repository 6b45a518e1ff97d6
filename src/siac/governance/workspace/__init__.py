# SPDX-License-Identifier: EUPL-1.2
"""The pages of collegiate bodies for the house."""
