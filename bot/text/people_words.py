"""Surnames that news prints alone, because everyone knows who bears them."""

from __future__ import annotations

from bot.text.tables import phrase_set, word_set

FAMOUS_SURNAMES = phrase_set(
    """
    obama, trump, bush, biden, clinton, sanders, cruz, rubio, kasich, romney, mccain, pelosi,
    mcconnell, boehner, schumer, giuliani, gingrich, christie, huckabee, fiorina, bloomberg,
    cheney, rumsfeld, reagan, nixon, eisenhower, roosevelt, kennedy, truman, kissinger, palin,
    scalia, ginsburg, sotomayor, comey, mueller, snowden, assange, podesta, petraeus, harris,
    pence, kaine, desantis, haley, newsom, vance, rubio, musk, bezos, zuckerberg, gates,
    buffett, soros, putin, medvedev, lavrov, peskov, navalny, yeltsin, gorbachev, stalin,
    lenin, zelensky, zelenskyy, zelenskiy, poroshenko, yanukovych, lukashenko, merkel, scholz,
    schröder, steinmeier, merz, kohl, macron, hollande, sarkozy, le pen, mitterrand, chirac,
    cameron, blair, thatcher, churchill, corbyn, farage, starmer, sunak, truss, johnson,
    miliband, osborne, khan, erdogan, erdoğan, netanyahu, abbas, arafat, rabin, sharon, assad,
    gaddafi, qaddafi, hussein, mubarak, morsi, sisi, rouhani, khamenei, khomeini, raisi, zarif,
    modi, gandhi, xi, mao, deng, abe, kishida, duterte, marcos, suu kyi, mandela, zuma, mugabe,
    castro, chavez, chávez, maduro, lula, bolsonaro, rousseff, milei, trudeau, harper, orban,
    orbán, tsipras, varoufakis, berlusconi, renzi, meloni, draghi, rajoy, sánchez, zapatero,
    tusk, kaczynski, juncker, barroso, lagarde, stoltenberg, guterres, annan, hitler,
    mussolini, napoleon, bin laden, zarqawi, baghdadi, al-assad, al-baghdadi, shakespeare,
    mozart, beethoven, einstein, darwin, springsteen, beyoncé, beyonce, madonna, oprah,
    rihanna, kanye, eminem, bono, adele
    """
)
"""Leaders and others whom articles call by one word even at the first mention."""

FAMOUS_GIVEN_NAMES: dict[str, str] = {
    "trump": "donald",
    "clinton": "hillary bill william",
    "obama": "barack",
    "bush": "george jeb",
    "biden": "joe joseph",
    "sanders": "bernie bernard",
    "cruz": "ted rafael",
    "putin": "vladimir",
    "merkel": "angela",
    "macron": "emmanuel",
    "netanyahu": "benjamin bibi",
    "modi": "narendra",
    "zelensky": "volodymyr",
    "musk": "elon",
    "reagan": "ronald",
    "nixon": "richard",
    "obamas": "",
    "stalin": "joseph josef",
    "hitler": "adolf",
    "assad": "bashar hafez",
}
"""Whom a famous surname alone means: it is not joined to a lesser-known bearer (a relative)."""

SURNAMES_LIKE_HEADS = word_set(
    """
    banks berry bishop black bond bridge brooks brown bush case chambers church cook court
    crown day dean field fields fisher ford forest frost glass grant gray green grey guard hill
    hope house hunter judge king knight lane law love major march marsh may mills north page
    park parks pope post power press price rice rivers rush sanders snow springs stone store
    street summer union walker watch waters wells west white winter wood woods young
    """
)
"""Words that end organisations and places but are surnames after a given name ("Ann Church")."""
