# SPDX-License-Identifier: EUPL-1.2
"""Rules of the policy, without Django."""
