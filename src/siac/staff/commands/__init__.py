# SPDX-License-Identifier: EUPL-1.2
"""What changes records, profiles, diagnoses and training."""
