# SPDX-License-Identifier: EUPL-1.2
"""Mailboxes of a body whose new mail becomes requests."""
