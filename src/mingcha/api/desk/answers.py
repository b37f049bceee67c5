"""The answer to one complaint: drafted from merit alone, and recorded once a person gave it."""

from datetime import UTC
from typing import Any

from fastapi import APIRouter

from mingcha.actions.answers import draft_answer, record_answer
from mingcha.actions.codec import to_plain
from mingcha.answer.letter import lines
from mingcha.api.desk.complaint import ORDER, REFUSALS, Id, aware
from mingcha.api.desk.shapes import DraftAnswer, LetterRequest
from mingcha.api.desk.who import House, Who

router = APIRouter(prefix="/api/complaints", tags=["answer"])


@router.get("/{id_}/answer", responses=REFUSALS)
def drafted(deps: House, who: Who, id_: Id) -> DraftAnswer:
    """The draft as of now; what a person still has to fill in stands in `gaps`."""
    draft = draft_answer(deps, who, id_)
    letter = {locale: "\n".join(lines(draft, locale)) for locale in ("zh", "en")}
    return DraftAnswer(
        draft=to_plain(draft),
        letter=letter,
        gaps=[to_plain(gap) for gap in draft.gaps],
        undecided=[to_plain(title) for title in draft.undecided],
    )


@router.post("/{id_}/answer", status_code=201, responses=ORDER)
def given(deps: House, who: Who, id_: Id, asked: LetterRequest) -> dict[str, Any]:
    """Keep the letter that was given and end the clock; 422 names the words no answer may hold."""
    aware("at", asked.at)
    at = (asked.at or deps.now()).astimezone(UTC)
    plain: dict[str, Any] = to_plain(record_answer(deps, who, id_, asked.letter, at))
    return plain
