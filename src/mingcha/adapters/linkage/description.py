"""What is compared and at which levels, as Splink is told, in SQL that DuckDB and Spark both speak; no trained figures.

Levels go from the surest to the weakest; the first that holds counts. `label_for_charts` is our code of the level.
"""

from typing import Any

from mingcha.model.person import PARTS

ROAD = "(l.road = r.road OR right(l.road, length(r.road)) = r.road OR right(r.road, length(l.road)) = l.road)"
SAME_TOWN = "(l.city = r.city OR l.city IS NULL OR r.city IS NULL)"
SAME_DISTRICT = f"{SAME_TOWN} AND (l.district = r.district OR l.district IS NULL OR r.district IS NULL)"
NUMBERED = f"({ROAD} AND l.number = r.number)"
PLACE = f"({SAME_DISTRICT} AND ({NUMBERED} OR l.estate = r.estate))"
INSIDE = "(l.building = r.building OR l.building IS NULL OR r.building IS NULL)"

OTHER_NAME = 1e-6  # of two rows of one person, those with names that differ wholly: a family shares all but its names
# A level: code, condition, column whose rare values say more, share fixed by us.
Level = tuple[str, str, str | None, float | None]
NAME: tuple[Level, ...] = (
    (
        "null",
        "coalesce(l.name, l.sound, l.surname) IS NULL OR coalesce(r.name, r.sound, r.surname) IS NULL",
        None,
        None,
    ),
    ("same_characters", "l.name = r.name", "name", None),
    ("same_syllables", "l.sound = r.sound", "sound", None),
    ("syllables_alike", "l.dull = r.dull", None, None),
    ("surname_alone", "l.surname = r.surname AND (l.sound IS NULL OR r.sound IS NULL)", "surname", None),
    ("other_given_name", "l.surname = r.surname", None, OTHER_NAME),
    ("different", "ELSE", None, OTHER_NAME),
)
PHONE: tuple[Level, ...] = (
    ("null", "l.phone IS NULL OR r.phone IS NULL", None, None),
    ("same", "l.phone = r.phone", None, None),
    ("slip", "levenshtein(l.phone, r.phone) <= 2", None, None),
    ("different", "ELSE", None, None),
)
ID_NUMBER: tuple[Level, ...] = (
    ("null", "l.id_number IS NULL OR r.id_number IS NULL", None, None),
    ("same", "l.id_number = r.id_number", None, None),
    ("slip", "levenshtein(l.id_number, r.id_number) <= 2", None, None),
    ("different", "ELSE", None, 0.002),
)
ADDRESS: tuple[Level, ...] = (
    (
        "null",
        "coalesce(l.place, l.road, l.district) IS NULL OR coalesce(r.place, r.road, r.district) IS NULL",
        None,
        None,
    ),
    ("elsewhere", "l.city <> r.city OR l.district <> r.district", None, None),
    ("same_door", f"l.room = r.room AND {INSIDE} AND {PLACE}", None, None),
    ("other_door", f"l.room <> r.room AND {PLACE}", None, 0.01),
    ("same_building", f"l.building = r.building AND {PLACE}", None, None),
    ("same_number", "l.place = r.place", "place", None),
    ("same_place", PLACE, None, None),
    ("same_road", f"{SAME_DISTRICT} AND {ROAD}", None, None),
    ("same_district", f"l.district = r.district AND {SAME_TOWN}", None, None),
    ("different", "ELSE", None, None),
)
COMPARED = {"name": NAME, "phone": PHONE, "id_number": ID_NUMBER, "address": ADDRESS}
BLOCKS = (  # pairs that are compared at all: those that share one of these
    ("name",),
    ("dull",),
    ("phone",),
    ("id_number",),
    ("district", "building", "room"),
    ("surname", "building", "room"),
    ("surname", "place"),
    ("surname", "substr(phone, 1, 7)"),
    ("surname", "substr(phone, 5)"),
)
TRAINED_ON = (("phone",), ("name",), ("door",))  # EM learns the other comparisons among pairs alike in these
SURE = (("name", "phone"), ("id_number",))  # pairs that are one person nearly always
SURE_RECALL = 0.5  # the share of all true pairs that SURE finds, roughly
ROW = "unique_id"


def settings() -> dict[str, Any]:
    """Splink's settings, untrained."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": ROW,
        "blocking_rules_to_generate_predictions": [block(one) for one in BLOCKS],
        "comparisons": [
            {"output_column_name": what, "comparison_levels": [_level(*level) for level in levels]}
            for what, levels in COMPARED.items()
        ],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
    }


def block(columns: tuple[str, ...]) -> str:
    """A blocking rule in SQL: equal columns, or parts of them."""
    sides = [tuple(_side(column, side) for side in "lr") for column in columns]
    return " AND ".join(f"{left} = {right}" for left, right in sides)


def _side(column: str, side: str) -> str:
    head, bracket, rest = column.partition("(")
    return f"{head}({side}.{rest}" if bracket else f"{side}.{column}"


def _level(code: str, condition: str, frequent: str | None, share: float | None) -> dict[str, Any]:
    level: dict[str, Any] = {"sql_condition": _columns(condition), "label_for_charts": code}
    if code == "null":
        level["is_null_level"] = True
    if share is not None:  # families share doors and telephones: learning alone would take their names for slips
        level |= {"m_probability": share, "fix_m_probability": True}
    if frequent:
        level |= {"tf_adjustment_column": frequent, "tf_adjustment_weight": 1.0}
    return level


def _columns(condition: str) -> str:
    """`l.road` as Splink's comparisons name it: `road_l`."""
    for part in sorted(PARTS, key=len, reverse=True):
        for side in "lr":
            condition = condition.replace(f"{side}.{part}", f"{part}_{side}")
    return condition
