"""What this floor does from time to time: the search's index is kept up, and what has had its time goes."""

from __future__ import annotations

from commonweal.core import retention
from commonweal.core.actions.complaints import let_complainants_go, old_complaints
from commonweal.core.actions.information import let_askers_go, old_askers
from commonweal.core.actions.invitations import forget_old_addresses
from commonweal.core.actions.keeping_to_time import (
    late_uploads,
    let_old_log_months_go,
    let_unused_accounts_go,
    old_addresses,
    old_log_months,
    unused_accounts,
)
from commonweal.core.actions.subject_requests import let_old_answers_go, old_answers
from commonweal.core.actions.token_exports import let_old_exports_go, old_exports
from commonweal.core.actions.uploads import expire_uploads
from commonweal.core.jobs.upkeep import upkeep
from commonweal.core.linking_store import forget_closed_links, held_versions
from commonweal.core.quarantine import quarantine
from commonweal.core.search.indexing import keep_up

upkeep("core-search")(keep_up)
upkeep("core-time")(retention.keep_to_time)

retention.time_rule(
    "accounts", "Accounts without a part in any partnership: two years after the last sign-in, forgotten.",
    lambda: unused_accounts().count(),
)(let_unused_accounts_go)
retention.time_rule(
    "invitations", "Addresses of invitations nobody accepted: a month after the link stops working.",
    old_addresses,
)(forget_old_addresses)
retention.time_rule("uploads", "Bytes of files people bring: once read, 24 hours at most.", late_uploads)(
    lambda: expire_uploads(quarantine()))
retention.time_rule("access-log", "Who read what: two years, by month.", lambda: len(old_log_months()))(
    let_old_log_months_go)
retention.time_rule("answers", "Files of what is held about somebody: a week.", lambda: old_answers().count())(
    let_old_answers_go)
retention.time_rule(
    "exports", "Files made for a token: when it ends, or its person's roles change.", lambda: len(old_exports()),
)(let_old_exports_go)
retention.time_rule(
    "complaints", "Who complained and what they wrote: three years after the outcome; outcomes stay counted.",
    lambda: old_complaints().count(),
)(let_complainants_go)
retention.time_rule(
    "information", "Who asked for information: three years after the answer; what was asked stays.",
    lambda: old_askers().count(),
)(let_askers_go)
retention.time_rule(
    "linking", "Keys and pseudonyms of people linked: at once when the agreement ends or another version counts.",
    lambda: len(held_versions()),
)(forget_closed_links)
