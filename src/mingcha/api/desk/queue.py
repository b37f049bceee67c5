"""The queue: by welfare lane and nearest deadline, never by suspicion."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from mingcha.actions import look
from mingcha.actions.recusal import recusals
from mingcha.api.desk.shapes import QueueAnswer, QueueRow, RecusalAnswer, SearchAnswer
from mingcha.api.desk.who import DENIED, House, Who
from mingcha.errors import InputError
from mingcha.model.handling import Handling
from mingcha.model.stored import DeskRow, QueueFilter
from mingcha.model.words import Words

router = APIRouter(prefix="/api", tags=["queue"])
Text = Annotated[str | None, Query(max_length=100)]


def shape(row: DeskRow, handling: Handling) -> QueueRow:
    """A desk row as it goes over the wire."""
    return QueueRow(
        id=row.complaint,
        received_at=row.received_at,
        channel=row.channel,
        product=row.product,
        due=row.due,
        first_due=row.first_due,
        nearest=row.nearest,
        welfare=row.welfare,
        state=row.state,
        unread_clock=row.unread_clock,
        merit_decided=row.merit_decided,
        concluded=row.concluded,
        assigned_to=row.assigned_to,
        reopened=row.reopened,
        tags=list(handling.tags),
        records_waiting=[one.asked.records for one in handling.waiting],
        draft_on_file=handling.draft is not None,
    )


@router.get("/queue", responses={**DENIED})
def queue(  # noqa: PLR0913 -- one parameter a filter of the query string
    deps: House,
    who: Who,
    state: Annotated[str | None, Query(pattern="^(open|needs_repair|answered|withdrawn|not_handled)$")] = None,
    channel: Text = None,
    product: Text = None,
    due_before: date | None = None,
    assigned_to: Text = None,
    unassigned: bool | None = None,
    welfare: bool | None = None,
    merit_decided: bool | None = None,
    reopened: bool | None = None,
    words: Annotated[str | None, Query(max_length=200, description="full-text search in redacted text")] = None,
    after: Annotated[str | None, Query(max_length=100, description="`next` of the page before")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = look.PAGE,
) -> QueueAnswer:
    """One page of the queue."""
    found = look.search(deps, who, words) if words and words.strip() else None
    where = QueueFilter(
        state=state, channel=channel, product=product, due_before=due_before, assigned_to=assigned_to,
        unassigned=unassigned, welfare=welfare, merit_decided=merit_decided, reopened=reopened, ids=found,
    )  # fmt: skip
    page = look.queue(deps, who, where, _after(after), limit)
    following = (
        "~".join((str(int(page.next_after[0])), page.next_after[1].isoformat(), page.next_after[2]))
        if page.next_after
        else None
    )
    rows = [shape(row, page.handling[row.complaint]) for row in page.rows]
    return QueueAnswer(total=page.total, aside=page.aside, rows=rows, next=following)


def _after(text: str | None) -> tuple[bool, date, str] | None:
    if text is None:
        return None
    parts = text.split("~")
    try:
        welfare, nearest, id_ = parts
        return welfare == "1", date.fromisoformat(nearest), id_
    except ValueError:
        raise InputError(
            where="after", found=text, expected=Words("上一页的 `next`", "the `next` of the page before")
        ) from None


@router.get("/recusals", responses={**DENIED})
def recused(deps: House, who: Who) -> list[RecusalAnswer]:
    """Open complaints that are closed to somebody, those open to nobody who decides merit first. Sealed."""
    return [
        RecusalAnswer(complaint=one.complaint, closed_to=list(one.closed_to), nobody=one.nobody)
        for one in recusals(deps, who)
    ]


@router.get("/search", responses={**DENIED})
def search(
    deps: House, who: Who, words: Annotated[str, Query(min_length=1, max_length=200, examples=["夜间 催收"])]
) -> SearchAnswer:
    """Full-text search in redacted text; two-character words too."""
    return SearchAnswer(complaints=list(look.search(deps, who, words)))
