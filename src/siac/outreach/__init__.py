# SPDX-License-Identifier: EUPL-1.2
"""Telling people: campaigns of a year, by what media, what they reached, and posters that stay true."""
