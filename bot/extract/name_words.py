"""Word tables for names in news text: ends of organisations, places, and what is no name."""

from __future__ import annotations

from bot.text.tables import phrase_set, word_set

FUNCTION_WORDS = word_set(
    """
    a an the this that these those he she it we they i you his her its our their my your who
    whom whose which what when where why how and but or nor so yet for if in on at by to from
    of with without within into onto upon under over about above after before against among
    amid between behind beyond during despite except inside outside through throughout toward
    towards until till since while whereas although though because unless as than then there
    here not no yes all any both each either every few many more most much neither none other
    others several some such only own same too very just also even still again already always
    never often now once soon today tonight tomorrow yesterday however meanwhile moreover
    furthermore instead perhaps maybe indeed is are was were be been being am has have had do
    does did can could may might must shall should will would let get got one two three four
    five six seven eight nine ten dozens hundreds thousands millions another half anyone
    everyone someone nobody nothing something everything me him us them himself herself itself
    themselves myself yourself ourselves hers ours theirs like unlike per via versus vs whether
    ever else rather quite well oh ok okay hey hi hello please thanks thank sorry dear
    according asked said says
    """
)

NOT_NAMES = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december mon tue tues wed thu thur thurs fri
    sat sun jan feb mar apr jun jul aug sep sept oct nov dec am pm gmt est edt cst pst et bst
    utc zip ceo cfo coo cto tv ok faq dvd cd pc id iq dna hiv aids covid covid-19 pr hr it ai
    vip asap rip diy gdp suv atm pdf url html rss mp3 gop-led q&a mr mrs ms dr sir miss mx prof
    i i'm i've i'd i'll
    """
)
"""Capitalised words that name no one: days, months, clock words, abbreviations of things."""

AGENCIES = word_set("reuters pa ap afp getty epa upi alamy rex shutterstock afp/getty")
"""Picture agencies whose capitals run into the caption after them."""

PAGE_LABELS = word_set(
    """
    photo photos image images video watch read related advertisement updated update editor
    editors note story copyright getty caption click share subscribe newsletter sign print
    email
    """
)
"""Words with which a page labels its parts; at the head of a line they name nothing."""

DAYS_AND_MONTHS = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december jan feb mar apr jun jul aug sep sept
    oct nov dec mon tue tues wed thu thur thurs fri sat sun
    """
)

DEMONYMS = word_set(
    """
    american americans african africans afghan afghans albanian algerian arab arabs argentine
    argentinian armenian asian asians australian australians austrian azerbaijani bahraini
    bangladeshi basque belarusian belgian bolivian bosnian brazilian british britons briton
    bulgarian burmese cambodian canadian canadians catalan chechen chilean chinese colombian
    congolese croatian cuban cubans cypriot czech danish dane danes dutch ecuadorian egyptian
    egyptians emirati english eritrean estonian ethiopian european europeans filipino filipinos
    finnish finn finns flemish french gambian georgian german germans ghanaian greek greeks
    guatemalan haitian haitians honduran hungarian hungarians icelandic indian indians
    indonesian iranian iranians iraqi iraqis irish israeli israelis italian italians ivorian
    jamaican japanese jordanian kazakh kenyan korean koreans kosovar kurd kurds kurdish kuwaiti
    lao latin latino latinos latina latinas hispanic hispanics latvian lebanese liberian libyan
    libyans lithuanian malaysian maltese mexican mexicans moldovan mongolian moroccan
    mozambican nepalese nepali nicaraguan nigerian nigerians norwegian omani pakistani
    pakistanis palestinian palestinians panamanian paraguayan persian peruvian polish
    portuguese qatari romanian russian russians rwandan salvadoran saudi saudis scot scots
    scottish scotsman senegalese serb serbs serbian singaporean slovak slovenian somali somalis
    spanish spaniard spaniards sudanese swedish swede swedes swiss syrian syrians taiwanese
    tajik tanzanian thai tibetan tunisian turk turks turkish ugandan ukrainian ukrainians
    uruguayan uyghur uyghurs uzbek venezuelan venezuelans vietnamese welsh yemeni yemenis
    zambian zimbabwean republican republicans democrat democrats democratic conservative
    conservatives liberal liberals socialist socialists communist communists libertarian
    libertarians tory tories labourite islamist islamists islamic muslim muslims jewish jew
    jews christian christians catholic catholics protestant protestants evangelical
    evangelicals mormon mormons hindu hindus sikh sikhs buddhist sunni sunnis shia shiite
    shiites nazi nazis marxist western westerner eastern northern southern midwestern
    californian rican ricans ohioan ohioans iowan iowans hoosier texan texans floridian
    new-yorker londoner parisian berliner african-american african-americans anglo-saxon
    """
)
"""Peoples, faiths and party members: part of a role, no name of their own."""

