# SPDX-License-Identifier: EUPL-1.2
"""Public bodies: units, people, texts, start, practice bodies, and who may do what in them."""
