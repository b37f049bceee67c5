"""Breaking patches, at least two a law, and the test each must turn red; a law without a red test is no law.

Each mutant is a copy of the package with one stretch of source changed; the named test runs against the copy.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """In `file`, `old` becomes `new`; then `test` must fail."""

    law: int
    file: str
    old: str
    new: str
    test: str


LAWS = "tests/laws/test_laws.py::"
ACTS = "tests/laws/test_law_acts.py::"
PERSONAL = "tests/laws/test_personal.py::"
TWO = "tests/laws/test_law_two.py::"
FAMILY = "tests/laws/test_law_family.py::"
IDENTITIES = "tests/actions/test_identities.py::"
ERASE = "tests/actions/test_erase.py::"
LEARNING = "tests/quality/test_learning.py::"
DECLINING = "tests/actions/test_declining.py::"
CLOCK = "tests/clock/test_clock.py::"
RINGS = "tests/laws/test_law_rings.py::"
PAPERS = "tests/laws/test_law_papers.py::"
LAW_BULK = "tests/laws/test_law_bulk.py::"
BULK = "tests/actions/test_bulk.py::"
HANDLING = "tests/actions/test_handling.py::"
REACH = "tests/actions/test_disposal_reach.py::"
COPY = "tests/actions/test_access_copy.py::"
MUTANTS: tuple[Mutant, ...] = (
    Mutant(1, "model/bulk.py", "BulkDeed = Assigned | Tagged | RecordsRequested | Draft\n", "from mingcha.model.clock import ClockEvent\n\nBulkDeed = Assigned | Tagged | RecordsRequested | Draft | ClockEvent\n", LAW_BULK + "test_a_bulk_deed_is_one_of_four_and_the_type_is_closed"),
    Mutant(1, "actions/bulk.py", "    if type(deed) not in get_args(BulkDeed):", "    if not isinstance(deed, get_args(BulkDeed)):", LAW_BULK + "test_every_other_class_of_the_model_is_refused_by_type"),
    Mutant(1, "actions/handling_book.py", "holder) for row in moved]", "holder, nearest=row.received_at.date()) for row in moved]", LAW_BULK + "test_law_1_no_deed_moves_a_clock_a_row_or_the_order_of_the_queue"),
    Mutant(2, "model/bulk.py", "    unassigned: bool | None = None\n", "    unassigned: bool | None = None\n    family: str | None = None\n", LAW_BULK + "test_a_selection_knows_the_facts_of_the_queue_alone"),
    Mutant(2, "actions/handling.py", "    return Drafted(merit.id, \"\", \"\") if merit is not None else UNDECIDED", "    return Drafted(merit.id if merit else \"\", \"\", \"\")", BULK + "test_drafts_are_put_on_file_where_merit_is_decided_and_nowhere_else"),
    Mutant(4, "actions/handling_book.py", "        _fit(deps, \"tag\", body.tag)", "        pass", HANDLING + "test_a_tag_labels_and_names_nobody"),
    Mutant(8, "actions/bulk.py", "        if _preview(deps, actor, found).digest != digest:", "        if False:", BULK + "test_nothing_is_done_once_what_it_would_reach_has_changed"),
    Mutant(8, "actions/bulk.py", "        elif (now[id_].last, known[id_]) != (one.act, one.known):", "        elif now[id_].last is None:", BULK + "test_what_somebody_acted_on_since_and_what_was_erased_stays"),
    Mutant(8, "actions/bulk.py", "        if deps.now() > done.until:", "        if False:", BULK + "test_it_is_taken_back_within_a_day_and_once"),
    Mutant(8, "casework/handling.py", "            now = before.pop()", "            now = Handling()", HANDLING + "test_the_last_act_is_taken_back_by_whoever_may_do_such_acts"),
    Mutant(9, "actions/bulk.py", "    if count > MOST:", "    if False:", BULK + "test_more_than_go_at_once_are_told_and_not_cut_off"),
    Mutant(10, "actions/handling_book.py", "        found |= dict.fromkeys(sorted(_naming(deps, work, body.to, left)), NAMES_THEM)", "        pass", HANDLING + "test_nobody_is_given_a_complaint_that_names_them"),
    Mutant(1, "model/stored.py", "    welfare: bool\n    state: str", "    welfare: bool\n    suspicion_score: int\n    state: str", LAWS + "test_law_1_queue_and_clock_know_nothing_of_suspicion"),
    Mutant(1, "clock/papers.py", '(not (event.document or "").strip(),', "(False,", CLOCK + "test_without_papers_nothing_moves"),
    Mutant(1, "actions/take_in.py", "    return replace(record, received_at=before)", "    return record", ACTS + "test_law_1_no_import_moves_a_clock_later"),
    Mutant(2, "model/merit.py", "    kinds_held: frozenset[str] = frozenset()", "    kinds_held: frozenset[str] = frozenset()\n    sneak: 'Sneak | None' = None\n\n\nfrom mingcha.model.campaign import CampaignSummary as Sneak", LAWS + "test_law_2_the_merit_file_could_not_hold_a_finding"),
    Mutant(2, "actions/permit.py", "    return merit_decided or not actor.roles & DECIDES_MERIT", "    return True", LAWS + "test_law_2_whoever_decides_merit_sees_nothing_before"),
    Mutant(2, "actions/export.py", "        yield whole if may_reveal(actor, rows[id_].merit_decided) else withheld(whole)", "        yield whole", TWO + "test_law_2_an_export_withholds_from_whoever_may_decide_merit"),
    Mutant(2, "actions/report.py", "                    if may_reveal(actor, rows[id_].merit_decided):", "                    if True:", TWO + "test_law_2_a_report_says_nothing_of_agency_while_merit_is_open"),
    Mutant(2, "actions/report.py", "        tally.closed.add(campaign.id)", "        pass", TWO + "test_law_2_a_family_opens_when_the_last_of_its_members_is_decided"),
    Mutant(2, "actions/look.py", "    if not same or may_reveal(actor, row.merit_decided):", "    if True:", TWO + "test_law_2_equal_letters_of_other_customers_stay_apart_until_merit_is_sealed"),
    Mutant(2, "actions/look.py", "stands if may_reveal(actor, row.merit_decided) else", "stands if True else", TWO + "test_law_2_a_conclusion_is_told_to_nobody_who_may_not_see_what_it_concludes"),
    Mutant(2, "actions/family_page.py", "    if rows and all(may_reveal(actor, row.merit_decided) for row in rows.values()):", "    if rows and any(may_reveal(actor, row.merit_decided) for row in rows.values()):", FAMILY + "test_law_2_whoever_decides_merit_opens_no_family_with_an_open_member"),
    Mutant(2, "actions/family_page.py", "        seal_act(deps, work, ACCESS, actor, act)", "        pass", FAMILY + "test_law_2_whoever_decides_no_merit_reads_it_and_how_many_were_open_is_sealed"),
    Mutant(2, "cli/house.py", "{Role.ANALYST}", "{Role.ANALYST, Role.SUPERVISOR}", TWO + "test_law_2_the_person_at_the_keyboard_takes_only_the_roles_a_purpose_needs"),
    Mutant(2, "actions/declining.py", "(BORNE_OUT, (MeritState.UNCHECKED,))", "(BORNE_OUT, ())", DECLINING + "test_records_the_institution_withholds_never_open_the_way"),
    Mutant(2, "actions/declining.py", "if one.state in states]", "if False]", DECLINING + "test_what_our_own_records_bear_out_is_answered_whoever_filed_it"),
    Mutant(2, "actions/decide.py", "        if target.stage is Stage.MERIT:\n            may(actor, \"decide_merit\")", "        if target.stage is Stage.MERIT:\n            pass", "tests/actions/test_undo.py::test_who_may_not_decide_merit_may_not_undo_it"),
    Mutant(10, "actions/look.py", "        complaint=masked_record(one),", "        complaint=one.kept.clear,", PERSONAL + "test_the_merit_stage_shows_no_personal_value_and_every_span_still_fits"),
    Mutant(10, "actions/personal.py", '    may(actor, "reveal_personal")', "    pass", PERSONAL + "test_nobody_else_opens_them"),
    Mutant(10, "actions/personal.py", '        seal_act(deps, work, ACCESS, actor, {"act": "reveal_personal"', '        _ = (deps, work, ACCESS, actor, {"act": "reveal_personal"', PERSONAL + "test_personal_data_open_with_the_verb_and_a_reason_that_is_sealed_first"),
    Mutant(10, "actions/access_log.py", '    may(actor, "see_access_log")', "    pass", PERSONAL + "test_the_access_log_is_read_by_inspectors_and_auditors_alone_and_that_is_logged"),
    Mutant(10, "detect/run.py", "    return Cite(cite.kind, cite.record)", "    return cite", ERASE + "test_what_an_erased_person_wrote_is_left_in_nobody_s_assessment"),
    Mutant(6, "text/canonical.py", '"*" * (size - head - tail)', '"***"', "tests/text/test_masking.py::test_a_mask_is_as_long_as_its_value_and_hides_a_good_part"),
    Mutant(3, "network/law_three.py", ">= LAW_THREE_CUSTOMERS", ">= 2", LAWS + "test_law_3_every_leg_is_needed"),
    Mutant(3, "network/law_three.py", "        conduct=bool(group.conduct),", "        conduct=True,", LAWS + "test_law_3_every_leg_is_needed"),
    Mutant(3, "model/relation.py", "all(v.verified is True for v in versions)", "True", LAWS + "test_law_3_the_unverified_and_the_missing_never_count"),
    Mutant(3, "grade/suggest.py", "len(threads) < scale.min_threads", "len(threads) < 1", LAWS + "test_law_3_whoever_only_writes_alike_is_not_linked_to_the_group_that_does"),
    Mutant(3, "grade/suggest.py", "law_three is not None and law_three.met and not", "law_three is not None and not", LAWS + "test_law_3_no_finding_alone_links"),
    Mutant(3, "model/weights.py", "        return points, max(points, MOST_POINTS)", "        return 0, max(points, MOST_POINTS)", LEARNING + "test_what_a_finding_weighs_is_within_the_floors_whatever_was_learned"),
    Mutant(3, "model/weights.py", "named - 1 if points < named else", "MOST_POINTS if points < named else", LEARNING + "test_what_is_too_weak_to_be_named_stays_so_however_often_people_accuse"),
    Mutant(3, "grade/suggest.py", "points=min([points, *(most for other, most in against if _outweighed(one, [other]))])", "points=points", LAWS + "test_law_3_what_a_sample_letter_explains_stays_explained_whatever_was_learned"),
    Mutant(5, "actions/learning.py", "            independent(work, one.by, actor)", "            pass", "tests/actions/test_learning.py::test_one_person_never_adopts_alone_whatever_roles_they_have"),
    Mutant(3, "campaign/family_page.py", "for m in page.members if not m.facts.represented", "for m in page.members", FAMILY + "test_law_3_verified_representation_stops_ties_and_the_unknown_count_as_nobody"),
    Mutant(2, "actions/rings.py", "if open_.isdisjoint(ring.complaints)]", "]", RINGS + "test_law_2_a_ring_with_an_open_member_is_shut_to_whoever_decides_merit"),
    Mutant(3, "network/scheme.py", "RingRole.FILER, links=False)", "RingRole.FILER)", RINGS + "test_law_3_a_voice_is_no_thread_and_two_customers_are_no_ring"),
    Mutant(3, "network/scheme.py", "RUN, BOUGHT, RESOLUTION = 1_000, 400, 500", "RUN, BOUGHT, RESOLUTION = 1_000, 1_000, 500", RINGS + "test_law_3_two_organisations_that_buy_of_one_supplier_are_not_made_one"),
    Mutant(3, "network/ties.py", "bounds.stopped | bounds.expired", "bounds.stopped", RINGS + "test_law_3_what_is_verified_expired_or_too_common_holds_no_ring"),
    Mutant(8, "actions/ring_book.py", "    return [one for one in said if one.word is not TieWord.UNDONE and one.id not in gone]", "    return [one for one in said if one.word is not TieWord.UNDONE]", RINGS + "test_law_8_a_word_taken_back_restores_what_was_and_the_log_keeps_both"),
    Mutant(4, "model/family_page.py", "    checks: Checked\n", "    checks: Checked\n    score: int = 0\n", FAMILY + "test_law_4_the_page_could_not_hold_a_score_a_level_or_a_person"),
    Mutant(4, "model/assessment.py", "与疑似非法代理组织有关联（客户可能是受害人）", "恶意投诉人", LAWS + "test_law_4_nobody_is_called_names"),
    Mutant(4, "model/assessment.py", "    label: Label\n    scale: str", "    label: Label\n    level: int\n    scale: str", LAWS + "test_law_4_a_level_on_a_complaint_or_person_is_impossible"),
    Mutant(5, "model/decision.py", "ACCUSING = frozenset({Conclusion.LINKED, Conclusion.BREACH_OF_ORDER})", "ACCUSING = frozenset({Conclusion.BREACH_OF_ORDER})", LAWS + "test_law_5_suggestions_and_decisions_are_different_things"),
    Mutant(5, "actions/second.py", "    if one == other:", "    if False:", ACTS + "test_law_5_the_second_person_is_another_and_independent"),
    Mutant(5, "actions/export.py", "        independent(work, first.name, second)", "        pass", IDENTITIES + "test_who_cannot_be_the_second"),
    Mutant(10, "actions/export.py", '        may(second, "export_source_ids")', "        pass", IDENTITIES + "test_who_cannot_be_the_second"),
    Mutant(6, "model/finding.py", "        if not self.cites or not (self.why.zh and self.why.en):", "        if False:", LAWS + "test_law_6_no_finding_without_source_and_reason"),
    Mutant(6, "actions/replay.py", "    return Replayed(rebuilt == stored.digest,", "    return Replayed(True,", ACTS + "test_law_6_replay_names_what_changed"),
    Mutant(7, "model/finding.py", "        if not isinstance(self.basis, Basis):", "        if False:", LAWS + "test_law_7_weightless_things_cannot_become_findings"),
    Mutant(7, "detect/rules/template/shared_template.py", "        8,\n", '        8 + dossier.text.text.count("!"),\n', LAWS + "test_law_7_knowing_one_s_rights_changes_no_points"),
    Mutant(8, "actions/decide.py", "    undone = {d.undoes for d in decisions if d.undoes}\n    alive", "    undone: set[str] = set()\n    alive", "tests/actions/test_standing.py::test_deciding_and_undoing_restores_what_stood"),
    Mutant(8, "actions/decide.py", "    changed = replace(row, merit_decided=now.merit is not None, concluded=now.conclusion is not None, reopened=reopened)", "    changed = replace(row, merit_decided=True)", ACTS + "test_law_8_undo_restores_the_desk"),
    Mutant(9, "detect/detector.py", "cites=outcome.cites[:MAX_CITES]", "cites=outcome.cites * 30", LAWS + "test_law_9_what_is_capped_keeps_its_true_count"),
    Mutant(9, "actions/family_page.py", "        unread=len(held) - len(members),", "        unread=0,", FAMILY + "test_law_9_what_is_capped_or_unread_is_counted"),
    Mutant(9, "merit/check.py", "    if len(cites) > CITED:", "    if False:", ACTS + "test_law_9_capped_calls_say_how_many_there_were"),
    Mutant(7, "casework/papers.py", "    return sum(one.waived_because or 0 for one in rows if not one.true)", "    return sum(one.waived_because or 0 for one in rows)", PAPERS + "test_law_7_no_sum_stands_in_both_and_none_of_a_true_demand_in_either"),
    Mutant(10, "casework/tables.py", "COLUMNS.items() if column in facts.form.columns]", "COLUMNS.items()]", PAPERS + "test_law_10_customers_loans_and_callers_stand_in_the_columns_a_form_asks_for_alone"),
    Mutant(10, "casework/papers.py", "if kind in facts.form.papers and _has(facts, kind)", "if _has(facts, kind)", PAPERS + "test_law_10_no_customer_and_no_complaint_reaches_who_does_not_need_them"),
    Mutant(10, "actions/referral_rows.py", "masked(free, (*self.known, *own))", "masked(free, own)", PAPERS + "test_law_10_what_a_ring_is_known_by_is_in_no_text_of_a_report"),
    Mutant(3, "actions/referral_annexes.py", "        if known and unregistered:", "        if False:", PAPERS + "test_law_3_whoever_was_verified_as_a_representative_is_no_false_lawyer"),
    Mutant(2, "actions/access_parts.py", " if rows[id_].merit_decided else ()", "", COPY + "test_what_a_program_noticed_waits_for_merit"),
    Mutant(2, "model/retention.py", "Keeps.CASE_KEPT, Keeps.OBJECTION, Keeps.AID_KEPT)", "Keeps.CASE_KEPT, Keeps.AID_KEPT)", REACH + "test_what_a_waiting_objection_names_stays_until_it_is_answered"),
    Mutant(5, "actions/disposal.py", "            independent(work, first[0], actor)", "            pass", "tests/actions/test_disposal.py::test_it_takes_two_and_neither_the_others_subordinate"),
    Mutant(8, "actions/retention_facts.py", "            out[up] |= out[id_]", "            pass", REACH + "test_what_an_exhibit_of_a_held_case_is_about_stays_whatever_kind_of_record_it_is"),
    Mutant(8, "actions/retention_facts.py", "            out[id_].add(Keeps.OBJECTION)", "            pass", REACH + "test_what_a_waiting_objection_names_stays_until_it_is_answered"),
    Mutant(10, "actions/access_copy.py", "    if proved.checked_by.strip().removeprefix(LOCAL) == actor.name.removeprefix(LOCAL):", "    if False:", COPY + "test_it_takes_two_to_look_at_somebody"),
    Mutant(10, "actions/permit.py", "_rule(\"manage_keys\",", "_rule(\"flag_customer\",", LAWS + "test_law_10_no_verb_answers_whether_a_customer_is_flagged"),
    Mutant(10, "actions/permit.py", "    if any((verb, role, actor.purpose) in GRANTS for role in roles):", "    if True:", LAWS + "test_law_10_deny_by_default_and_no_way_to_purge"),
)  # fmt: skip
