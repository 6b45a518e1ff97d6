# SPDX-License-Identifier: EUPL-1.2
"""What programs do with cases, and what they are told of them."""
