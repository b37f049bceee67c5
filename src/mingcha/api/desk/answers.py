"""The answer to one complaint: drafted from merit alone, and recorded once a person gave it; and the two letters that are none."""

from datetime import UTC
from typing import Any

from fastapi import APIRouter, Response

from mingcha.actions.answers import draft_answer, record_answer, refuse_words
from mingcha.actions.codec import to_plain
from mingcha.actions.declining import Notice, ask_papers, decline, lacks
from mingcha.answer.letter import lines
from mingcha.api.desk.complaint import ORDER, REFUSALS, Id, aware
from mingcha.api.desk.shapes import AskRequest, DeclineRequest, DraftAnswer, LetterRequest, NoticeAnswer, PrintRequest
from mingcha.api.desk.who import House, Who
from mingcha.wiring import letter_file

router = APIRouter(prefix="/api/complaints", tags=["answer"])
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


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


@router.post(
    "/{id_}/letter",
    responses={**ORDER, 200: {"content": {kind: {} for kind in MEDIA.values()}}},
    response_class=Response,
)
def printed(deps: House, who: Who, id_: Id, asked: PrintRequest) -> Response:
    """A letter as a Word file or a PDF; 422 names the words no answer may hold. Nothing is recorded but the reading."""
    refuse_words(deps, who, id_, asked.letter)
    data = letter_file(asked.letter, asked.form, deps.now().astimezone(deps.zone))
    name = {"Content-Disposition": f'attachment; filename="{id_}.{asked.form}"'}
    return Response(data, media_type=MEDIA[asked.form], headers=name)


@router.get("/{id_}/lacks", responses=REFUSALS)
def lacking(deps: House, who: Who, id_: Id) -> dict[str, Any]:
    """What may be asked for of whoever filed, from which day on, and why the complaint may not be left unhandled (empty: it may)."""
    plain: dict[str, Any] = to_plain(lacks(deps, who, id_))
    return plain


@router.post("/{id_}/ask", responses=ORDER)
def ask(deps: House, who: Who, id_: Id, asked: AskRequest) -> NoticeAnswer:
    """Ask for papers; 422 for what the institution holds. The clock runs on."""
    return _notice(ask_papers(deps, who, id_, asked.materials, asked.until, record=asked.record))


@router.post("/{id_}/decline", responses=ORDER)
def leave(deps: House, who: Who, id_: Id, asked: DeclineRequest) -> NoticeAnswer:
    """Leave it unhandled; 409 with every reason as long as it has to be handled."""
    return _notice(decline(deps, who, id_, record=asked.record))


def _notice(made: Notice) -> NoticeAnswer:
    return NoticeAnswer(
        letter={"zh": made.letter.zh, "en": made.letter.en}, clock=to_plain(made.clock) if made.clock else None
    )
