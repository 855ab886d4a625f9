"""The long work of the shell: gathering everything held about a person into a file they can read."""

from __future__ import annotations

from commonweal.core.actions.subject_requests import KIND, gathered
from commonweal.core.errors import NotFound
from commonweal.core.jobs.handle import Handle
from commonweal.core.jobs.kinds import job_kind
from commonweal.core.models import SubjectRequest
from commonweal.core.subject_access import held_about
from commonweal.web.documents.subject import subject_file


@job_kind(KIND)
def gather(handle: Handle) -> str:
    """Table by table; begun again from the start by another worker."""
    request = SubjectRequest.objects.select_related("person").filter(pk=handle.subject).first()
    if request is None:
        raise NotFound("There is no such request any more.")

    def tell(done: int, of: int) -> None:
        if done % 10 == 0:
            handle.progress(90 * done / of, f"{done} of {of} tables looked through.")

    held = tuple(held_about(request.person, tell))
    handle.progress(95, "Writing the file.")
    rows = sum(one.total for one in held)
    gathered(request=request, body=subject_file(request.person, held), rows=rows)
    return f"{rows} rows in {len(held)} tables."
