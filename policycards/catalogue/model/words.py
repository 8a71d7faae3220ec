"""The fixed words of printed pieces: which keys ``words.yaml`` must have, and the placeholders of
each.
"""

from __future__ import annotations

WORDS: dict[str, frozenset[str]] = {
    key: frozenset(placeholders)
    for key, *placeholders in (
        line.split()
        for line in """
        title
        general_card
        general_note
        general_approval
        sign_cash
        sign_approved
        sign_event
        sign_not_cash
        sign_you_pay
        sign_by_notice
        sign_raised
        limit_at_most
        limit_at_least
        limit_average
        for_area area
        who
        how
        papers
        office
        paid
        paid_when
        paid_by
        paid_unknown
        paid_ask
        deadline
        since date
        since_at_latest date
        changed_up old new notice
        changed_down old new notice
        changed_new notice
        changed_other notice
        changed_card old new
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
        pile
        head
        people n
        group name
        group_kind
        your_policies
        other_policies
        nothing_found
        unit_person
        unit_household
        quantity unit n
        quantity_open
        amount_year n
        amount_month n
        amount_day n
        amount_once n
        amount_event n
        amount_shares n
        amount_approved
        approved_line line
        subtotal_year
        subtotal_once
        ask_about names
        mark_draft
        mark_sample
        mark_proof
        card_code
        day
        signature
        village
        pack_title
        pack_cards
        pack_pages
        pack_sheets
        pack_spares
        pack_scan
        pack_hash
        pack_printed
        pack_packed
        pack_received
        pack_delivering
        pack_policies
        pack_households
        pack_few n
        pack_back_up
        pack_index
        pack_village_only
        register_title
        register_only
        register_sign
        register_old
        register_empty
        spare_title
        slip_title
        slip_step old new
        slip_gained new
        slip_lost old
        slip_counted
        slip_inside
        slip_others
        village_notice_title
        village_notice_own
        village_notice_discreet
        test_title
        test_scale
        test_ruler n
        test_front
        test_back
        test_long
        test_short
        test_passes
        test_turn
        test_code
        test_small
        test_grey
        test_cross n
        test_through
        explain_title
        explain_yes
        explain_no
        explain_cannot_tell
        explain_rule rule
        explain_failed rule
        explain_unmet
        explain_open rule
        explain_household figures
        explain_matching persons
        explain_undecided persons
        explain_failing persons
        explain_unnamed
        explain_age
        explain_months
        explain_members
        explain_count rule
        explain_blank
        explain_true
        explain_false
        explain_and a b
        explain_or a b
        explain_not a
        explain_one_of a list
        explain_everyone
        explain_granted
        explain_no_persons
        explain_refused
        explain_unlisted
        explain_no_list
        explain_elsewhere
        explain_partly_elsewhere
        explain_not_in_force
        explain_fill columns
        explain_rest all no open
        booklet_title
        contents
        by_who
        booklet_note
        newest_print
        notes
        raised_title year
        leaflet_kind
        tile_join n all
        approval_title
        approval_number number date
        approval_digest digest
        approval_note
        approval_area area
        approval_prepared name
        approval_approved name
        payment_title
        payment_rows rows fitting
        payment_same same differing
        payment_sums promised paid difference
        payment_village differing households difference
        payment_more n
        payment_count n difference
        payment_by_quantity
        payment_by_standard
        payment_by_amount
        payment_by_product
        payment_by_twice
        payment_by_not_listed
        payment_by_not_entitled
        payment_by_not_known
        payment_by_not_printed
        payment_by_not_clear
        payment_by_not_in_roster
        notice_title
        notice_period old new
        notice_values
        notice_added
        notice_ended
        notice_other
        notice_nothing
        site_home
        site_categories
        site_people
        site_search
        site_search_how
        site_search_none
        site_search_script
        site_now
        site_not_now
        site_history
        site_chart name
        site_start
        site_value
        site_published date
        site_unknown
        site_coming
        site_listen
        site_stop
        site_language
        site_phones
        site_villages
        site_document
        site_new
        site_new_none n
        site_card
        site_card_current
        site_card_superseded
        site_card_early date
        site_card_since
        site_card_same
        site_card_general
        site_card_mine
        site_card_marked
        site_card_others
        site_card_private
        site_card_unread
        site_code_type
        site_code_check
        site_code_right
        site_code_length
        site_code_letter
        site_code_wrong
        site_offline_ready
        site_offline_wechat
        site_offline_cannot
        review_title
        review_note
        review_reader
        review_office
        review_date
        review_texts
        review_right
        review_new
        review_remark
        review_high
        review_medium
        review_low
        key_title
        key_keep
        key_use
        key_lost
        card_policy
        card_standard
        card_quantity
        card_amount
        card_yuan
        card_decides
        card_ring
        card_village
        card_township
        card_county
        card_shares
        card_before
        card_line
        card_not_summed
        card_open
        card_notice
        card_back
        card_front
        card_approved
        card_paid_for_you
        card_once
        card_raised
        card_changed
        card_ask
        card_month
        card_day
        card_paid
        card_paid_month m
        card_former
        claim_automatic
        claim_apply
        claim_report
        via_card
        via_passbook
        via_cash
        strip_draft
        strip_sample
        strip_stop
        back_up
        """.strip().splitlines()
    )
}
"""Key to the names its texts must hold in braces."""
