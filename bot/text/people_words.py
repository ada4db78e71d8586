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

FAMOUS_GIVEN_NAMES: dict[str, tuple[str, ...]] = {
    "assad": ("bashar", "hafez"),
    "biden": ("joe joseph",),
    "bush": ("george", "jeb"),
    "churchill": ("winston",),
    "clinton": ("hillary", "bill william"),
    "cruz": ("ted rafael",),
    "einstein": ("albert",),
    "hitler": ("adolf",),
    "hollande": ("francois",),
    "jefferson": ("thomas",),
    "lincoln": ("abraham",),
    "macron": ("emmanuel",),
    "merkel": ("angela",),
    "modi": ("narendra",),
    "musk": ("elon",),
    "mussolini": ("benito",),
    "netanyahu": ("benjamin bibi",),
    "nixon": ("richard",),
    "obama": ("barack",),
    "putin": ("vladimir",),
    "reagan": ("ronald",),
    "sanders": ("bernie bernard",),
    "stalin": ("joseph josef",),
    "trump": ("donald",),
    "zelensky": ("volodymyr",),
}
"""Whom a famous surname alone means, one entry a person with the given names in use; it is not
joined to a lesser-known bearer (a relative)."""

COMMON_SURNAMES = word_set(
    """
    smith johnson williams brown jones miller davis wilson moore taylor anderson thomas jackson
    white harris martin thompson garcia martinez robinson clark rodriguez lewis lee walker hall
    allen young king wright hill scott green adams baker nelson carter mitchell perez roberts
    turner phillips campbell parker evans edwards collins murphy kelly cook bell murray khan
    singh patel kim chen wang li zhang nguyen park cohen levy schmidt muller hernandez lopez
    gonzalez
    """
)
"""Surnames so frequent that even equal full names need evidence to be one person."""

SURNAMES_IN_S = word_set(
    """
    adams banks barnes bates brooks burns collins cummings daniels davis edwards evans fields
    gates gibbs giffords hastings hayes higgins hicks hopkins hughes jacobs james jenkins
    jennings jones lewis lucas mathews matthews mills morris moses myers nichols owens parsons
    perkins peters phillips powers reeves reynolds rhodes richards roberts rogers ross russ
    sanders saunders simmons simons stephens stevens summers sykes thomas tillis waters watkins
    watts wells wilkins williams withers woods
    """
)
"""Surnames that end in "s", so that they are no plurals."""

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
