"""Large cities for which no time zone is named, by their zone: many people live in one."""

from __future__ import annotations

_NAMES = {
    "Africa/Cairo": "alexandria, alejandría, alexandrien, giza",
    "Africa/Casablanca": "rabat, marrakesh, marrakech, fez, tangier, tanger",
    "Africa/Johannesburg": "cape town, kapstadt, ciudad del cabo, durban, pretoria, soweto",
    "Africa/Lagos": "abuja, kano, ibadan, port harcourt",
    "Africa/Nairobi": "mombasa",
    "America/Argentina/Buenos_Aires": "rosario, la plata, mar del plata",
    "America/Bogota": "medellín, cali, barranquilla, cartagena",
    "America/Caracas": "maracaibo, barquisimeto",
    "America/Chicago": "houston, dallas, austin, san antonio, new orleans, minneapolis, "
    "memphis, nashville, st louis, saint louis, kansas city, milwaukee, fort worth",
    "America/Denver": "salt lake city, albuquerque, colorado springs",
    "America/Edmonton": "calgary",
    "America/Guayaquil": "quito",
    "America/Los_Angeles": "san francisco, san diego, seattle, portland, las vegas, san jose, "
    "sacramento, oakland",
    "America/Mexico_City": "guadalajara, puebla, león, ciudad de méxico, cdmx, mexiko-stadt",
    "America/New_York": "boston, washington, washington dc, miami, atlanta, philadelphia, "
    "filadelfia, baltimore, charlotte, orlando, tampa, pittsburgh, cleveland, nyc, nueva york, "
    "brooklyn, buffalo, raleigh",
    "America/Santiago": "valparaíso, concepción",
    "America/Sao_Paulo": "rio de janeiro, río de janeiro, brasília, brasilia, belo horizonte, "
    "curitiba, porto alegre, salvador",
    "America/Toronto": "montreal, montréal, ottawa, quebec, québec",
    "Asia/Dubai": "abu dhabi, abu dabi, sharjah",
    "Asia/Ho_Chi_Minh": "hanoi, hanói, saigon, da nang",
    "Asia/Jakarta": "bandung, surabaya",
    "Asia/Jerusalem": "tel aviv, haifa",
    "Asia/Karachi": "lahore, islamabad, faisalabad, rawalpindi",
    "Asia/Kolkata": "mumbai, bombay, delhi, new delhi, neu-delhi, nueva delhi, bangalore, "
    "bengaluru, chennai, madras, hyderabad, pune, ahmedabad, jaipur, surat",
    "Asia/Makassar": "bali, denpasar",
    "Asia/Riyadh": "jeddah, dschidda, mecca, mekka, medina",
    "Asia/Shanghai": "beijing, peking, pekín, shenzhen, guangzhou, wuhan, chengdu, tianjin, "
    "nanjing, hangzhou",
    "Asia/Tokyo": "osaka, kyoto, kioto, yokohama, nagoya, sapporo, fukuoka, kobe",
    "Asia/Seoul": "busan, incheon, daegu",
    "Atlantic/Canary": "las palmas, tenerife, teneriffa",
    "Australia/Sydney": "canberra, newcastle, wollongong",
    "Australia/Brisbane": "gold coast, cairns",
    "Europe/Amsterdam": "rotterdam, the hague, den haag, la haya, utrecht, eindhoven, groningen",
    "Europe/Athens": "thessaloniki, saloniki, tesalónica, patras",
    "Europe/Berlin": "munich, münchen, múnich, hamburg, hamburgo, cologne, köln, colonia, "
    "frankfurt, frankfurt am main, fráncfort, stuttgart, düsseldorf, dortmund, essen, leipzig, "
    "dresden, dresde, bremen, hannover, hanover, nuremberg, nürnberg, bonn, mannheim, freiburg, "
    "kiel, rostock, münster, karlsruhe, augsburg, bielefeld, bochum, wuppertal, mainz, kassel, "
    "erfurt, potsdam, saarbrücken, wiesbaden, magdeburg, lübeck, heidelberg, ulm, regensburg",
    "Europe/Brussels": "antwerp, antwerpen, amberes, ghent, gent, gante, bruges, brügge, "
    "brujas, liège, lüttich, lieja",
    "Europe/Bucharest": "cluj, cluj-napoca, timişoara, timisoara, iaşi, iasi",
    "Europe/Dublin": "cork, galway, limerick",
    "Europe/Helsinki": "tampere, turku, espoo",
    "Europe/Istanbul": "ankara, izmir, antalya, bursa",
    "Europe/Kyiv": "kharkiv, charkiw, járkov, odesa, odessa, lviv, lwiw, leópolis, dnipro",
    "Europe/Lisbon": "porto, oporto, coimbra, braga, faro",
    "Europe/London": "manchester, birmingham, liverpool, leeds, bristol, sheffield, edinburgh, "
    "edimburgo, glasgow, cardiff, newcastle, nottingham, leicester, southampton, oxford, "
    "cambridge, brighton, york, aberdeen, dundee, plymouth",
    "Europe/Belfast": "londonderry, derry",
    "Europe/Madrid": "barcelona, valencia, seville, sevilla, zaragoza, málaga, bilbao, murcia, "
    "palma, palma de mallorca, alicante, granada, valladolid, vigo, gijón, san sebastián, "
    "cartagena, córdoba, león, a coruña, la coruña, pamplona, santander, salamanca, toledo, "
    "cádiz, oviedo, almería",
    "Europe/Moscow": "st petersburg, saint petersburg, st. petersburg, sankt petersburg, "
    "san petersburgo, kazan, nizhny novgorod",
    "Europe/Oslo": "bergen, trondheim, stavanger",
    "Europe/Paris": "lyon, marseille, marsella, toulouse, nice, niza, bordeaux, burdeos, lille, "
    "strasbourg, strassburg, estrasburgo, nantes, rennes, grenoble, montpellier",
    "Europe/Prague": "brno, brünn, ostrava, plzeň, pilsen",
    "Europe/Rome": "milan, milano, mailand, milán, naples, napoli, neapel, nápoles, turin, "
    "torino, turín, florence, firenze, florenz, florencia, venice, venezia, venedig, venecia, "
    "bologna, bolonia, genoa, genova, genua, génova, palermo, catania, verona, bari, trieste, "
    "bolzano, bozen",
    "Europe/Stockholm": "gothenburg, göteborg, gotemburgo, malmö, uppsala, umeå",
    "Europe/Vienna": "graz, linz, salzburg, salzburgo, innsbruck, klagenfurt, bregenz",
    "Europe/Warsaw": "kraków, krakow, cracow, krakau, cracovia, gdańsk, gdansk, danzig, "
    "wrocław, wroclaw, breslau, łódź, lodz, poznań, poznan, posen, katowice, szczecin",
    "Europe/Zurich": "geneva, genève, genf, ginebra, basel, basle, basilea, bern, berne, berna, "
    "lausanne, lausana, lucerne, luzern, lucerna, st gallen, st. gallen, winterthur, lugano",
    "Europe/Copenhagen": "aarhus, århus, odense, aalborg",
    "Pacific/Auckland": "wellington, christchurch, dunedin",
}

LARGE_CITIES = tuple((name, zone) for zone, names in _NAMES.items() for name in names.split(", "))
"""Each city as it is called in English, German, Spanish or at home, with its zone."""
