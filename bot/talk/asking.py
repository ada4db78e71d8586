"""Questions: from the words to the answer, and what the buttons under an answer do with it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.answer.asked_quotes import Asked
from bot.answer.question import MAX_QUESTION_CHARS
from bot.answer.result import Answer, Frame, Response, SpokenBy, State
from bot.locales import N_, _
from bot.model import Article, Findings, Span
from bot.newsroom import Newsroom
from bot.store.chats import ChatState, get_chat, put_chat
from bot.store.results import (
    ResultRow,
    find_results,
    look_up_result,
    note_page,
    put_result,
)
from bot.store.settings import place_of
from bot.talk.agreements import agreements_at_large
from bot.talk.amending import put_right
from bot.talk.answers import choice_reply, pages_of, reply_to_question
from bot.talk.buttons import REASONS, parse_page
from bot.talk.check_pages import check_reply
from bot.talk.follow_rights import is_private
from bot.talk.frames import dump_frame, load_frame
from bot.talk.limits import QuestionLimit
from bot.talk.marked import WHO_SAID_THIS, find_in_message, find_phrase, speaker_reply
from bot.talk.namesakes import find_namesakes, find_office_holders, question_about
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply, Role, told
from bot.talk.reporting import Reporting, ask_reason
from bot.talk.results import Result, dump_result, holds, load_result
from bot.talk.selecting import FindingsOf
from bot.talk.suggestions import Suggester
from bot.talk.waits import wait_words

RESULTS_LOOKED_AT = 50  # of a chat, for the answer that somebody replies to
EXPIRED = N_("This list has expired. Please ask again.")


class Asking:
    """The questions of all chats. Answers are kept, so that their buttons outlive a restart."""

    def __init__(
        self,
        newsroom: Newsroom,
        limit: QuestionLimit,
        clock: Callable[[], datetime],
        reporting: Reporting,
        group_limit: QuestionLimit,
    ) -> None:
        """`limit` is each person's, `group_limit` that of all members of a group together."""
        self._group_limit = group_limit
        self._newsroom = newsroom
        self._reporting = reporting
        self._limit = limit
        self._clock = clock
        self._suggester = Suggester(newsroom)
        self._lock = threading.Lock()
        self._at_work = 0

    def first_questions(self) -> list[str]:
        """Questions for somebody who has not asked any yet."""
        return self._suggester.first(self._clock())

    def known_speakers(self) -> list[str]:
        """People whom an example may name: their words are found."""
        return self._suggester.speakers(self._clock())

    # ----------------------------------------------------------------------- questions
    def ask(self, incoming: Incoming, question: str, *, afresh: bool = False) -> Reply:
        """The answer to `question`, which leans on nothing before it where it is asked `afresh`;
        nothing at all where the wait was told before."""
        if not question.strip():
            return told(_("What would you like to know? For example: /ask who resigned this week"))
        if (refusal := self._refused(incoming)) is not None:
            return refusal
        spoken = self._who_said_this(incoming, question)
        if spoken is not None:
            return spoken
        if incoming.marked:
            question = f"{question} “{incoming.marked}”"
        return self._answered(incoming, question, None if afresh else self._frame(incoming))

    def check(self, incoming: Incoming, asked: Asked) -> Reply:
        """Whether the words of `asked` were said, by whom, and how else they were printed."""
        if (refusal := self._refused(incoming)) is not None:
            return refusal
        response = self._newsroom.check_quote(asked.words, claimed=asked.claimed)
        number = self._keep(incoming, Result(response), self._clock())
        return check_reply(response, read_once(self._newsroom), number)

    def _refused(self, incoming: Incoming) -> Reply | None:
        """What is said to whoever asks too much; None where they may ask.

        A message is kept then, and has its turn soon; a press can be made again.
        """
        if incoming.role is not Role.READER or incoming.in_turn:
            return None
        may_queue = incoming.message is not None and incoming.button is None
        limit, is_shared = self._limit, False
        wait = limit.look_up_wait(incoming.person, may_queue=may_queue)
        if wait is None and not is_private(incoming.chat):
            limit, is_shared = self._group_limit, True
            wait = limit.look_up_wait(place_of(incoming.chat), may_queue=may_queue)
        if wait is None:
            return None
        words = wait_words(wait, limit, may_queue=may_queue, is_shared=is_shared)
        later = wait.turn.total_seconds() if wait.kept else None
        if wait.told:  # once is enough; who presses a button sees it as a notice
            toast = words if incoming.button is not None else None
            return Reply(toast=toast, is_wait=True, later_seconds=later)
        return replace(told(words), is_wait=True, later_seconds=later)

    def _who_said_this(self, incoming: Incoming, question: str) -> Reply | None:
        """Who said what was marked, or what stands in the message that is answered or passed
        on; None where this is another question, or no article holds such words."""
        message = incoming.reply_to or ""
        if incoming.forwarded:
            found = find_in_message(self._newsroom, question)
        elif not WHO_SAID_THIS.fullmatch(question.strip()):
            return None
        elif incoming.marked:
            found = find_phrase(self._newsroom, incoming.marked, beside=message)
        else:
            found = find_in_message(self._newsroom, message) if message else None
        if found is not None:
            return speaker_reply(self._newsroom, found)
        if not incoming.forwarded and (incoming.marked or message):
            return told(_("I find these words in none of my articles."))
        return None

    def _frame(self, incoming: Incoming) -> Frame | None:
        """What was talked of: the answer that is replied to, else the last exchange."""
        if incoming.reply_to:
            found = find_in_message(self._newsroom, incoming.reply_to)
            if found is not None:
                store = self._newsroom.store
                for row in find_results(store, incoming.chat, limit=RESULTS_LOOKED_AT):
                    if holds(row.data, found.article.key, found.sentence):
                        return load_frame(row.data.get("frame"))
        return load_frame(get_chat(self._newsroom.store, incoming.chat).frame)

    def _answered(self, incoming: Incoming, question: str, frame: Frame | None) -> Reply:
        with self._lock:
            self._at_work += 1
        try:
            return self._answer(incoming, question, frame)
        finally:
            with self._lock:
                self._at_work -= 1

    def _answer(self, incoming: Incoming, question: str, frame: Frame | None) -> Reply:
        now = self._clock()
        findings_of = read_once(self._newsroom)
        response = self._newsroom.ask(question[:MAX_QUESTION_CHARS], now, frame=frame)
        response = agreements_at_large(self._newsroom, response, findings_of)
        people = find_namesakes(response, findings_of) or find_office_holders(response)
        if frame is not None and people and self._is_in_talk(people[0], people, frame):
            people = ()
        suggestions = () if people else self._suggested(response, findings_of, now)
        result = Result(response, suggestions, people)
        number = self._keep(incoming, result, now)
        if people:
            return replace(choice_reply(result, number), state=State.CLOSE)
        reply = reply_to_question(response, findings_of, kept=result, number=number)
        return replace(reply, state=response.state)

    def _is_in_talk(self, first: SpokenBy, people: Sequence[SpokenBy], frame: Frame) -> bool:
        """Whether the articles that answered last name `first` alone of `people`."""
        articles = [self._newsroom.look_up_version(key) for key in frame.versions]
        texts = [article.text for article in articles if article is not None]
        named = [p for p in people if any(p.name in text for text in texts)]
        return named == [first]

    def _suggested(
        self, response: Response, findings_of: FindingsOf, now: datetime
    ) -> tuple[str, ...]:
        if response.state is not State.FOUND:
            return ()
        if len(pages_of(response, findings_of)[0]) > 1:
            return ()  # no room beside several answers
        # Whether a question has an answer takes as long to see as an answer: others go first.
        in_haste = self._at_work > 1
        return self._suggester.after(response, findings_of, now, in_haste=in_haste)

    def _keep(self, incoming: Incoming, result: Result, now: datetime) -> int:
        """Keep the answer and what the next question may lean on; the answer's number."""
        store = self._newsroom.store
        with store.write():
            if result.response.frame is not None:
                state = get_chat(store, incoming.chat)
                frame = dump_frame(result.response.frame)
                put_chat(store, incoming.chat, ChatState(frame, state.pending))
            return put_result(store, incoming.chat, incoming.person, dump_result(result), now)

    # ------------------------------------------------------------------------- buttons
    def press(self, incoming: Incoming, kind: str, code: str) -> Reply:
        """What a button of the kinds "res", "one", "again" and "bad" does."""
        read = parse_page(code if code.count(":") else f"{code}:0")
        row = None
        if read is not None:
            row = look_up_result(self._newsroom.store, read[0], incoming.chat)
        if read is None or row is None:
            return Reply(toast=_(EXPIRED))
        number, page, reason = read
        result = load_result(self._newsroom, row.data)
        if kind == "again":
            return self.ask(incoming, str(row.data.get("question", "")))
        if result is None:
            return self._expired(row)
        if kind == "one":
            return self._chosen(incoming, result, page)
        answered = self._page(result, number, page)
        if kind == "bad" and not reason:
            return ask_reason(answered, number, page)
        if kind == "bad" and reason in REASONS:
            return self._reporting.take(incoming, result, page, reason, answered)
        note_page(self._newsroom.store, number, page)
        return replace(answered, edits=True)

    def more(self, incoming: Incoming) -> Reply:
        """The next page of the last answer, for somebody who asks for it in words."""
        found = self._last_answer(incoming)
        if found is None:
            return told(_("More of what? Ask a question, or see /latest for the newest articles."))
        row, result = found
        pages = len(pages_of(result.response, read_once(self._newsroom)))
        page = int(row.data.get("page", 0)) + 1
        if result.people or page >= pages:
            return told(
                _(
                    "That is all I have on it. Ask about it in other words, or list the articles "
                    "that hold a word with /search."
                )
            )
        note_page(self._newsroom.store, row.id, page)
        return self._page(result, row.id, page)

    def wrong(self, incoming: Incoming) -> Reply:
        """The last answer with the question what is wrong with it, for somebody who says so."""
        found = self._last_answer(incoming)
        if found is None or not found[1].response.answers:
            return told(
                _(
                    "I am sorry. Tap “Wrong?” under an answer: an editor will look at it. "
                    "Or ask again in other words."
                )
            )
        row, result = found
        page = int(row.data.get("page", 0))
        return replace(ask_reason(self._page(result, row.id, page), row.id, page), edits=False)

    def shown_last(self, incoming: Incoming) -> list[Answer]:
        """The sentences that this chat was shown last as an answer; none where there are none."""
        found = self._last_answer(incoming)
        if found is None:
            return []
        row, result = found
        pages = pages_of(result.response, read_once(self._newsroom))
        return pages[min(int(row.data.get("page", 0)), len(pages) - 1)]

    def look_up_answer(self, chat: str, article: Article, place: Span) -> Answer | None:
        """The sentences at a place as this chat was shown them, with what was told of them."""
        for row in find_results(self._newsroom.store, chat, limit=RESULTS_LOOKED_AT):
            if not holds(row.data, article.key, place):
                continue
            result = load_result(self._newsroom, row.data)
            answers = (*result.response.answers, *result.response.nearest) if result else ()
            for answer in answers:
                if answer.article.key == article.key and answer.span.overlaps(place):
                    return answer
        return None

    def _last_answer(self, incoming: Incoming) -> tuple[ResultRow, Result] | None:
        """What was answered last in this chat, if it can still be shown."""
        rows = find_results(self._newsroom.store, incoming.chat, limit=1)
        if not rows or "question" not in rows[0].data:  # a digest has buttons of its own
            return None
        result = load_result(self._newsroom, rows[0].data)
        return (rows[0], result) if result is not None else None

    def _page(self, result: Result, number: int, page: int) -> Reply:
        reply = reply_to_question(
            result.response, read_once(self._newsroom), kept=result, number=number, page=page
        )
        return put_right(self._newsroom.store, reply, self._clock().date())

    def _chosen(self, incoming: Incoming, result: Result, place: int) -> Reply:
        """The answer for the one person who was chosen among namesakes."""
        if place >= len(result.people):
            return Reply(toast=_(EXPIRED))
        question = question_about(result.response.question, result.people[place])
        return replace(self.ask(incoming, question), edits=True)

    def _expired(self, row: ResultRow) -> Reply:
        """That an article of a kept answer is gone, with a button that asks anew."""
        block = Block(BlockKind.TEXT, _("This list has expired: an article of it is gone."))
        again = Button(_("Search again"), f"again:{row.id}:0")
        return Reply((block,), ((again,),), toast=_(EXPIRED))

    # ---------------------------------------------------------------------------- last
    def look_up_last(self, incoming: Incoming) -> Result | None:
        """The last answer that was given in this chat."""
        for row in find_results(self._newsroom.store, incoming.chat, limit=RESULTS_LOOKED_AT):
            if "question" in row.data:  # a digest is kept beside the answers
                return load_result(self._newsroom, row.data)
        return None


def read_once(newsroom: Newsroom) -> FindingsOf:
    """The findings of articles, each read from the store once for the reply at hand."""
    known: dict[int, Findings] = {}

    def findings_of(article: Article) -> Findings:
        if article.key not in known:
            known[article.key] = newsroom.get_findings(article)
        return known[article.key]

    return findings_of
