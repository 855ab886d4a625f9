"""The shell: start, data, people, files, background work, signing in."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import ADMIN, ANYBODY, DATA, LOGIN, MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.models import Job, JobState, PartnershipRole, Upload, UploadState
from commonweal.core.permissions import Role


def upload(world: World) -> dict[str, object]:
    row = Upload.objects.get_or_create(
        partnership=world.partnership, name="figures.csv", size=1, sha256="0", state=UploadState.SET_ASIDE,
        expires=world.partnership.created, organisation=world.council,
    )[0]
    return {"partnership": world.partnership.pk, "upload": row.pk}


def job(world: World) -> dict[str, object]:
    owner = world.admin()
    row = Job.objects.get_or_create(key="k", defaults={
        "kind": "upload.read", "owner": owner, "partnership": world.partnership, "state": JobState.FAILED,
    })[0]
    return {"job": row.pk}


def observers_role(world: World) -> dict[str, object]:
    role = PartnershipRole.objects.get(person=world.people[Role.OBSERVER])
    return {"partnership": world.partnership.pk, "role": role.pk}


def no_key(world: World) -> dict[str, object]:
    return {"pk": 1}


def store(world: World) -> dict[str, object]:
    return {"which": "published"}


def dataset(world: World) -> dict[str, object]:
    return {"which": "published", "dataset": "nowhere"}


TABLE = [
    # the shell, open to all
    Line("web:start", ANYBODY),
    Line("web:example", ANYBODY),
    Line("web:tour", ANYBODY),
    Line("web:tour-go", ANYBODY, 405, lambda world: {"stop": "need"}),
    Line("web:tour-go", ANYBODY, 404, lambda world: {"stop": "nowhere"}, "post"),
    Line("web:tour-leave", ANYBODY, 302, method="post"),
    Line("web:example-sign-in", ANYBODY, 405, lambda world: {"person": uuid4()}),
    Line("web:example-sign-in", ANYBODY, 404, lambda world: {"person": uuid4()}, "post"),
    Line("web:data", ANYBODY, 302),
    Line("web:datasets", ANYBODY, 200, store),
    Line("web:dataset", ANYBODY, 404, dataset),
    Line("web:kept-out", ANYBODY, 404, dataset),
    Line("web:help", ANYBODY),
    Line("web:feedback", ANYBODY),
    Line("web:accessibility", ANYBODY),
    Line("web:privacy", ANYBODY),
    Line("web:licences", ANYBODY),
    Line("web:api-guide", ANYBODY),
    Line("web:health", ANYBODY),
    Line("web:security-txt", ANYBODY, 404),
    Line("web:metrics", ANYBODY, 404),
    # one's own
    Line("web:account", LOGIN),
    Line("web:second-factor", LOGIN, 302),
    Line("web:sessions", LOGIN),
    Line("web:sessions", LOGIN, 302, method="post"),
    Line("web:jobs", LOGIN),
    # a partnership
    Line("web:partnership", MEMBERS, 200, partnership),
    Line("web:places", MEMBERS, 200, partnership),
    Line("web:places", ADMIN, 200, partnership, "post", {"q": ""}),
    Line("web:people", MEMBERS, 200, partnership),
    Line("web:people-add", ADMIN, 200, partnership),
    Line("web:people-add", ADMIN, 200, partnership, "post", {"email": ""}),
    Line("web:role-end", LOGIN, 405, observers_role),
    Line("web:role-end", ADMIN, 302, observers_role, "post"),
    Line("web:files", WORKERS, 200, partnership),
    Line("web:files", DATA, 200, partnership, "post"),
    Line("web:upload", WORKERS, 200, upload, seen_by=frozenset()),
    Line("web:upload-put-away", LOGIN, 405, upload),
    Line("web:upload-put-away", DATA, 400, upload, "post", seen_by=WORKERS - DATA),
    Line("web:mapping", frozenset(), 404, upload, seen_by=MEMBERS - DATA),
    Line("web:own-dataset", MEMBERS - {"provider"}, 404, lambda world: {**partnership(world), "dataset": "own-x"}),
    Line("web:job", WORKERS, 200, job, seen_by=frozenset()),
    Line("web:job-progress", WORKERS, 286, job, seen_by=frozenset()),
    Line("web:job-cancel", LOGIN, 405, job),
    Line("web:job-cancel", ADMIN, 400, job, "post", seen_by=WORKERS - ADMIN),
    Line("web:job-again", LOGIN, 405, job),
    Line("web:job-again", ADMIN, 302, job, "post", seen_by=WORKERS - ADMIN),
    # the data interface
    Line("api:openapi-json", ANYBODY),
    Line("api:api-root", ANYBODY),
    Line("api:place", ANYBODY, 404, data={"q": "nowhere"}),
    Line("api:datasets", ANYBODY),
    Line("api:one_dataset", ANYBODY, 404, dataset),
    # signing in
    Line("account_inactive", ANYBODY),
    Line("account_reset_password_done", ANYBODY),
    Line("account_reset_password_from_key_done", ANYBODY),
    Line("account_reset_password_from_key", ANYBODY, 200, lambda world: {"uidb36": "0", "key": "none"}),
    Line("account_set_password", LOGIN),
    Line("account_change_password", LOGIN, 302),
    Line("account_reauthenticate", LOGIN, 302),
    Line("mfa_index", LOGIN),
    Line("mfa_reauthenticate", LOGIN),
    Line("mfa_list_webauthn", LOGIN),
    Line("mfa_reauthenticate_webauthn", LOGIN, 302),
    Line("mfa_add_webauthn", LOGIN, 302),
    Line("mfa_edit_webauthn", LOGIN, 302, no_key),
    Line("mfa_remove_webauthn", LOGIN, 302, no_key),
    Line("mfa_activate_totp", LOGIN, 302),
    Line("mfa_deactivate_totp", LOGIN, 302),
    Line("mfa_view_recovery_codes", LOGIN, 404),
    Line("mfa_generate_recovery_codes", LOGIN, 302),
    Line("mfa_download_recovery_codes", LOGIN, 404),
]
# Pages for those who have not signed in: who has is led on to their own.
TURNED = {
    "web:home": (LOGIN, (200, 302)), "account_login": (200, (302,)), "account_signup": (200, (302,)),
    "account_reset_password": (200, (200,)),
    "mfa_login_webauthn": (LOGIN, (302,)), "account_logout": (302, (200,)),
    "mfa_authenticate": (LOGIN, (302,)),
}
