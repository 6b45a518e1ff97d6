# SPDX-License-Identifier: EUPL-1.2
"""Rules about outreach, without Django."""