ORGANISATION_HEADS = word_set(
    """
    academy administration agency airline airlines airways alliance army assembly associates
    association authority bank bancorp battalion board bloc broadcasting brigade brotherhood
    bureau cabinet campaign caucus centre center chamber church clinic club coalition college
    command commission committee commons communications company conference confederation
    congress consortium cooperative corp corporation corps council court courts crown
    department directorate division duma electric embassy energy enterprises exchange executive
    federation financial fleet force forces forum foundation front fund gazette government
    group guard guardian herald holdings hospital industries inc initiative inquirer
    inspectorate institute institution institutes insurance international journal knesset
    laboratories laboratory league legislature library lords ltd llc llp plc magazine media
    ministry mission mosque motors movement museum nations navy network news newspaper
    observatory office organisation organization pac parliament partners partnership party
    pharmaceuticals police politburo post press project radio railway red-cross regiment
    register registry reserve chronicle dispatch sentinel examiner ledger mirror globe monitor
    insider standard review school schools secretariat securities senate service services
    society solutions staff station studios symphony syndicate systems taskforce team
    technologies telegraph television theater theatre times treasury tribune tribunal trust
    union unions university ventures watch works workers newsroom ag gmbh sa nv co capital
    investments entertainment software pictures records brands foods stores bancshares
    dairies dairy creameries creamery brewery breweries mills foundry shipyard shipyards
    shipping lines underwriters insurers brokers bakery bakeries farms fisheries logistics
    airlines motorworks steelworks waterworks hydropower robotics telecom telecoms pharma biotech
    beacon courier advertiser bulletin
    """
)
"""Last words of an organisation's name."""

ORGANISATION_TAILS = ORGANISATION_HEADS | word_set(
    "research studies policy affairs progress sciences arts technology reform action rights values"
)
"""Last words of an organisation's name whose first word has told already that it is one."""

ORGANISATION_STARTS = word_set(
    """
    club university department ministry bank bureau board office institute college church
    council committee commission house court centre center association academy school society
    federation league organization organisation union house campaign coalition citizens
    americans veterans republicans democrats students mothers physicians doctors fellowship
    museum embassy ministry
    """
)
"""First words of an organisation's name that goes on with "of" or "for"."""

PLACE_HEADS = word_set(
    """
    airport alps arena cathedral cemetery hall hotel palace plant prison stadium tower
    archipelago avenue bay beach boulevard bridge canal canyon cape city coast county creek
    desert district shoal shoals rapids drive falls forest garden gardens gulf harbor harbour
    heights highway hill hills island islands isle isles lake lane mountain mountains ocean
    park peninsula plains plaza port province reef reservoir ridge river road sea shore springs
    square state strait street suburb territory town township trail valley village volcano
    woods glacier junction quay wharf pier embankment
    """
)
"""Last words of a place's name."""

BODIES_OF_MANY = word_set(
    "federation union league association party guild society club council congress alliance "
    "confederation front movement assembly committee"
)
"""What people are joined in ("the Rail Workers' Federation"): the name goes on behind them."""

PLACE_STARTS = word_set(
    """
    lake mount mt cape fort ft port gulf isle strait north south east west northern southern
    eastern western central upper lower new san santa saint st los las el rio grand little
    downtown greater
    """
)

EVENT_HEADS = word_set(
    """
    act accord accords agreement amendment award awards bowl championship championships
    convention constitution crisis cup day debate declaration deal era eve festival games
    grammys holocaust initiative law marathon massacre memorial olympics open order plan prize
    protocol rebellion resolution revolution scandal series show spring summit treaty trophy
    tuesday war week weekend massacre movement prix derby
    """
)
"""Last words of a law, treaty, event, prize or work."""

