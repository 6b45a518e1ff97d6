# SPDX-License-Identifier: EUPL-1.2
"""The circle of a body: what it promises, does, tells, looks at and mends, each number a link to its rows."""
