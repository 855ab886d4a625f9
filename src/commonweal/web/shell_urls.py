"""The shell's own addresses."""

from __future__ import annotations

from django.urls import path

from commonweal.web.views import (
    account,
    acting,
    api_guide,
    cases,
    datasets,
    departments,
    health,
    impact,
    information,
    invitations,
    jobs,
    neighbourhoods,
    organisations,
    paid_time,
    partnerships,
    people,
    pooled,
    sharing,
    sharing_files,
    start,
    steps,
    succession,
    uploads,
)

app_name = "web"

urlpatterns = [
    path("", start.start, name="start"),
    path("example/", start.example, name="example"),
    path("example/<uuid:person>/", start.example_sign_in, name="example-sign-in"),
    path("home/", partnerships.home, name="home"),
    path("partnership/<uuid:partnership>/", partnerships.partnership, name="partnership"),
    path("partnership/<uuid:partnership>/member/", partnerships.member, name="member"),
    path("partnership/<uuid:partnership>/places/", partnerships.places, name="places"),
    path("partnership/<uuid:partnership>/cases/", cases.like_ours, name="cases-like"),
    path("partnership/<uuid:partnership>/sharing/", sharing.sharing, name="sharing"),
    path("partnership/<uuid:partnership>/sharing/data/add/", sharing.describe, name="held-add"),
    path("partnership/<uuid:partnership>/sharing/data/<uuid:held>/", sharing.held, name="held"),
    path("partnership/<uuid:partnership>/sharing/data/<uuid:held>/numbers/", pooled.bring, name="held-numbers"),
    path("partnership/<uuid:partnership>/sharing/data/<uuid:held>/numbers.csv", pooled.as_csv, name="held-csv"),
    path("partnership/<uuid:partnership>/sharing/write/", sharing.write, name="agreement-write"),
    path("partnership/<uuid:partnership>/sharing/<uuid:agreement>/", sharing.agreement, name="agreement"),
    path(
        "partnership/<uuid:partnership>/sharing/<uuid:agreement>/rewrite/", sharing.rewrite,
        name="agreement-rewrite",
    ),
    path(
        "partnership/<uuid:partnership>/sharing/<uuid:agreement>/agreement.<slug:ending>",
        sharing_files.agreement_file, name="agreement-file",
    ),
    path("partnership/<uuid:partnership>/sharing/<uuid:agreement>/impact/", impact.impact, name="impact"),
    path(
        "partnership/<uuid:partnership>/sharing/<uuid:agreement>/impact/advice/", impact.advise,
        name="impact-advise",
    ),
    path(
        "partnership/<uuid:partnership>/sharing/<uuid:agreement>/impact.<slug:ending>", impact.impact_file,
        name="impact-file",
    ),
    path("partnership/<uuid:partnership>/sharing/<uuid:agreement>/sign/", sharing.sign, name="agreement-sign"),
    path("partnership/<uuid:partnership>/sharing/<uuid:agreement>/end/", sharing.end, name="agreement-end"),
    path("partnership/<uuid:partnership>/steps/<slug:step>/", steps.step, name="step"),
    path("partnership/<uuid:partnership>/acting/", acting.acting, name="acting"),
    path("partnership/<uuid:partnership>/people/", people.people, name="people"),
    path("partnership/<uuid:partnership>/people/add/", people.add, name="people-add"),
    path("partnership/<uuid:partnership>/people/<uuid:role>/end/", people.end, name="role-end"),
    path(
        "partnership/<uuid:partnership>/invitations/<uuid:invitation>/again/", invitations.again,
        name="invitation-again",
    ),
    path(
        "partnership/<uuid:partnership>/invitations/<uuid:invitation>/withdraw/", invitations.withdraw,
        name="invitation-withdraw",
    ),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("partnership/<uuid:partnership>/organisations/add/", organisations.add, name="organisation-add"),
    path(
        "partnership/<uuid:partnership>/organisations/<uuid:organisation>/", organisations.organisation,
        name="organisation",
    ),
    path(
        "partnership/<uuid:partnership>/organisations/<uuid:organisation>/seat/", organisations.seat, name="seat"
    ),
    path(
        "partnership/<uuid:partnership>/organisations/<uuid:organisation>/seat/<uuid:change>/call-off/",
        organisations.call_off, name="seat-call-off",
    ),
    path(
        "partnership/<uuid:partnership>/organisations/<uuid:organisation>/departments/",
        departments.departments, name="departments",
    ),
    path(
        "partnership/<uuid:partnership>/organisations/<uuid:organisation>/departments/people/",
        departments.placing, name="departments-people",
    ),
    path(
        "partnership/<uuid:partnership>/organisations/<uuid:organisation>/departments/<uuid:department>/",
        departments.department, name="department",
    ),
    path(
        "partnership/<uuid:partnership>/organisations/<uuid:organisation>/departments/<uuid:department>/retire/",
        departments.retire, name="department-retire",
    ),
    path("partnership/<uuid:partnership>/commissioners/", departments.commissioning, name="commissioners"),
    path("partnership/<uuid:partnership>/neighbourhoods/", neighbourhoods.neighbourhoods, name="neighbourhoods"),
    path(
        "partnership/<uuid:partnership>/neighbourhoods/add/<uuid:place>/", neighbourhoods.add,
        name="neighbourhood-add",
    ),
    path(
        "partnership/<uuid:partnership>/neighbourhoods/<uuid:neighbourhood>/change/", neighbourhoods.change,
        name="neighbourhood-change",
    ),
    path(
        "partnership/<uuid:partnership>/neighbourhoods/<uuid:neighbourhood>/budget/", neighbourhoods.budget,
        name="neighbourhood-budget",
    ),
    path(
        "partnership/<uuid:partnership>/neighbourhoods/<uuid:neighbourhood>/end/", neighbourhoods.end,
        name="neighbourhood-end",
    ),
    path("partnership/<uuid:partnership>/paid-time/", paid_time.paid_time, name="paid-time"),
    path("partnership/<uuid:partnership>/paid-time/add/", paid_time.add, name="paid-time-add"),
    path("partnership/<uuid:partnership>/paid-time/<uuid:paid>/withdraw/", paid_time.withdraw,
         name="paid-time-withdraw"),
    path("partnership/<uuid:partnership>/files/", uploads.files, name="files"),
    path("partnership/<uuid:partnership>/files/<uuid:upload>/", uploads.upload, name="upload"),
    path("partnership/<uuid:partnership>/files/<uuid:upload>/columns/", uploads.mapping, name="mapping"),
    path("partnership/<uuid:partnership>/data/<slug:dataset>/", datasets.own, name="own-dataset"),
    path("installation/partnerships/", succession.partnerships, name="partnerships-here"),
    path("installation/partnerships/join/", succession.join, name="partnerships-join"),
    path("installation/partnerships/<uuid:divided>/split/", succession.split, name="partnership-split"),
    path("data/", datasets.front, name="data"),
    path("data/<slug:which>/", datasets.listed, name="datasets"),
    path("data/<slug:which>/<slug:dataset>/", datasets.dataset, name="dataset"),
    path("data/<slug:which>/<slug:dataset>/kept-out.csv", datasets.kept_out, name="kept-out"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:job>/", jobs.job, name="job"),
    path("jobs/<uuid:job>/progress/", jobs.progress, name="job-progress"),
    path("jobs/<uuid:job>/cancel/", jobs.cancel, name="job-cancel"),
    path("jobs/<uuid:job>/again/", jobs.again, name="job-again"),
    path("account/", account.account, name="account"),
    path("account/second-factor/", account.second_factor, name="second-factor"),
    path("help/", information.help_page, name="help"),
    path("feedback/", information.feedback, name="feedback"),
    path("accessibility/", information.accessibility, name="accessibility"),
    path("privacy/", information.privacy, name="privacy"),
    path("licences/", information.licences, name="licences"),
    path("api/", api_guide.guide, name="api-guide"),
    path("health/", health.health, name="health"),
]
