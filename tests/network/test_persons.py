"""What a row of a person is compared by: canonical numbers, slips kept as digits, old identity numbers and new ones."""

from mingcha.network.persons import person_row

OLD, NEW = "110105491231002", "11010519491231002X"  # GB 11643's own example


def test_numbers_are_canonical_or_kept_as_digits_for_a_slip() -> None:
    row = person_row("1", {"phone": "+86 139-0000-0001", "id_number": NEW})
    assert (row.parts["phone"], row.parts["id_number"]) == ("13900000001", NEW)
    slip = person_row("2", {"phone": "1390000001", "id_number": NEW[:-1] + "3"})
    assert (slip.parts["phone"], slip.parts["id_number"], slip.identity) == ("1390000001", NEW[:-1] + "3", None)
    none = person_row("3", {"phone": "无", "id_number": "不详"})
    assert (none.parts["phone"], none.parts["id_number"]) == (None, None)


def test_an_old_identity_number_is_the_new_one() -> None:
    assert person_row("1", {"id_number": OLD}).identity == person_row("2", {"id_number": NEW}).identity == OLD


def test_whoever_says_only_a_surname_is_called_nothing() -> None:
    row = person_row("1", {"name": "王女士"})
    assert (row.called, row.parts["name"], row.parts["surname"]) == (None, None, "wang")
