"""The fixed words of printed pieces: which keys ``words.yaml`` must have, and the placeholders of each."""

from __future__ import annotations

WORDS: dict[str, frozenset[str]] = {
    key: frozenset(placeholders)
    for key, *placeholders in (
        line.split()
        for line in """
        title
        general_card
        general_note
        for_area area
        who
        how
        papers
        office
        paid
        paid_when
        paid_by
        paid_unknown
        deadline
        since date
        since_at_latest date
        changed_up old new notice
        changed_down old new notice
        changed_new notice
        changed_other notice
        ended date
        pays_cash
        pays_approved
        pays_event
        pays_paid_for_you
        pays_limit_at_most
        pays_limit_at_least
        pays_limit_average
        pays_percent
        pays_loan
        pays_you_pay
        pays_in_kind
        pays_by_notice
        days_total n total
        instalments shares
        date_year y
        date_month y m
        date_day y m d
        list_two a b
        list_middle a b
        list_last a b
        issuer
        as_of date
        edition name digest
        source
        page page pages
        ask
        supervise
        hours
        speaks_tibetan
        no_fee
        no_secrets
        newest_card
        approval_decides
        qr_opens
        qr_network
        seal
        pictogram_of name
        qr_alt
        mark_draft
        mark_sample
        mark_proof
        key_title
        key_keep
        key_use
        key_lost
        """.strip().splitlines()
    )
}
"""Key to the names its texts must hold in braces."""
