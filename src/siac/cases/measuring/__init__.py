# SPDX-License-Identifier: EUPL-1.2
"""What is counted of cases: their facts, how they are told apart, and the metrics."""
