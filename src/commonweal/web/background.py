"""The long work of the shell: everything held about a person, and the files made for programs' tokens."""

from __future__ import annotations

from commonweal.core.actions.subject_requests import KIND, gathered
from commonweal.core.actions.token_exports import keep_export, place_of
from commonweal.core.errors import NotFound
from commonweal.core.jobs.handle import Handle
from commonweal.core.jobs.kinds import job_kind
from commonweal.core.models import ProgramToken, SubjectRequest
from commonweal.core.subject_access import held_about
from commonweal.web.documents.subject import subject_file
from commonweal.web.exporting import KIND as EXPORT
from commonweal.web.exporting import export_of


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


@job_kind(EXPORT)
def export(handle: Handle) -> str:
    """List by list; begun again from the start by another worker."""
    token = ProgramToken.objects.select_related("person", "partnership").filter(pk=handle.subject).first()
    if token is None or not token.works() or not token.person.is_active:
        return "The token works no more."

    def tell(done: int, of: int) -> None:
        handle.progress(95 * done / of, f"{done} of {of} lists.")

    path = place_of(token)  # of the roles it is begun with
    body, said = export_of(token, tell)
    keep_export(token=token, path=path, body=body, said=said)
    return said
