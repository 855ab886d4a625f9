"""The example shows what a partnership has settled, so that no page of it stands empty."""

from __future__ import annotations

from commonweal.core.models import Invitation, Partnership, Person, SharingEnd
from commonweal.core.queries.sharing import agreements_for
from commonweal.core.queries.steps import history_of
from commonweal.core.viewer import viewer_of
from commonweal.needs.models import Briefing, HelpRequest


def test_invited_ended_helped_and_closed(example_records):
    here = Partnership.objects.get()
    officer = viewer_of(Person.objects.get(email="officer@larkmere.example"))
    assert sorted(Invitation.objects.exclude(accepted=None).values_list("role", flat=True)) == [
        "certifier", "observer"]
    assert list(Invitation.objects.filter(accepted=None).values_list("address", flat=True)) == [
        "planning@larkmere.example"]
    assert SharingEnd.objects.get().reason.startswith("The board counts")
    assert "Waiting times for exercise on referral" in {one.title for one in agreements_for(officer, here.pk)}
    (closing,) = history_of(officer, here.pk, "evidence")
    assert closing.left
    assert "autumn" in closing.reason
    assert HelpRequest.objects.get().reply == "yes"
    assert not Briefing.objects.exists()  # its figures are in the store, which is not built here
