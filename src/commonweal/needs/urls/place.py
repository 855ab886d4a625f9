"""Addresses of a place's assessment. `code` is a place's code, or several joined by +."""

from __future__ import annotations

from django.urls import path, register_converter

from commonweal.needs.views import areas, files, inside, keeping, place


class PlaceCodes:
    """One published code, or several joined by +; anything else is not a place, and too many are told so."""

    regex = r"[A-Za-z0-9]{4,9}(?:\+[A-Za-z0-9]{4,9}){0,1999}"

    def to_python(self, value: str) -> str:
        """Codes are written in capitals."""
        return value.upper()

    def to_url(self, value: str) -> str:
        """As it is."""
        return value


register_converter(PlaceCodes, "places")

urlpatterns = [
    path("place/<places:code>/", place.overview, name="place"),
    path("place/<places:code>/people/", place.people, name="people"),
    path("place/<places:code>/needs/", place.themes, name="themes"),
    path("place/<places:code>/needs/<slug:theme>/", place.theme, name="theme"),
    path("place/<places:code>/measure/<slug:card>/", place.measure, name="measure"),
    path("place/<places:code>/areas/", areas.areas, name="areas"),
    path("place/<places:code>/areas/chosen/", areas.chosen, name="chosen"),
    path("place/<places:code>/areas/<slug:area>/", areas.area, name="area"),
    path("place/<places:code>/weights/", areas.weights, name="weights"),
    path("place/<places:code>/missed/", place.missed, name="missed"),
    path("place/<places:code>/provision/", place.provision, name="provision"),
    path("place/<places:code>/limits/", place.limits, name="limits"),
    path("place/<places:code>/sources/", place.sources, name="sources"),
    path("place/<places:code>/take/", place.take, name="take"),
    path("place/<places:code>/evidence/", place.evidence, name="evidence"),
    path("place/<places:code>/assessment.<slug:ending>", files.assessment_file, name="file"),
    path("place/<places:code>/evidence.<slug:ending>", files.evidence_file, name="evidence-file"),
    path("place/<places:code>/tables/<slug:table>.csv", files.table_file, name="table"),
    path("place/<places:code>/with/<uuid:partnership>/", inside.front, name="inside-place"),
    path(
        "place/<places:code>/with/<uuid:partnership>/assessment.<slug:ending>", inside.as_file, name="inside-file"
    ),
    path("place/<places:code>/keep/<uuid:partnership>/", keeping.keep, name="keep"),
    path("partnership/<uuid:partnership>/assessments/", keeping.kept, name="kept"),
    path(
        "partnership/<uuid:partnership>/assessments/<uuid:identity>/<int:number>/", keeping.version,
        name="kept-version",
    ),
    path(
        "partnership/<uuid:partnership>/assessments/<uuid:identity>/<int:number>/assessment.<slug:ending>",
        keeping.version_file, name="kept-file",
    ),
]
