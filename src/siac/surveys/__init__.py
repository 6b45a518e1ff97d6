# SPDX-License-Identifier: EUPL-1.2
"""What people say of the body: questionnaires, who is asked, what they answer without being known, and what
follows from it.
"""
