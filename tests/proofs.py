# SPDX-License-Identifier: EUPL-1.2
"""Proofs that were left out.

Whoever asks for the whole suite is told which tests that `docs/mission.md` names did not run (skipped,
deselected, or gone), and the run fails. A run of a part of the suite says nothing.
"""

from collections.abc import Iterable

import pytest

from tests.mission.rows import all_rows


class Proofs:
    """Watches one run, in the process that tells of it."""

    def __init__(self, config: pytest.Config, proofs: Iterable[str] | None = None) -> None:
        self._config, self._ran = config, set[str]()
        self._proofs = sorted(
            {each for row in all_rows() for each in row.tests} if proofs is None else set(proofs)
        )

    def left_out(self) -> list[str]:
        """Return the proofs that did not run, of a run of everything; of any other nothing."""
        return [each for each in self._proofs if each not in self._ran] if self._is_whole() else []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what ran, whatever came of it: a failure is told by itself."""
        if report.when == "call" and not report.skipped:
            self._ran.add(report.nodeid.partition("[")[0])

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Let the run fail where a proof was left out."""
        if session.exitstatus == pytest.ExitCode.OK and self.left_out():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
        """Say which."""
        finished = exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
        if finished and (missing := self.left_out()):
            terminalreporter.section("proofs of docs/mission.md that did not run", red=True)
            for each in missing:
                terminalreporter.line(each)

    def _is_whole(self) -> bool:
        asked = self._config.option
        narrowed = (asked.keyword, asked.markexpr, asked.deselect, asked.ignore, asked.ignore_glob)
        if any(narrowed) or asked.collectonly or asked.maxfail:
            return False
        return self._config.args_source is pytest.Config.ArgsSource.TESTPATHS or "tests" in {
            each.rstrip("/") for each in self._config.args
        }
