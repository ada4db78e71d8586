"""Words of the trade that stand for one another in questions and in news sentences.

Each line is one family: whoever asks with one of its words may be answered by a sentence with
another. Families are about the work of news (saying, agreeing, voting, paying, …), never about one
story. Words are given as people write them and compared by their stems.
"""

from __future__ import annotations

from functools import lru_cache

from bot.text.words import term_of

FAMILIES = """
agree agreement agreed deal accord pact treaty settlement compact concede
sign signed signing ratify ratified conclude concluded seal sealed
decide decision decided resolve resolution choose chose chosen opt opted pick picked
plan plans planned intend intention aim propose proposal proposed
reject rejected refuse refused decline declined turn veto vetoed rebuff
approve approved approval pass passed endorse endorsed back backed support supported
oppose opposed opposition against resist object objected
vote voted ballot poll election elect elected
rule ruled ruling verdict judgment judgement court judge struck overturned
say said statement remark comment state quote spoke speak tell told
reaction react reacted respond response reply replied answer
tweet tweeted tweets twitter post posted
letter wrote write written email mail message memo
warn warned warning caution alarm
deny denied denial dispute disputed contradict
accuse accused accusation allege alleged allegation claim claimed blame blamed
criticise criticize criticism criticized slam slammed condemn condemned attack blast blasted
praise praised hail hailed welcome welcomed applaud
promise promised pledge pledged vow vowed commit commitment guarantee
demand demanded insist insisted call urge urged require condition want
ask asked request requested appeal question
admit admitted acknowledge acknowledged confess confirm confirmed
apologise apologize apology apologized sorry regret
joke joked quip quipped mock mocked laugh
explain explained reason cause caused because due motive
swap exchange exchanged trade release
prisoner captive detainee hostage inmate jailed
talk talks call phone phoned conversation chat spoke speak telephone
talk talks discussion discuss discussed negotiate negotiation negotiations
meet meeting met summit gathering convene
strike walkout stoppage strikes
ceasefire truce armistice pause halt suspend suspended suspension stop stopped freeze
war conflict fighting hostilities invasion
peace peaceful reconciliation
weapon weapons arms missile gun rifle firearm ammunition
soldier soldiers troops army military forces
bomb bombing blast explosion explode exploded
kill killed dead die died death deaths fatal fatality
hurt injured injury wounded wound casualty
arrest arrested detain detained custody charge charged indict
police officer officers cop cops sheriff detective
attack attacked assault assaulted raid strike
shoot shot shooting gunman shooter gunfire fire
resign resigned resignation quit step leave left departure
appoint appointed appointment name named hire hired nominate nominated
fire fired sack sacked dismiss dismissed oust ousted
chief boss head leader chairman chairwoman chair president executive ceo director
spokesman spokeswoman spokesperson press secretary representative
politician lawmaker legislator parliamentarian mp senator congressman congresswoman representative
minister secretary cabinet
government administration state authorities officials
company firm business corporation group giant maker
worker workers employee employees staff labour labor union
buy bought purchase purchased acquire acquired acquisition takeover takeovers merger merge swallow
sell sold sale sales
pay paid payment price cost costs fee spend spent worth
money cash fund funds funding dollars
rise rose risen increase increased grow grew climb jump up
fall fell fallen drop dropped decline decrease cut shrink reduce reduced smaller
win won victory winner triumph beat defeated champion champions title trophy
lose lost loss defeat
game match play played series final
score scored points runs goals
begin began start started open opened launch launched inaugurate
cease ceased end halt halted stop stopped
end ended finish close closed conclude final
last lasted long duration days weeks months
build built construct construction
house home flat apartment residence
flee fled evacuate evacuated evacuation evacuees
flood flooding flooded deluge
storm hurricane cyclone typhoon
quake earthquake tremor
crash crashed accident collision
find found discover discovered locate located
boy child kid son youngster toddler
girl child daughter
mother mum mom parent
father dad parent
wife husband spouse married
doctor physician medic surgeon
expert analyst scholar professor researcher academic specialist
critic critics opponent opponents
fan fans supporter supporters
reporter journalist correspondent anchor host
commentator pundit columnist analyst
actor actress star celebrity comedian
student students pupil pupils
lie lied lying false untrue
fear feared fears afraid scared scary frighten frightening unsettling alarming
fear worry worried worrying concern concerned concerns nervous uneasy anxious
angry anger furious fury outrage outraged
happy glad delighted pleased joy
shock shocked shocking stunned horrified horrifying
sad sadness grief mourning tragedy
big large huge massive giant
small little tiny
middleman broker intermediary agent dealer
tough strong hard firm
hurt damage harm damaged
mend mended repair repaired fix fixed restore restored
vehicle car truck van lorry bus ambulance
late delay delayed overdue
sleep slept shelter sheltered stay stayed
steal stole stolen theft robbery robbed
picture painting portrait canvas artwork
money payment cash aid
strict tough harsh
dam reservoir levee dyke
water river stream
inquiry investigation probe investigate investigated
requirement condition requirements conditions
defend justify defended justified
travel go journey trip
lead head led headed
join joined enter entered
success successful succeed
fail failed failure
plane aircraft jet flight airplane
ship vessel boat ships vessels
train rail railway trains
russia russian russians moscow kremlin
ukraine ukrainian ukrainians kyiv kiev
america american americans usa washington
germany german germans berlin
france french paris elysee
britain british uk london england english
china chinese beijing
japan japanese tokyo
korea korean seoul pyongyang
iran iranian tehran
israel israeli israelis jerusalem
palestine palestinian palestinians gaza
syria syrian damascus
iraq iraqi baghdad
turkey turkish ankara
india indian delhi
pakistan pakistani islamabad
poland polish warsaw
spain spanish madrid
italy italian rome
greece greek athens
canada canadian canadians ottawa
mexico mexican mexicans
brazil brazilian brasilia
australia australian canberra
switzerland swiss bern
austria austrian vienna
netherlands dutch hague
sweden swedish stockholm
norway norwegian oslo
denmark danish copenhagen
finland finnish helsinki
ireland irish dublin
scotland scottish edinburgh
hungary hungarian budapest
egypt egyptian cairo
europe european eu brussels
rich wealthy billionaire millionaire affluent
poor poverty
old aged age elderly
new latest recent
show showed reveal revealed suggest indicate
believe believed think thought consider opinion view
know knew aware
help helped aid assistance support
need needed necessary must
happen happened occur occurred took place
hold held host hosted
place location site venue spot area
city town municipality
country nation state land
hotel tower building property
law legislation bill act statute
tax taxes levy duty tariff
job jobs position post employment
visa visas permit
school schools college university
drug drugs narcotics
test tested trial
debate debates forum
campaign campaigns race run
candidate nominee contender
leak leaked disclose disclosed
hack hacked hacker breach
email emails mail
woman women lady female
man men guy male
weight weigh weighs gram grams
year years annual annually
first earliest inaugural initial
invent invented inventor create created creator founded founder devise
make made produce produced manufacture
allow allowed permit permitted let
ban banned bar barred prohibit prohibited
stay stayed remain remained
move moved relocate
send sent dispatch
return returned back
visit visited trip travel travelled
watch watched see saw look
""".strip().splitlines()


@lru_cache(maxsize=1)
def _relatives() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in FAMILIES:
        terms = {term_of(word) for word in line.split()}
        for term in terms:
            found.setdefault(term, set()).update(terms - {term})
    return {term: frozenset(others) for term, others in found.items()}


def relatives_of(term: str) -> frozenset[str]:
    """The terms of the same families as `term`, itself left out."""
    return _relatives().get(term, frozenset())
