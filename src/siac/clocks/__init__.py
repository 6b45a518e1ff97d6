# SPDX-License-Identifier: EUPL-1.2
"""Terms on any subject: calendars, rules of law and of the body, and how a last day comes about."""
