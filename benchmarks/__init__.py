# SPDX-License-Identifier: EUPL-1.2
"""How fast the product is, compared with itself: `make bench` (BENCH_ARGS="--sizes 10k,100k,1m")."""
