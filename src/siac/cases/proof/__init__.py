# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` checks of cases."""