ACRONYM_OTHERS = word_set(
    """
    ISIS-K COVID HIV AIDS NAFTA TPP TTIP CETA START JCPOA GDPR LGBT LGBTQ LGBTQ+ DACA ACA STEM
    MAGA GPS WWII WWI DNA VAT
    """
)
"""Acronyms of treaties, laws and things, not of organisations."""

COUNTRIES = phrase_set(
    """
    afghanistan, albania, algeria, andorra, angola, argentina, armenia, australia, austria,
    azerbaijan, bahamas, bahrain, bangladesh, barbados, belarus, belgium, belize, benin,
    bhutan, bolivia, bosnia, bosnia and herzegovina, botswana, brazil, britain, great britain,
    brunei, bulgaria, burkina faso, burundi, burma, cambodia, cameroon, canada, cape verde,
    central african republic, chad, chile, china, colombia, comoros, congo, democratic republic
    of the congo, democratic republic of congo, costa rica, croatia, cuba, cyprus, czech
    republic, czechia, denmark, djibouti, dominica, dominican republic, east timor, ecuador,
    egypt, el salvador, england, equatorial guinea, eritrea, estonia, eswatini, ethiopia, fiji,
    finland, france, gabon, gambia, the gambia, georgia, germany, east germany, west germany,
    ghana, greece, greenland, grenada, guatemala, guinea, guinea-bissau, guyana, haiti,
    holland, honduras, hong kong, hungary, iceland, india, indonesia, iran, iraq, ireland,
    northern ireland, israel, italy, ivory coast, jamaica, japan, jordan, kazakhstan, kenya,
    kiribati, kosovo, kuwait, kyrgyzstan, laos, latvia, lebanon, lesotho, liberia, libya,
    liechtenstein, lithuania, luxembourg, macau, macedonia, north macedonia, madagascar,
    malawi, malaysia, maldives, mali, malta, mauritania, mauritius, mexico, micronesia,
    moldova, monaco, mongolia, montenegro, morocco, mozambique, myanmar, namibia, nauru, nepal,
    netherlands, new zealand, nicaragua, niger, nigeria, north korea, norway, oman, pakistan,
    palau, palestine, panama, papua new guinea, paraguay, peru, philippines, poland, portugal,
    puerto rico, qatar, romania, russia, rwanda, samoa, san marino, saudi arabia, scotland,
    senegal, serbia, seychelles, sierra leone, singapore, slovakia, slovenia, solomon islands,
    somalia, somaliland, south africa, south korea, south sudan, soviet union, spain, sri
    lanka, sudan, suriname, swaziland, sweden, switzerland, syria, taiwan, tajikistan,
    tanzania, thailand, tibet, togo, tonga, trinidad and tobago, tunisia, turkey, türkiye,
    turkmenistan, tuvalu, uganda, ukraine, united arab emirates, uae, united kingdom, u.k., uk,
    united states, united states of america, u.s., us, u.s.a., usa, america, uruguay, ussr,
    uzbekistan, vanuatu, vatican, vatican city, venezuela, vietnam, wales, yemen, yugoslavia,
    zambia, zimbabwe, korea, d.r.c.
    """
)

US_STATES = phrase_set(
    """
    alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida,
    hawaii, idaho, illinois, indiana, iowa, kansas, kentucky, louisiana, maine, maryland,
    massachusetts, michigan, minnesota, mississippi, missouri, montana, nebraska, nevada, new
    hampshire, new jersey, new mexico, new york, north carolina, north dakota, ohio, oklahoma,
    oregon, pennsylvania, rhode island, south carolina, south dakota, tennessee, texas, utah,
    vermont, virginia, washington, west virginia, wisconsin, wyoming, district of columbia
    """
)

