# SPDX-License-Identifier: EUPL-1.2
"""Signs that figures are worked for: what looks unusual, each with its cases. None accuses anybody."""
