# SPDX-License-Identifier: EUPL-1.2
"""Case files, copies of personal data, release, redaction, holding and erasure."""