OTHER_PLACES = phrase_set(
    """
    africa, antarctica, asia, europe, north america, south america, latin america, central
    america, middle east, far east, northeast, northwest, southeast, southwest, west,
    asia-pacific, pacific northwest, south, mideast, north africa, east africa, west africa,
    sub-saharan africa, southeast asia, south asia, central asia, eastern europe, western
    europe, central europe, balkans, caucasus, caribbean, scandinavia, siberia, crimea, donbas,
    donbass, chechnya, catalonia, basque country, kashmir, kurdistan, xinjiang, gaza, gaza
    strip, west bank, golan heights, sinai, darfur, punjab, sahel, sahara, arctic, atlantic,
    pacific, atlantic ocean, pacific ocean, indian ocean, mediterranean, mediterranean sea,
    black sea, red sea, baltic sea, north sea, south china sea, east china sea, persian gulf,
    gulf of mexico, suez canal, panama canal, strait of hormuz, horn of africa, midwest, deep
    south, rust belt, new england, bay area, silicon valley, wall street, hollywood, broadway,
    manhattan, brooklyn, queens, bronx, harlem, staten island, long island, capitol hill,
    ground zero, sandy hook, times square, ellis island, guantanamo bay, guantanamo, bavaria,
    saxony, prussia, tuscany, sicily, sardinia, lombardy, normandy, brittany, provence,
    burgundy, flanders, wallonia, quebec, ontario, british columbia, alberta, manitoba, nova
    scotia, saskatchewan, new south wales, queensland, tasmania, yorkshire, cornwall, devon,
    kent, essex, sussex, lancashire, cumbria, ulster, highlands, sinaloa, chiapas, andalusia,
    galicia, hebei, sichuan, hubei, guangdong, okinawa, fukushima, idlib, helmand, kandahar,
    kunduz, cisjordan, judea, samaria, transnistria, nagorno-karabakh, abkhazia, south ossetia,
    washington d.c., washington dc, washington, d.c., d.c., dc, l.a., tristate, appalachia,
    gulf coast, east coast, west coast, rocky mountains, great lakes, riviera
    """
)

CITIES = phrase_set(
    """
    aberdeen, abidjan, abu dhabi, abuja, accra, adana, addis ababa, aden, ahmedabad, albany,
    albuquerque, aleppo, alexandria, algiers, almaty, amman, amsterdam, anchorage, ankara,
    annapolis, antwerp, astana, asuncion, athens, atlanta, auckland, augusta, aurora, austin,
    baghdad, baku, baltimore, bamako, bangalore, bangkok, barcelona, basel, basra, bath, baton
    rouge, beijing, beirut, belfast, belgrade, bengaluru, benghazi, berlin, bern, bethlehem,
    birmingham, bogota, bogotá, boise, bologna, bonn, bordeaux, boston, boulder, bradford,
    brasilia, bratislava, bremen, brighton, brisbane, bristol, bruges, brussels, bucharest,
    budapest, buenos aires, buffalo, cairo, calais, calcutta, calgary, cambridge, canberra,
    cannes, cape town, caracas, cardiff, casablanca, charleston, charlotte, charlottesville,
    chennai, chicago, chisinau, christchurch, cincinnati, cleveland, cologne, colombo,
    columbus, compton, concord, conakry, copenhagen, coventry, dakar, dallas, damascus, dar es
    salaam, davos, dayton, delhi, denver, derby, des moines, detroit, dhaka, doha, donetsk,
    dortmund, dresden, dubai, dublin, dubuque, dundee, durban, durham, dusseldorf, düsseldorf,
    edinburgh, edmonton, el paso, erbil, essen, exeter, fallujah, ferguson, flint, florence,
    fort lauderdale, fort worth, frankfurt, freetown, fresno, gdansk, geneva, genoa, ghent,
    glasgow, gothenburg, grozny, guangzhou, guatemala city, hamburg, hangzhou, hanoi, hanover,
    harare, harrisburg, hartford, havana, helsinki, hiroshima, ho chi minh city, honolulu,
    houston, hull, hyderabad, indianapolis, innsbruck, islamabad, istanbul, izmir,
    jacksonville, jakarta, jeddah, jerusalem, johannesburg, juba, kabul, kampala, kansas city,
    karachi, kathmandu, kazan, kharkiv, khartoum, kherson, kiev, kyiv, kigali, kingston,
    kinshasa, knoxville, kobani, kolkata, krakow, kuala lumpur, kuwait city, kyoto, lagos,
    lahore, las vegas, lausanne, leeds, leicester, leipzig, lexington, lille, lima, lincoln,
    lisbon, little rock, liverpool, ljubljana, london, los angeles, louisville, luanda, lusaka,
    lviv, lyon, lyons, madison, madrid, malaga, malmo, malmö, managua, manama, manchester,
    manila, maputo, mariupol, marrakech, marseille, mecca, medellin, medina, melbourne,
    memphis, mexico city, miami, milan, milwaukee, minneapolis, minsk, mogadishu, monrovia,
    monterrey, montevideo, montgomery, montreal, moscow, mosul, mumbai, munich, muscat,
    nagasaki, nairobi, nanjing, nantes, naples, nashville, new delhi, new orleans, new york
    city, newark, newcastle, nice, nicosia, norfolk, northampton, norwich, nottingham,
    nuremberg, oakland, odessa, odesa, oklahoma city, omaha, orlando, osaka, oslo, ottawa,
    oxford, palermo, palmyra, palo alto, panama city, paris, pasadena, perth, philadelphia,
    phnom penh, phoenix, pittsburgh, plymouth, port-au-prince, portland, porto, portsmouth,
    prague, pretoria, pristina, providence, pyongyang, quito, rabat, raleigh, ramallah, raqqa,
    reading, reykjavik, riga, rio de janeiro, riyadh, rome, roswell, rotterdam, sacramento,
    salem, salt lake city, salzburg, san antonio, san bernardino, san diego, san francisco, san
    jose, san juan, sanaa, santiago, sao paulo, são paulo, sarajevo, savannah, scranton,
    seattle, seoul, seville, shanghai, sharm el-sheikh, sheffield, shenzhen, skopje, sochi,
    sofia, southampton, spokane, springfield, srebrenica, st. louis, st. paul, st. petersburg,
    stalingrad, stockholm, strasbourg, stuttgart, surabaya, sydney, syracuse, taipei,
    tallahassee, tallinn, tampa, tashkent, tbilisi, tehran, tel aviv, the hague, hague,
    tijuana, tikrit, tirana, tokyo, toledo, toronto, trenton, tripoli, tucson, tulsa, tunis,
    turin, ulaanbaatar, utrecht, valencia, valletta, vancouver, venice, vienna, vientiane,
    vilnius, vladivostok, volgograd, warsaw, wellington, windsor, winnipeg, wolverhampton,
    wuhan, yangon, yerevan, york, youngstown, zagreb, zaporizhzhia, zurich, zürich
    """
)

