"""Invented news for pages: people, places and outlets in them do not exist."""

from __future__ import annotations

from dataclasses import dataclass

OUTLET = "The Port Courier"


@dataclass(frozen=True, slots=True)
class News:
    """One article's words."""

    title: str
    paragraphs: tuple[str, ...]
    standfirst: str = ""


FERRY = News(
    "Night ferry to Sandholm returns after eleven years",
    (
        "The night ferry between Port Ellis and the island of Sandholm will sail again from "
        "1 May, eleven years after the last crossing, the shipping line Norrvik said on Tuesday.",
        "“People asked us for it every single summer,” said Marta Quill, who runs the line. “Now "
        "the numbers are there, and so is the ship.”",
        "The vessel, built in 1998 and rebuilt last winter for 14 million crowns, takes 320 "
        "passengers and 40 cars. A cabin for two will cost 96 crowns.",
        "Island mayor Ole Brandt welcomed the decision but asked for a crossing on Sundays as "
        "well. Norrvik said that it would look into it after the first season.",
        "The line was given up in 2014 when a bridge to the mainland opened farther north. The "
        "detour by road takes almost four hours.",
    ),
    "Norrvik puts a rebuilt ship on the old route from 1 May.",
)
MILL = News(
    "Fire guts historic mill in Harrow Vale",
    (
        "A fire destroyed the old paper mill of Harrow Vale in the night to Thursday, and two "
        "firefighters were treated for smoke, the county fire service said.",
        "The alarm came in at 1.40 a.m. When the first engines arrived, flames stood above the "
        "roof, said fire chief Lena Oduya. “There was nothing left to save inside.”",
        "Some 60 people in nearby houses had to leave their homes for several hours. They could "
        "go back at dawn, after the wind had turned.",
        "The mill, which stopped work in 1987, was to become a school of design. The county had "
        "voted 3.2 million for the plan only last month.",
        "Police are looking for whoever was seen leaving the yard on a bicycle shortly before "
        "midnight. The cause of the fire is not known yet.",
    ),
    "Two firefighters hurt; plan for a school of design in doubt.",
)
WATER = News(
    "Council votes to meter every home in Tarnow by 2027",
    (
        "Every home in Tarnow will have a water meter by the end of 2027, the city council "
        "decided on Monday night by 31 votes to 22.",
        "Households now pay by the size of their flat. With meters, a family of four will save "
        "about 80 crowns a year if it uses no more than today, the works department reckons.",
        "“We are the last large city that counts square metres instead of litres,” said "
        "councillor Ivo Petrak, who had brought the motion. “That ends now.”",
        "The opposition called the plan hasty. Its speaker, Hanne Lund, said that a third of the "
        "pipes leaked and should come first: “You cannot meter what never arrives.”",
        "Work begins in the Old Town in September. Tenants will not be charged for the meters "
        "themselves, which cost the city 9.5 million.",
    ),
)
RADAR = News(
    "Storm radar on Mount Kessel goes dark for repairs",
    (
        "The weather radar on Mount Kessel will be switched off for six weeks from next Monday, "
        "the weather office said, while its dome and its motor are replaced.",
        "Forecasts of thunderstorms for the eastern valleys will be less exact during that time. "
        "Two smaller stations are to fill part of the gap.",
        "“We chose the quietest weeks of the year,” said Anselm Frey, head of the office. "
        "Hail before the end of April has been seen only twice since 1961.",
        "The repairs cost 780,000 crowns. The radar was last renewed in 2006 and has run without "
        "a longer break since.",
    ),
)
CHESS = News(
    "Fourteen-year-old Ada Venn wins national chess title",
    (
        "Ada Venn, a pupil from Little Stoke, became national chess champion on Sunday, the "
        "youngest ever to do so.",
        "She drew her last game against the champion of the past three years, Rasmus Holt, after "
        "five hours and 88 moves, and was half a point ahead in the end.",
        "“I saw that I could take the pawn, and then I saw why I should not,” she said with a "
        "laugh. Holt called her play “cold as winter”.",
        "The old record was set in 1972 by Pavel Rusk, who was sixteen. He sent a telegram, as "
        "he had received one then.",
        "Venn will play for the country at the team championship in August. Before that, she "
        "said, there is an exam in geography.",
    ),
)
BANK = News(
    "Hollin Bank to close a third of its branches",
    (
        "Hollin Bank will close 41 of its 118 branches by the end of next year and cut 300 jobs, "
        "the bank announced on Wednesday.",
        "Four of five customers no longer visit a branch, chief executive Dora Simms told "
        "reporters. The savings of 25 million a year would go into its mobile service.",
        "The staff union said that it had learned of the plan from the radio. “That tells you "
        "all about how people are treated here,” said its chair, Gregor Tamm.",
        "Most of the branches that close are in towns of fewer than 8,000 inhabitants. The bank "
        "promised a van with a counter once a week.",
        "Shares of Hollin rose by 2.4 per cent after the announcement.",
    ),
)
OTHERS: dict[str, News] = {
    "de": News(
        "Stadt Hellau sperrt Brücke für ein Jahr",
        (
            "Die Stadt Hellau sperrt die Lindenbrücke vom 3. April an für ein ganzes Jahr. Das "
            "teilte Baudezernentin Karla Möws am Montag mit.",
            "Prüfer hatten Risse in drei der acht Pfeiler gefunden. „Wir können das nicht länger "
            "verantworten“, sagte Möws vor dem Rat.",
            "Über die Brücke fahren täglich rund 19.000 Autos. Die Umleitung führt über den Ring "
            "und dauert nach Angaben der Stadt zwölf Minuten länger.",
            "Die Sanierung kostet 22 Millionen Euro. Das Land übernimmt davon sechzig Prozent.",
        ),
    ),
    "fr": News(
        "Le tramway de Valmont roulera aussi la nuit",
        (
            "À partir du 2 mai, le tramway de Valmont circulera toute la nuit du vendredi au "
            "dimanche, a annoncé lundi la maire, Odile Ferrand.",
            "« C’est une demande de la jeunesse, et nous l’avons entendue », a-t-elle déclaré "
            "devant le conseil municipal.",
            "Les rames passeront toutes les demi-heures sur les lignes 1 et 3. Le coût est estimé "
            "à 1,4 million d’euros par an.",
            "L’opposition regrette l’absence d’étude sur le bruit. Un premier bilan est promis "
            "pour le mois de novembre.",
        ),
    ),
    "es": News(
        "Villanorte abre su nueva biblioteca junto al río",
        (
            "La nueva biblioteca de Villanorte abrió sus puertas el sábado junto al río, tres "
            "años después de la inundación que destruyó la antigua.",
            "«Hemos perdido once mil libros, pero no a los lectores», dijo la directora, Inés "
            "Robledo, en el acto de apertura.",
            "El edificio costó 6,8 millones de euros y tiene sitio para 240 personas. Estará "
            "abierto también los domingos por la mañana.",
            "El ayuntamiento pide ahora a los vecinos que donen fotografías de la vieja sala.",
        ),
    ),
    "ru": News(
        "В Северске открыли новый мост через реку",
        (
            "В Северске в понедельник открыли новый мост через реку Тихую, который строили почти "
            "четыре года, сообщила администрация города.",
            "«Дорога в больницу теперь занимает десять минут вместо сорока», — сказал мэр Антон "
            "Верхов на открытии.",
            "Строительство обошлось в 900 миллионов рублей. Старый мост останется для пешеходов "
            "и велосипедистов.",
            "Движение автобусов по новому маршруту начнётся первого апреля.",
        ),
    ),
    "ja": News(
        "北浜市、夜間バスを四月から再開",
        (
            "北浜市は月曜日、利用者の減少で休止していた夜間バスを四月一日から再開すると発表した。",
            "山根市長は記者会見で「働く人の足を守りたい」と述べ、運賃は二百円に据え置くと説明した。",
            "バスは金曜と土曜の夜、駅前から三つの路線で三十分おきに運行する。費用は年間八千万円を見込む。",
            "市民団体は歓迎する一方、平日の運行も求めている。市は秋に結果をまとめる予定だ。",
        ),
    ),
    "ar": News(
        "مدينة النهرين تفتتح مكتبتها الجديدة",
        (
            "افتتحت مدينة النهرين يوم الاثنين مكتبتها الجديدة على ضفة النهر بعد ثلاث سنوات من "
            "العمل، حسبما أعلنت البلدية.",
            "وقالت مديرة المكتبة سلمى الحداد إن المبنى يضم مئة ألف كتاب وقاعة للأطفال، وإنه "
            "سيبقى مفتوحا حتى العاشرة مساء.",
            "وبلغت تكلفة المشروع ستة ملايين دينار، تحملت الحكومة نصفها. وينتظر أن يزورها ألف "
            "شخص في اليوم.",
            "وتدعو البلدية السكان إلى التبرع بالكتب القديمة حتى نهاية الشهر المقبل.",
        ),
    ),
}
