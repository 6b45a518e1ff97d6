# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.infra.jobs import ASKED, job
from siac.signin.commands.identifying import forget_old_identifications
from siac.signin.commands.roles import JOB, bodies_with_due_roles, bring_due_roles


@job("signin.forget_identifications", cron="*/15 * * * *")
def forget_identifications(timestamp: int = 0) -> None:
    """Every quarter of an hour: forget who identified themselves and is here no more."""
    forget_old_identifications(now=timezone.now())


@job(JOB, queue=ASKED)
def directory_roles(institution_id: int, actor_id: int) -> None:
    """Bring the roles of the people of a large group after it."""
    bring_due_roles(institution_id=institution_id, actor_id=actor_id, clock=timezone.now)


@job("signin.directory_roles_left", cron="*/15 * * * *", queue=ASKED)
def directory_roles_left(timestamp: int = 0) -> None:
    """Every quarter of an hour: bring the roles that a job which ended early left."""
    for institution_id in bodies_with_due_roles():
        bring_due_roles(institution_id=institution_id, actor_id=None, clock=timezone.now)
