# SPDX-License-Identifier: EUPL-1.2
"""Whom the places of a body reach: people of each territory, its points, and who was served."""
