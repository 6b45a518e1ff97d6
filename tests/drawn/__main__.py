# SPDX-License-Identifier: EUPL-1.2
"""Draw every part of `docs/develop` anew: `make docs`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siac.config.settings")
django.setup()


def main() -> None:
    """Write the pages whose parts changed, and name them."""
    from tests.drawn.pages import drawn, pages  # they ask what was registered

    for page in pages():
        before = page.read_text()
        after = drawn(before)
        if after != before:
            page.write_text(after)
            print(f"drawn anew: {page.name}")


if __name__ == "__main__":
    main()
