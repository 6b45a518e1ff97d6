# SPDX-License-Identifier: EUPL-1.2
"""Terms counted by hand from the statutes: written from their texts, with
nothing of what the product computes with.
"""
