"""Why a record of the dossier changes, in words made of what differs, so that each reason is true of its record.

Each sentence is a pair, English and Arabic.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

Pair = tuple[str, str]
Fields = dict[str, Any]

MONTHS = (
    ("January", "كانون الثاني/يناير"), ("February", "شباط/فبراير"), ("March", "آذار/مارس"), ("April", "نيسان/أبريل"),
    ("May", "أيار/مايو"), ("June", "حزيران/يونيو"), ("July", "تموز/يوليو"), ("August", "آب/أغسطس"),
    ("September", "أيلول/سبتمبر"), ("October", "تشرين الأول/أكتوبر"), ("November", "تشرين الثاني/نوفمبر"),
    ("December", "كانون الأول/ديسمبر"),
)  # fmt: skip


ALLEGIANCES = {  # whose words a speaker's are
    "antony-blinken": ("biden-administration", "He spoke for the Biden administration."),
    "biden-administration": ("united-states", "It governed the United States."),
}
OFFICES = {  # in English and in Arabic
    "senior-syrian-security-official": (
        "in the government since December 2024",
        "في الحكومة القائمة منذ كانون الأول/ديسمبر 2024",
        "The office repeated the name. It says whose official this is.",
    ),
}
WORDS_OF_STATEMENTS: dict[str, Pair] = {
    "security-official-2025": (
        "We had quoted “comprehensive security strategy” for four claims alike. Each stands on its own passage now.",
        "كنا قد اقتبسنا «استراتيجية أمنية شاملة» لأربعة ادعاءات على السواء. كل منها يستند الآن إلى فقرته.",
    ),
    "us-policy-on-isis": (
        "The newspaper reports the policy and names no day: it is given as reported in 2025.",
        "تنقل الصحيفة هذه السياسة ولا تذكر يوماً: نوردها على أنها نُقلت في 2025.",
    ),
    "orabi-2025": (
        "We had kept three words of what Orabi told the paper. Two more quotations and a reported passage are added.",
        "كنا قد أبقينا ثلاث كلمات مما قاله عرابي للصحيفة. أُضيف اقتباسان آخران وفقرة منقولة بالمعنى.",
    ),
}  # fmt: skip
GRADED_ANEW: Pair = (
    "We had graded reports on this claim by an older test. They are graded by the one that stands now.",
    "كنا قد قيّمنا تقارير هذا الادعاء بمعيار أقدم. وهي مقيّمة الآن بالمعيار القائم.",
)

GRADE_DATED: Pair = (
    "The grade gets a first day. The next grade takes that day away, and so holds for every day.",
    "تُعطى الدرجة يوماً أول. ثم ترفعه الدرجة التالية، فتسري على كل الأيام.",
)
REPORT_ADDED: Pair = ("More reports on this claim are published.", "نُشرت تقارير أخرى عن هذا الادعاء.")
ANSWERED: Pair = ("It says in plain words what happened.", "يقول بكلام بسيط ما الذي حدث.")
TEST_NOT_LOOKED_AT = {"supportive-environments-dismantled"}  # its reports tell of the surroundings only


def join_pairs(pairs: Iterator[Pair]) -> Pair:
    english, arabic = zip(*(list(pairs) or [("Its wording is revised.", "نُقّحت صياغته.")]), strict=True)
    return " ".join(english), " ".join(arabic)


def period_in_words(period: str) -> Pair:
    """“2024-12” → “December 2024”."""
    if "/" in period:
        (start, start_ar), (end, end_ar) = map(period_in_words, period.split("/"))
        return f"{start} to {end}", f"{start_ar} إلى {end_ar}"
    year, *rest = period.split("-")
    if not rest:
        return year, year
    month, month_ar = MONTHS[int(rest[0]) - 1]
    day = f"{int(rest[1])} " if rest[1:] else ""
    return f"{day}{month} {year}", f"{day}{month_ar} {year}"


def reason_of_report(was: Any, new: Fields, names: dict[str, Pair]) -> Pair:
    """For a report whose stored row differs from its record in the files. `names` are those of the sources."""
    return join_pairs(_changes_of_report(was, new, names))


def _changes_of_report(was: Any, new: Fields, names: dict[str, Pair]) -> Iterator[Pair]:
    if new["known"] != str(was.known):
        now, before = period_in_words(new["known"]), period_in_words(str(was.known))
        yield (
            f"Its day of publication is given as {now[0]}; we had given {before[0]}.",
            f"موعد نشره {now[1]}؛ وكنا قد ذكرنا {before[1]}.",
        )
    if new.get("event") != str(was.event):
        now, before = period_in_words(new["event"]), period_in_words(str(was.event))
        yield (
            f"Its event is dated {now[0]}; we had given {before[0]}.",
            f"تاريخ حدثه {now[1]}؛ وكنا قد ذكرنا {before[1]}.",
        )
    yield from _changes_of_publisher(was, new, names)
    if new["credibility"] != was.credibility:
        yield (
            f"On the scale from 1 to 6 its credibility is {new['credibility']}; we had given {was.credibility}.",
            f"درجة صدقيته على سلّم من 1 إلى 6 هي {new['credibility']}؛ وكنا قد أعطيناه {was.credibility}.",
        )
    if new.get("url", "") != was.url:
        yield "Its address is that of the page that we read.", "عنوانه هو عنوان الصفحة التي قرأناها."
    if new.get("reference", "") != was.reference:
        yield "It says where it can be read.", "يذكر أين يمكن قراءته."
    if new["summary"] != was.summary:
        yield "Its summary is reworded.", "أُعيدت صياغة ملخصه."
    if new.get("detail", "") != was.detail:
        yield "What it says of the report is revised.", "نُقّح ما يُقال عن التقرير."
    if new.get("origin") and not was.origin:
        yield "Another report tells of the same event.", "يتحدث تقرير آخر عن الحدث نفسه."
    if new["risk"] != was.risk:
        yield (
            "Its region is no longer shown, for the sake of those who spoke.",
            "لم تعد منطقته تُعرض، حفاظاً على من تحدثوا.",
        )


def _changes_of_publisher(was: Any, new: Fields, names: dict[str, Pair]) -> Iterator[Pair]:
    source, relays = new["source"][0], new.get("relays", [None])[0]
    if relays and relays != (was.relays and was.relays.slug):
        carrier, publisher = names[source], names[relays]
        yield (
            f"{carrier[0]} only passes it on: the report is that of {publisher[0]}.",
            f"{carrier[1]} ناقل فقط: التقرير صادر عن {publisher[1]}.",
        )
    elif source != was.source.slug:
        before, now = names[was.source.slug], names[source]
        yield f"It is a report of {now[0]}, not of {before[0]}.", f"هو تقرير {now[1]}، لا {before[1]}."


def reason_of_source(was: Any, new: Fields) -> Pair:
    if new["reliability"] == "F":
        return (
            "Here it only carries what others report, and their grades count. It has none of its own any more.",
            "لا ينقل هنا إلا ما يصدر عن غيره، والمعتمد درجة الناشر الأصلي. ولم تعد له درجة خاصة به.",
        )
    scope, scope_ar = new["reliability_scope"], new["translations"]["ar"]["reliability_scope"]
    if new["reliability"] == was.reliability:
        return f"The grade holds for this: {scope}.", f"الدرجة تسري على ما يلي: {scope_ar}."
    name, now = new["translations"]["ar"]["name"], new["reliability"]
    english = (
        f"We had graded {was.name} {was.reliability} for all that it reports. It is {now}, for this: {scope}."
    )
    before = f"كنا قد أعطينا المصدر «{name}» الدرجة {was.reliability} لكل تقاريره."
    return english, f"{before} درجته الآن {now}، وتسري على ما يلي: {scope_ar}."


def reason_of_claim(was: Any, new: Fields) -> Pair:
    return join_pairs(_changes_of_claim(was, new))


def _changes_of_claim(was: Any, new: Fields) -> Iterator[Pair]:
    arabic = new["translations"]["ar"]
    yield from _changes_owed_a_notice(was, new)
    if new.get("settled_as"):
        yield new["settlement"], arabic["settlement"]
    if new["proposition"] != was.proposition:
        yield (
            "The claim is reworded, to keep closer to what was said.",
            "أُعيدت صياغة الادعاء ليكون أقرب إلى ما قيل.",
        )
    if new["criterion"] != was.criterion:
        yield (
            "Its test says what counts for it and what against it.",
            "معياره يقول ما الذي يؤيده وما الذي يناقضه.",
        )
    if new.get("governing_words") and not was.governing_words:
        yield "It shows the words that govern its clause.", "يُظهر الكلام الذي يحكم عبارته."
    yield from _changes_of_window(was, new)
    if new["answer"] and not was.answer:
        yield "It says in plain words what happened.", "يقول بكلام بسيط ما الذي حدث."


def notice_of_claim(was: Any, new: Fields) -> Pair:
    """What was wrong in what readers were told: not each thing that a revision adds."""
    return join_pairs(iter(list(_changes_owed_a_notice(was, new)) or list(_changes_of_claim(was, new))))


def _changes_owed_a_notice(was: Any, new: Fields) -> Iterator[Pair]:
    arabic = new["translations"]["ar"]
    if new.get("uncheckable_reason"):
        yield (
            f"It cannot be checked. {new['uncheckable_reason']}",
            f"لا يمكن التحقق منه. {arabic['uncheckable_reason']}",
        )
    if new["quote"] != was.quote:
        yield (
            "The quotation began with the “or” that joins it to the clause before; it stands without that now.",
            "كان الاقتباس يبدأ بكلمة «أو» التي تصله بالعبارة السابقة؛ وهو الآن من دونها.",
        )


def _changes_of_window(was: Any, new: Fields) -> Iterator[Pair]:
    days = [new.get(name) for name in ("valid_from", "valid_until")]
    before = [getattr(was, name) for name in ("valid_from", "valid_until")]
    if days == [day and str(day) for day in before]:
        return
    (start, start_ar), (end, end_ar) = (period_in_words(day) if day else ("", "") for day in days)
    from_, until = f" from {start}" if start else "", f" until {end}" if end else ""
    from_ar, until_ar = f" من {start_ar}" if start else "", f" حتى {end_ar}" if end else ""
    yield f"It is judged{from_}{until}.", f"يُحكم عليه{from_ar}{until_ar}."


def reason_of_link(was: Any, new: Fields) -> Pair:
    return join_pairs(_changes_of_link(was, new))


def _changes_of_link(was: Any, new: Fields) -> Iterator[Pair]:
    if new.get("interested", False) and not was.interested:
        yield "The report serves the side that it comes from.", "التقرير يخدم الجانب الصادر عنه."
    if new["directness"] != was.directness:
        word, word_ar = {
            "direct": ("directly", "مباشرة"),
            "indirect": ("indirectly", "بصورة غير مباشرة"),
            "contextual": ("only from afar", "من بعيد فقط"),
        }[new["directness"]]
        yield f"It bears on the claim {word}.", f"يتصل بالادعاء {word_ar}."
    if new.get("rationale", "") != was.rationale:
        yield new["rationale"], new["translations"]["ar"]["rationale"]


def how_it_was_read(fields: dict[str, Any]) -> str:
    if "reference" in fields:
        return f"Read in the article: {fields['reference'].rpartition(', ')[2]}."
    if "subject" in fields:
        return "It says what this demonstration is."
    if "quote" in fields:
        return "It says an earlier claim again, with other words."
    return f"Read in a stored copy of the page at {urlsplit(fields['url']).hostname}, not on the live page."
