# SPDX-License-Identifier: EUPL-1.2
"""What requests are about, in the body's own words."""
