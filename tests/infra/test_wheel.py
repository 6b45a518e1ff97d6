# SPDX-License-Identifier: EUPL-1.2
"""The wheel holds all that the product needs, and runs from a folder that knows nothing of the checkout."""

import os
import re
import subprocess
import sys
import sysconfig
import time
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest

from siac.infra import embedded
from tests.infra.test_cli import answers, environment, free_port

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
UV = ROOT / ".tools" / "bin" / ("uv.exe" if os.name == "nt" else "uv")
NOT_SHIPPED = {"__pycache__", ".ok"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not UV.exists():
        pytest.skip("the tools of `make setup` are not here")
    target = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [UV, "build", "-q", "--wheel", "--out-dir", target, ROOT], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (found,) = target.glob("siac-*.whl")
    return found


def test_every_file_of_the_product_is_in_the_wheel_and_nothing_of_the_workshop(wheel):
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}
    source = ROOT / "src"
    wanted = {
        str(path.relative_to(source)).replace(os.sep, "/")
        for path in (source / "siac").rglob("*")
        if path.is_file() and not NOT_SHIPPED & {path.name, *path.parts}
    }
    assert wanted - shipped == set()
    built = [name for name in wanted if name.startswith("siac/ui/static/ui/build/")]
    assert {Path(name).suffix for name in built} >= {".css", ".js"}
    assert {name.split("/")[0] for name in shipped} <= {
        "siac",
        next(n for n in shipped if "dist-info" in n).split("/")[0],
    }


def test_installed_outside_the_checkout_it_sets_up_and_serves(wheel, tmp_path):
    place = tmp_path / "venv"
    subprocess.run([UV, "venv", "-q", "--python", sys.executable, place], check=True)
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run(
        [UV, "pip", "install", "-q", "--no-deps", "--offline", "--python", python, wheel], check=True
    )
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    # What it depends on is taken from here; the product itself is not: a folder named
    # in a .pth file has its own left unread.
    (Path(site) / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    program = python.with_name("siac.exe" if os.name == "nt" else "siac")
    home, port = tmp_path / "var", free_port()
    env = environment(home, PORT=str(port), PYTHONWARNINGS="ignore")
    try:
        where = subprocess.run(
            [python, "-c", "import siac; print(siac.__file__)"],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            check=True,
        )
        assert str(place) in where.stdout
        done = subprocess.run(
            [program, "setup"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        server = subprocess.Popen([program, "serve"], cwd=tmp_path, env=env)
        try:
            deadline = time.monotonic() + 90
            address = f"http://127.0.0.1:{port}"
            while not answers(f"{address}/cuenta/login/"):
                assert time.monotonic() < deadline and server.poll() is None
                time.sleep(0.3)
            page = urlopen(f"{address}/cuenta/login/").read().decode()
            style = re.search(r'href="(/static/ui/build/[^"]+\.css)"', page)
            assert style, page
            assert urlopen(address + style[1]).status == 200
        finally:
            server.terminate()
            server.wait(30)
    finally:
        embedded.erase(home / "postgres")
