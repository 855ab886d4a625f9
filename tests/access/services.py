"""What is provided: read by those who see evidence, recorded and judged by those who record it."""

from __future__ import annotations

from tests.access.line import LOGIN, MEMBERS, SEEING, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.service import ServiceSaid, record_service
from commonweal.needs.models import Service, ServiceKind, WhyItRuns

SEE = MEMBERS - {"provider"}


def service(world: World) -> dict[str, object]:
    row = Service.objects.filter(partnership=world.partnership).first()
    if row is None:
        said = ServiceSaid(name="Tea dances", kind=ServiceKind.ACTIVITIES, run_by="The hall", themes=("older",),
                           reason=WhyItRuns.HISTORICAL)
        row = record_service(by=viewer_of(world.admin()), partnership=world.partnership, said=said)
    return {**partnership(world), "service": row.pk}


TABLE = [
    Line("needs:services", MEMBERS, 200, partnership),
    Line("needs:services-spend", SEE, 200, partnership),
    Line("needs:services-bring", WORKERS, 200, partnership),
    Line("needs:services-bring", WORKERS, 200, partnership, "post", {"pasted": ""}),
    Line("needs:services-file", SEE, 200, lambda world: {**partnership(world), "ending": "csv"}),
    Line("needs:service-record", WORKERS, 200, partnership),
    Line("needs:service-record", WORKERS, 200, partnership, "post", {"name": ""}),
    Line("needs:service", SEE, 200, service, seen_by=SEE),
    Line("needs:service-change", WORKERS, 200, service, seen_by=SEE),
    Line("needs:service-needs", WORKERS, 200, service, seen_by=SEE),
    Line("needs:service-question", WORKERS, 200, service, seen_by=SEE),
    Line("needs:service-end", LOGIN, 405, service),
    Line("needs:service-end", WORKERS, 302, service, "post", seen_by=SEE),
    Line("api:services", SEEING, 200, partnership),
    Line("api:mismatch", SEEING, 200, partnership),
]