STATE_INITIALS = word_set("n.h. n.j. n.m. n.y. n.c. n.d. r.i. s.c. s.d. w.va. b.c.")

PLACES = STATE_INITIALS | COUNTRIES | US_STATES | OTHER_PLACES | CITIES

STATE_ABBREVIATIONS = word_set(
    """
    ala. ariz. ark. calif. colo. conn. del. fla. ga. ill. ind. kan. ky. la. md. mass. mich.
    minn. miss. mo. mont. neb. nev. n.h. n.j. n.m. n.y. n.c. n.d. okla. ore. pa. r.i. s.c. s.d.
    tenn. tex. va. vt. wash. w.va. wis. wyo. d.c.
    """
)

ORGANISATIONS = phrase_set(
    """
    kremlin, white house, congress, senate, house, pentagon, house of representatives, house of
    commons, house of lords, downing street, westminster, whitehall, élysée, elysee, bundestag,
    bundesrat, knesset, duma, politburo, supreme court, state department, justice department,
    treasury, treasury department, federal reserve, fed, oval office, vatican, holy see,
    holyrood, stormont, scotland yard, europol, interpol, european union, european commission,
    european parliament, european central bank, eu, e.u., united nations, u.n., un, security
    council, nato, world bank, world health organization, imf, wto, opec, amnesty
    international, human rights watch, red cross, red crescent, greenpeace, oxfam, unicef,
    unhcr, doctors without borders, médecins sans frontières, hezbollah, hamas, taliban,
    al-qaeda, al-qaida, al qaeda, boko haram, islamic state, isis, isil, daesh, fatah, muslim
    brotherhood, ku klux klan, black lives matter, planned parenthood, tea party, emily's list,
    moveon, heritage foundation, brookings institution, google, alphabet, apple, amazon,
    facebook, meta, twitter, microsoft, ibm, intel, nvidia, tesla, spacex, uber, lyft, airbnb,
    netflix, disney, walmart, target, boeing, airbus, ford, toyota, volkswagen, honda, nissan,
    general motors, general electric, exxon, exxonmobil, exxon mobil, chevron, shell, bp,
    gazprom, rosneft, aramco, lukoil, goldman sachs, jpmorgan, jpmorgan chase, morgan stanley,
    lehman brothers, wells fargo, citigroup, citibank, bank of america, barclays, hsbc,
    deutsche bank, ubs, credit suisse, at&t, verizon, comcast, time warner, samsung, sony,
    huawei, alibaba, tencent, baidu, starbucks, mcdonald's, coca-cola, pepsi, nestle, nestlé,
    unilever, pfizer, moderna, astrazeneca, novartis, bayer, siemens, basf, openai, youtube,
    instagram, whatsapp, telegram, tiktok, snapchat, linkedin, reddit, wikipedia, wikileaks,
    yahoo, ebay, linkedin, truth social, blackrock, ikea, tesco, sainsbury's, asda, marks &
    spencer, lego, nasdaq, reuters, associated press, the associated press, ap, afp, agence
    france-presse, bloomberg, bbc, cnn, msnbc, fox news, fox, cbs, nbc, abc, pbs, npr, c-span,
    al jazeera, sky news, itv, guardian, the guardian, the times, new york times, washington
    post, wall street journal, financial times, economist, the economist, politico, buzzfeed,
    breitbart, huffington post, vox, axios, the hill, daily mail, daily mirror, telegraph, the
    sun, the independent, le monde, der spiegel, spiegel, newsweek, vanity fair, vogue, new
    yorker, the new yorker, the atlantic, usa today, los angeles times, boston globe, national
    review, drudge report, daily beast, daily caller, nyt, gop, dnc, rnc, g.o.p., fbi, cia,
    nsa, irs, epa, doj, dhs, dea, atf, nypd, lapd, f.b.i., c.i.a., u.s. army, u.s. navy, marine
    corps, coast guard, secret service, national guard, labour, likud, fidesz, syriza, podemos,
    kurdistan workers' party, sinn féin, sinn fein, plaid cymru, ukip, harvard, yale,
    princeton, stanford, mit, oxford university, cambridge university, quinnipiac, gallup,
    politifact, forbes, huffpost, xinhua, tass, interfax, ria novosti, kyodo, yonhap,
    factcheck.org, snopes, buzzfeed news, thinkprogress, salon, slate, mother jones, daily kos,
    quartz, vulture, gawker, deadspin, espn, sports illustrated, rolling stone, people
    magazine, upi, mcclatchy, cbs news, nbc news, abc news, pro publica, propublica, judicial
    watch, pew, rasmussen, fifa, uefa, nfl, nba, mlb, nhl, ncaa, ioc, real madrid, manchester
    united, chicago cubs, cubs, roscosmos, nasa, cern, aclu, naacp, nra, aipac, afl-cio, seiu,
    uaw, aarp, kgb, fsb, gru, mossad, mi5, mi6, gchq
    """
)
"""Organisations known by name; "the Kremlin" speaks, so it is one of them."""

