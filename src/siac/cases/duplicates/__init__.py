# SPDX-License-Identifier: EUPL-1.2
"""Archiving a request that repeats one already answered, where the law of its kind knows that."""
