# SPDX-License-Identifier: EUPL-1.2
"""Chile's index of reserved acts."""
