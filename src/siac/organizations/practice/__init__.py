# SPDX-License-Identifier: EUPL-1.2
"""A body to practise on beside a body: the same configuration and people,
invented cases, and nothing is sent.
"""
