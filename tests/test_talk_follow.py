"""Following, as somebody who talks with the bot meets it: wishes, steps, screens, Undo."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.model import Draft
from bot.newsroom import Newsroom
from bot.store.store import Store
from bot.store.subscriptions import SubscriptionState, find_subscriptions
from bot.talk.conversation import Conversation
from bot.talk.follow_words import WishKind, parse_follow, parse_wish
from bot.talk.replies import Incoming, Rights
from tests.support.talks import Clock, Talk

NOON = datetime(2025, 3, 27, 12, 0, tzinfo=UTC)  # a Thursday
GAS = Draft(
    id="gas",
    title="Ruud names a date",
    source="Port Courier",
    published=date(2025, 3, 26),
    text=(
        "Ruud names a date\n\nIda Ruud, the energy minister, spoke in Port Ellis on Wednesday. "
        "“The gas terminal opens on the first of June,” Ruud told reporters."
    ),
)


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def newsroom() -> Newsroom:
    room = Newsroom.over(Store(None))
    room.add(GAS)
    return room


@pytest.fixture
def ada(newsroom: Newsroom, clock: Clock) -> Talk:
    return Talk(Conversation(newsroom, questions_per_minute=100, clock=clock), chat="tg:1")


def settle(ada: Talk, what: str = "follow gas weekdays at 7") -> None:
    """Set up a follow in Stockholm."""
    ada.say(what)
    if "Other city…" in ada.labels:
        ada.say("Stockholm")
        ada.press_label("Stockholm")


# ----------------------------------------------------------------------------------- words
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("tell me when Ruud says something on gas", "Ruud on gas"),
        ("Tell me whenever Ida Ruud speaks about the pipeline.", "Ida Ruud on the pipeline"),
        ("could you tell me when Ruud comments?", "Ruud"),
        ("tell me when there is news on the flood", "the flood"),
        ("let me know if the ferry sails again", "the ferry sails again"),
        ("let me know when anyone says anything about tariffs", "tariffs"),
        ("keep me posted on the rail strike", "the rail strike"),
        ("notify me about Anna Berg", "Anna Berg"),
        ("alert me when Orsa is mentioned", "Orsa"),
        ("send me the news on gas every morning at 7", "gas"),
        ("I'd like a daily digest on the flood", "the flood"),
        ("send me everything from Nordwire twice a day", "Nordwire"),
        ("give me news daily", "all news"),
        ("tell me about rail on weekdays at 18:45", "rail"),
        ("follow Lindqvist on gas, without football", "Lindqvist on gas, without football"),
        ("subscribe me to Nordwire", "Nordwire"),
        ("watch the rail strike", "the rail strike"),
    ],
)
def test_a_wish_to_follow_is_read(text: str, what: str) -> None:
    wish = parse_wish(text)
    assert wish is not None
    assert (wish.kind, wish.what) == (WishKind.FOLLOW, what)


@pytest.mark.parametrize(
    "text",
    [
        "tell me when the strike begins",
        "please tell me what Lindqvist said",
        "send me the latest on the flood",
        "show me the news on Monday",
        "tell me about the strike",
        "what did Lindqvist say every Monday?",
        "who should I follow?",
        "follow up on that",
        "can you answer in Dutch?",
        "stop",
        "follow " + "gas " * 200,
    ],
)
def test_a_question_is_no_wish(text: str) -> None:
    assert parse_wish(text) is None


@pytest.mark.parametrize(
    ("text", "kind", "what"),
    [
        ("unfollow Lindqvist", WishKind.STOP, "Lindqvist"),
        ("stop sending me news on gas", WishKind.STOP, "gas"),
        ("what do I follow?", WishKind.LIST, ""),
        ("show me my alerts", WishKind.LIST, ""),
        ("pause everything for a week", WishKind.PAUSE, "for a week"),
        ("mute", WishKind.PAUSE, ""),
        ("I'm back", WishKind.RESUME, ""),
    ],
)
def test_other_wishes_are_read(text: str, kind: WishKind, what: str) -> None:
    wish = parse_wish(text)
    assert wish is not None
    assert (wish.kind, wish.what) == (kind, what)


def test_a_channel_a_time_and_a_question_are_read_from_one_line() -> None:
    wish = parse_follow("gas in @harbour_news weekdays at 7")
    assert (wish.what, wish.target) == ("gas", "@harbour_news")
    assert wish.when is not None
    assert wish.when.rhythm.title == "weekdays at 07:00"
    assert parse_follow("when is the strike").question


# ----------------------------------------------------------------------------------- steps
def test_a_digest_is_set_up_by_taps(ada: Talk) -> None:
    assert "when shall I tell you?" in ada.say("/follow Ruud")
    assert ada.labels == ["At once, max 3 a day", "Daily digest", "Mondays"]
    assert "Which time zone?" in ada.press_label("Daily")
    assert ada.last.edits
    ada.press_label("Other city")
    assert "Is that your clock?" in ada.say("stokholm")
    assert ada.labels[0] == "Stockholm 13:00 now"
    assert "At 07:30?" in ada.press_label("Stockholm")
    told = ada.press_label("Yes")
    assert "Done: Ruud, daily at 07:30, Stockholm." in told
    assert "Quiet 22:00–07:00." in told
    assert "Next: Fri 28 Mar 07:30, Sat 29 Mar 07:30, Sun 30 Mar 07:30." in told
    assert "This week it would have held 1 item." in told
    assert ada.labels == ["Preview now", "Undo", "Change"]
    assert "first of June" in ada.press_label("Preview")


def test_all_said_at_once_needs_the_time_zone_alone(ada: Talk) -> None:
    assert "Which time zone?" in ada.say("send me the news on gas every morning at 7")
    told = ada.press_label("London")
    assert "Done: Gas, daily at 07:00, London." in told
    assert "Done: Ida Ruud, Mondays at 18:00, London." in ada.say(
        "/follow Ida Ruud, Mondays at 18"
    )


def test_a_rhythm_and_a_minute_may_be_typed(ada: Talk) -> None:
    settle(ada)
    ada.say("/follow ferry")
    assert "I do not understand that as times" in ada.say("every now and then")
    assert "At 07:30?" in ada.say("Mondays and Fridays")
    assert "Mondays and Fridays at 06:45 and 18:00" in ada.say("6:45 and 18")


def test_a_time_within_quiet_hours_is_told(ada: Talk) -> None:
    settle(ada)
    told = ada.say("follow ferry daily at 5:30")
    assert "05:30 lies in your quiet hours: it comes then, without sound." in told


def test_who_asks_something_else_meanwhile_is_answered(ada: Talk) -> None:
    ada.say("/follow ferry")
    assert "first of June" in ada.say("what did Ruud say")
    ada.say("Mondays")
    assert find_subscriptions(ada.conversation._newsroom.store, "tg:1") == []


@pytest.mark.parametrize(
    ("steps", "wants", "asks"),
    [
        (["/follow ferry"], "to know when to tell you", "when shall I tell you?"),
        (["/follow ferry, daily at 8"], "your time zone", "Which time zone?"),
        (["/follow ferry, daily", "Stockholm", "yes"], "the time of day", "At 07:30?"),
    ],
    ids=["rhythm", "zone", "minute"],
)
def test_who_wanders_off_is_led_back_once(
    ada: Talk, steps: list[str], wants: str, asks: str
) -> None:
    for step in steps:
        ada.say(step)
    told = ada.say("what did Ruud say")
    assert "first of June" in told
    assert f"You began to follow Ferry: I still need {wants}." in told
    assert ada.labels[-2:] == ["Finish following", "Drop it"]
    answer = ada.last
    assert "You began" not in ada.say("who said the terminal opens")
    ada.seen.append(answer)
    assert asks in ada.press_label("Finish")
    assert not ada.last.edits  # the answer stays
    assert ada.last.buttons


def test_what_was_begun_is_finished_from_the_list(ada: Talk) -> None:
    ada.say("/follow ferry, daily at 8")
    ada.say("/start")
    told = ada.say("/subs")
    assert "Nothing is followed here." in told
    assert "You began to follow Ferry: I still need your time zone." in told
    ada.press_label("Finish Ferry")
    ada.say("Stockholm")
    assert "Done: Ferry, daily at 08:00, Stockholm." in ada.press_label("Stockholm")
    assert "You began" not in ada.say("/subs")


def test_a_city_that_is_not_known_is_answered_with_zones_to_tap(ada: Talk) -> None:
    ada.say("/follow ferry, daily at 8")
    assert "I do not know “Qqxyville”." in ada.say("Qqxyville")
    assert "London" in ada.labels[0]
    assert "Done: Ferry" in ada.press_label("London")
    assert "I do not know “Qqxyville”." in ada.say("/settings time zone Qqxyville")
    assert "that of London" in ada.press_label("London")
    ada.press_label("Settings")
    assert ada.lead == "Settings of this chat"


def test_what_was_dropped_or_stopped_is_not_offered(ada: Talk) -> None:
    ada.say("/follow ferry")
    ada.say("/cancel")
    assert "You began" not in ada.say("what did Ruud say")
    ada.say("/follow rail")
    ada.say("what did Ruud say")
    assert "Dropped: Rail is not followed." in ada.press_label("Drop it")
    ada.press_label("Undo")
    ada.say("/subs")
    ada.press_label("Drop it")
    assert "Nothing is followed here." in ada.say("/subs")
    assert ada.labels == []


@pytest.mark.parametrize("where", ["rhythm", "city", "time"])
def test_a_pause_within_the_steps_of_following_is_a_pause(ada: Talk, where: str) -> None:
    settle(ada)
    ada.say("follow rail" if where != "time" else "follow rail daily")
    if where == "city":
        ada.say("/settings time zone")
    assert "paused until" in ada.say("pause for a week")


def test_a_location_finds_the_zone(ada: Talk) -> None:
    ada.say("/follow ferry at once")
    ada._handle(location=(59.3, 18.1))
    assert ada.labels[0] == "Stockholm 13:00 now"
    assert "The clock is that of Stockholm" in ada.press_label("Stockholm")
    assert "only to find your time zone" in ada._handle(location=(0.0, 0.0))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("UTC+2", "An offset knows no summer time"),
        ("Gondolin", "I do not know “Gondolin”"),
        ("Germany", "Is that your clock?"),
    ],
)
def test_a_typed_zone_is_answered_plainly(ada: Talk, typed: str, words: str) -> None:
    ada.say("/follow ferry daily at 8")
    assert words in ada.say(typed)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/follow", "What shall I follow?"),
        ("/follow " + "x" * 3_000, "too long"),
        ("/follow ferry without the", "when shall I"),
        ("/follow “", "Give"),
    ],
)
def test_odd_wishes_get_a_sentence(ada: Talk, text: str, words: str) -> None:
    assert words in ada.say(text)


def test_the_same_is_followed_once_and_fifty_are_enough(ada: Talk) -> None:
    settle(ada)
    assert "You follow this already: Gas, weekdays at 07:00, Stockholm." in ada.say(
        "/follow gas daily at 9"
    )
    for number in range(49):
        ada.say(f"/follow topic{number} daily at 9")
    assert "50 things, which is the most" in ada.say("/follow ferry")


# ------------------------------------------------------------------------ under an answer
def test_an_answer_offers_to_follow_its_speaker(ada: Talk) -> None:
    ada.say("what did Ruud say?")
    assert "Ida Ruud: when shall I tell you?" in ada.press_label("Follow Ruud")


def test_no_answer_offers_to_watch_the_question(ada: Talk) -> None:
    ada.say("who won the chess final in Quito?")
    ada.press_label("Tell me if that changes")
    told = ada.press_label("London")
    assert "“who won the chess final in Quito?”, when the answer changes" in told


# --------------------------------------------------------------------------------- screens
def test_one_screen_shows_all_and_each_has_its_page(ada: Talk) -> None:
    assert "Nothing is followed here" in ada.say("/subs")
    settle(ada)
    ada.say("follow ferry at once")
    told = ada.say("/subs")
    assert "1. Gas · weekdays at 07:00, Stockholm" in told
    assert "2. Ferry · at once, at most 3 a day" in told
    page = ada.press_label("1")
    assert "Next: Fri 28 Mar 07:00, Mon 31 Mar 07:00" in page
    assert "long" in ada.press_label("Length: long")
    assert "without sound" in ada.press_label("Sound off")
    assert "2 follows" in ada.press_label("All follows")


def test_words_to_leave_out_are_added_and_emptied(ada: Talk) -> None:
    settle(ada)
    ada.say("/subs")
    ada.press_label("1")
    ada.press_label("Leave out")
    assert "Now: Gas, without “gas station”, “football”." in ada.say("football, “gas station”")
    ada.press_label("Undo")
    assert "without" not in ada.say("/subs")


def test_the_list_is_searched_and_paged(ada: Talk) -> None:
    settle(ada)
    for number in range(7):
        ada.say(f"/follow topic{number} daily at 9")
    assert "8 follows, page 1 of 2" in ada.say("/subs")
    assert "7. Topic5" in ada.press_label("Next page")
    ada.press_label("Search")
    told = ada.say("topic3")
    assert "1 follow\n1. Topic3" in told
    assert "Nothing that is followed here matches" in ada.say("/subs xyz")


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("A day", "paused until Fri 28 Mar 13:00"),
        ("A week", "paused until Thu 3 Apr 14:00"),  # the clock goes forward meanwhile
        ("Until I return", "paused until you resume it"),
    ],
)
def test_everything_is_paused_and_goes_on(ada: Talk, label: str, words: str) -> None:
    settle(ada)
    ada.say("follow ferry at once")
    ada.say("pause")
    assert words in ada.press_label(label)
    assert words in ada.say("/subs")
    assert "2 follows go on" in ada.say("resume")
    assert "paused" not in ada.say("/subs")


def test_unfollowing_can_be_undone(ada: Talk) -> None:
    settle(ada)
    settle(ada, "follow ferry at once")
    assert "Unfollowed: Gas." in ada.say("stop following gas")
    assert "1 follow\n" in ada.say("/subs")
    ada.say("unfollow ferri")
    assert "Undone: Ferry as before." in ada.press_label("Undo")
    code = ada.seen[-2].buttons[0][0].press
    assert code is not None
    ada.press(code)
    assert ada.last.toast == "This was undone before, or is too long ago."
    assert "“tram” is not followed here. Which one?" in ada.say("unfollow tram")


def test_each_step_of_setting_up_can_be_undone(ada: Talk) -> None:
    settle(ada)
    assert "Undone: Gas is not followed." in ada.press_label("Undo")
    store = ada.conversation._newsroom.store
    assert find_subscriptions(store, "tg:1") == []


def test_a_change_of_times_keeps_the_old_ones_until_it_is_done(ada: Talk) -> None:
    settle(ada)
    ada.say("/subs")
    ada.press_label("1")
    ada.press_label("Change times")
    assert "daily at 19:00" in ada.say("every evening at 7")
    ada.press_label("Undo")
    assert "weekdays at 07:00" in ada.say("/subs")


def test_a_typed_yes_takes_the_zone_and_the_time_that_were_offered(ada: Talk) -> None:
    ada.say("/follow Ruud")
    ada.press_label("Daily")
    ada.say("Oslo")
    assert "At 07:30?" in ada.say("yes")
    assert "Done: Ruud, daily at 07:30, Oslo." in ada.say("Yes please")


def test_a_typed_no_asks_for_another_city(ada: Talk) -> None:
    ada.say("/follow Ruud")
    ada.press_label("Daily")
    ada.say("Oslo")
    assert "Type your city" in ada.say("no")
    assert "Is that your clock?" in ada.say("Lisbon")


# -------------------------------------------------------------------------------- settings
def test_a_typed_yes_sets_the_zone_of_the_chat(ada: Talk) -> None:
    ada.say("/settings")
    ada.press_label("Time zone")
    ada.say("Lisbon")
    assert "The clock here is that of Lisbon now" in ada.say("ok")


def test_settings_are_changed_by_taps_and_typing(ada: Talk) -> None:
    assert "Time zone: not set (UTC)" in ada.say("/settings")
    ada.press_label("Time zone")
    ada.say("Lisbon")
    assert "The clock here is that of Lisbon now: 12:00." in ada.press_label("Lisbon")
    ada.say("/settings")
    assert "Days without news: told" in ada.press_label("Empty days")
    ada.press_label("Quiet hours")
    assert "Quiet hours: 23:30–06:00." in ada.say("23:30 to 6")
    ada.press_label("Undo")
    assert "Quiet hours: 22:00–07:00, held back" in ada.say("/settings")
    ada.press_label("Quiet hours")
    assert "sent without sound" in ada.press_label("Without sound")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("time zone Tokyo", "The clock here is that of Tokyo now: 21:00."),
        ("timezone: Lisbon", "The clock here is that of Lisbon now: 12:00."),
        ("zone +3", "An offset knows no summer time."),
        ("time zone", "Which time zone?"),
        ("quiet 23-6", "Quiet hours: 23:00–06:00, held back"),
        ("quiet hours off", "Quiet hours: none"),
        ("sound off", "Sound: off"),
        ("length long", "Length of digests: long"),
        ("the colour red", "I do not know the setting “the colour red”."),
    ],
)
def test_settings_are_set_by_words_after_the_command(ada: Talk, typed: str, words: str) -> None:
    assert words in ada.say(f"/settings {typed}")


def test_a_wish_is_no_answer_to_the_quiet_hours_that_were_asked_for(ada: Talk) -> None:
    ada.say("/settings")
    ada.press_label("Quiet hours")
    assert "Which time zone?" in ada.say("follow gas weekdays at 7")


def test_what_was_set_by_words_can_be_undone(ada: Talk) -> None:
    ada.say("/settings sound off")
    ada.press_label("Undo")
    assert "Sound: on" in ada.say("/settings")


def test_another_time_zone_moves_what_is_due(ada: Talk) -> None:
    settle(ada)
    store = ada.conversation._newsroom.store
    before = find_subscriptions(store, "tg:1")[0].due
    ada.say("/settings")
    ada.press_label("Time zone")
    ada.say("New York")
    ada.press_label("New York")
    after = find_subscriptions(store, "tg:1")[0].due
    assert before is not None
    assert after is not None
    assert after - before == timedelta(hours=5)  # between the two countries' clock changes


def test_forgetting_takes_follows_and_settings_when_asked(ada: Talk) -> None:
    settle(ada)
    assert "Delete your questions" in ada.say("/forget")
    assert "1 follow, " in ada.press_label("Delete all")
    assert "Nothing is followed here" in ada.say("/subs")
    assert "not set" in ada.say("/settings")


# ---------------------------------------------------------------------- groups and channels
GROUP = "tg:-1001"


def in_group(talk: Talk, text: str, *, manages: bool | None) -> str:
    rights = None if manages is None else Rights(GROUP, GROUP, "", manages, True)
    incoming = Incoming(GROUP, "tg:7", text=text, rights=rights)
    reply = talk.conversation.handle(incoming)
    talk.seen.append(reply)
    return "\n".join(block.text for block in reply.blocks) or (reply.toast or "")


def test_a_group_is_changed_by_its_admins_alone(ada: Talk) -> None:
    in_group(ada, "/follow gas daily at 8", manages=None)
    assert ada.last.asks_rights == GROUP
    assert "Only the admins of this group" in in_group(
        ada, "/follow gas daily at 8", manages=False
    )
    assert "Which time zone?" in in_group(ada, "/follow gas daily at 8", manages=True)
    code = ada.button("London").press
    pressed = Incoming(GROUP, "tg:8", button=code, rights=Rights(GROUP, GROUP, "", False, True))
    refused = ada.conversation.handle(pressed)
    assert (refused.blocks, "Only the admins of this group" in str(refused.toast)) == ((), True)
    assert "Nothing is followed here" in in_group(ada, "/subs", manages=None)


def test_a_channel_is_set_up_from_outside(ada: Talk, newsroom: Newsroom) -> None:
    ada.say("/follow gas in @harbour daily at 8")
    assert ada.last.asks_rights == "@harbour"
    assert "I cannot see @harbour" in ada.say(
        "/follow gas in @harbour daily at 8", rights=Rights("@harbour")
    )
    rights = Rights("@harbour", "tg:-1009", "Harbour", True, True)
    no_post = Rights("@harbour", "tg:-1009", "Harbour", True, False)
    assert "may not post" in ada.say("/follow gas in @harbour daily at 8", rights=no_post)
    ada.say("/follow gas in @harbour daily at 8", rights=rights)
    code = ada.button("London").press
    ada._handle(button=code, rights=rights)
    (kept,) = find_subscriptions(newsroom.store, "tg:-1009")
    assert kept.state is SubscriptionState.ACTIVE
    assert "1. Gas" in ada.say("/subs @harbour", rights=rights)


def test_send_now_for_a_channel_goes_to_the_channel(ada: Talk, clock: Clock) -> None:
    rights = Rights("@harbour", "tg:-1009", "Harbour", True, True)
    ada.say("/follow terminal in @harbour daily at 8", rights=rights)
    ada._handle(button=ada.button("London").press, rights=rights)
    clock.now += timedelta(hours=1)
    ada.say("/subs @harbour", rights=rights)
    ada._handle(button=ada.button("1").press, rights=rights)
    assert "nothing new since" in ada._handle(button=ada.button("Send now").press, rights=rights)


def test_an_unknown_or_strange_button_is_told(ada: Talk) -> None:
    for code in ("fol:when:99:once", "fol:x", "subs:show:0", "subs:", "fundo:9", "folp:7", "set:"):
        ada.press(code)
        assert ada.last.toast, code
