"""Word tables for figures: numbers in words, scales, units, currencies, hedges."""

from __future__ import annotations

from bot.text.tables import word_set

NUMBER_WORDS: dict[str, int] = {
    **{
        word: value
        for value, word in enumerate(
            (
                "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
                "fifteen sixteen seventeen eighteen nineteen"
            ).split(),
            1,
        )
    },
    **{
        word: 10 * value
        for value, word in enumerate(
            "twenty thirty forty fifty sixty seventy eighty ninety".split(),
            2,
        )
    },
    "hundred": 100,
    "thousand": 1000,
}

SCALES: dict[str, float] = {
    "hundred": 100,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12,
    "mn": 1e6,
    "bn": 1e9,
    "tn": 1e12,
    "k": 1e3,
    "m": 1e6,
    "b": 1e9,
}

CURRENCY_SIGNS: dict[str, str] = {
    "$": "USD",
    "us$": "USD",
    "a$": "AUD",
    "au$": "AUD",
    "c$": "CAD",
    "ca$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "r$": "BRL",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₺": "TRY",
    "₴": "UAH",
    "¢": "USD cent",
}

DOLLARS_OF: dict[str, str] = {
    "canadian": "CAD",
    "australian": "AUD",
    "zealand": "NZD",
    "kong": "HKD",
    "u.s.": "USD",
    "us": "USD",
    "american": "USD",
}
"""Which dollars: "10 Canadian dollars"."""

CURRENCIES: dict[str, str] = {
    "dollar": "USD",
    "dollars": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "pounds": "GBP",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rupees": "INR",
    "rubles": "RUB",
    "roubles": "RUB",
    "francs": "CHF",
    "pesos": "MXN",
    "won": "KRW",
    "lira": "TRY",
    "kronor": "SEK",
    "kroner": "NOK",
    "zloty": "PLN",
    "hryvnia": "UAH",
    "rand": "ZAR",
    "shekels": "ILS",
    "cents": "USD cent",
}
"""Currencies by name; "pounds" is money before weight only where nothing else tells."""

UNITS: dict[str, str] = {
    word: unit
    for unit, words in {
        "second": "second seconds",
        "minute": "minute minutes",
        "hour": "hour hours",
        "day": "day days",
        "week": "week weeks",
        "month": "month months",
        "year": "year years",
        "decade": "decade decades",
        "century": "century centuries",
        "mile": "mile miles",
        "foot": "foot feet ft",
        "inch": "inch inches",
        "yard": "yard yards",
        "kilometre": "kilometre kilometres kilometer kilometers km",
        "metre": "metre metres meter meters",
        "centimetre": "centimetre centimetres centimeter centimeters cm",
        "millimetre": "millimetre millimetres millimeter millimeters mm",
        "acre": "acre acres",
        "hectare": "hectare hectares",
        "ton": "ton tons tonne tonnes",
        "kilogram": "kilogram kilograms kilo kilos kg",
        "gram": "gram grams",
        "ounce": "ounce ounces",
        "barrel": "barrel barrels",
        "gallon": "gallon gallons",
        "litre": "litre litres liter liters",
        "degree": "degree degrees",
        "mph": "mph",
        "km/h": "kph kmh",
        "megawatt": "megawatt megawatts mw",
        "gigawatt": "gigawatt gigawatts gw",
        "point": "point points",
        "magnitude": "magnitude",
    }.items()
    for word in words.split()
}

HEDGES_BEFORE: tuple[str, ...] = tuple(
    sorted(
        (
            "about",
            "around",
            "some",
            "nearly",
            "almost",
            "roughly",
            "approximately",
            "an estimated",
            "estimated",
            "more than",
            "over",
            "at least",
            "no fewer than",
            "no less than",
            "up to",
            "as many as",
            "as much as",
            "fewer than",
            "less than",
            "under",
            "at most",
            "no more than",
            "not more than",
            "just over",
            "just under",
            "well over",
            "close to",
            "upwards of",
            "upward of",
            "a record",
            "only",
            "exactly",
            "just",
            "above",
            "below",
            "another",
            "a further",
        ),
        key=len,
        reverse=True,
    )
)
HEDGES_AFTER = ("or more", "or so", "or less", "or fewer")

COUNT_ENDS = word_set(
    """
    and or but nor so yet if that which who whom whose when while where as than then because
    since in on at by to from of with without for about over under against between among into
    through during per via toward towards after before until till within outside inside near
    amid despite is are was were be been being am has have had do does did will would can could
    may might must shall should not no never also only just even still already now ago later
    earlier apart away said says told according say this last next each every more less fewer
    or most least percent old long high tall deep wide up down out off won lost took gave made
    came went became began saw got left kept held ran met set put cut hit died killed voted
    agreed signed took live lives work works remain remains believe think want support oppose
    were he she it they we you i him them us monday tuesday wednesday thursday friday saturday
    sunday behind annually yearly monthly weekly daily short ahead deep alone abroad illegally
    overall altogether together there here combined respectively anyway
    """
)
"""Words at which the noun phrase that a figure counts is over."""

IRREGULAR_PLURALS = word_set(
    "people men women children police troops feet teeth mice staff media data"
)
"""Plurals without an "s"."""
