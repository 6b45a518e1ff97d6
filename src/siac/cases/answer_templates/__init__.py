# SPDX-License-Identifier: EUPL-1.2
"""The texts that answers begin with."""
