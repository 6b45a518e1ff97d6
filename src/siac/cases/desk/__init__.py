# SPDX-License-Identifier: EUPL-1.2
"""Filing for somebody who came, called or wrote: who is known, what may be the same one again."""