KNOWN_OTHERS = phrase_set(
    """
    brexit, obamacare, affordable care act, world war i, world war ii, second world war, first
    world war, cold war, vietnam war, civil war, great depression, great recession, christmas,
    easter, thanksgiving, ramadan, passover, halloween, new year, new year's eve, hanukkah,
    independence day, memorial day, labor day, veterans day, super bowl, world series, world
    cup, olympics, olympic games, oscars, grammys, emmys, election day, super tuesday, arab
    spring, bible, koran, quran, constitution, bill of rights, first amendment, second
    amendment, fifth amendment, magna carta, declaration of independence, internet, god, jesus,
    allah, satan, trumpism, air force one, star wars, game of thrones, saturday night live,
    meet the press, face the nation, fox & friends, morning joe, this week, state of the union,
    good morning america, the apprentice, apprentice, celebrity apprentice, nobel prize, nobel
    peace prize, pulitzer prize, twitterverse, holocaust, black friday, iran deal, paris
    agreement, geneva convention
    """
)

MIXED_CASE_POSSESSIVES = word_set(
    """
    mcdonald's macy's wendy's lowe's kohl's moody's levi's sotheby's christie's lloyd's
    domino's sainsbury's denny's dick's poor's women's men's children's veterans' people's
    emily's new-year's
    """
)
"""Names that end in "'s" themselves."""
