# SPDX-License-Identifier: EUPL-1.2
"""What the law of only one country asks of a body: the book of complaints of Peru."""
