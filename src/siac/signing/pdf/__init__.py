# SPDX-License-Identifier: EUPL-1.2
"""Signatures in PDF files: making them, and looking at those that come from outside. Knows no database."""
