"""Word tables for roles beside a name ("Kremlin spokesperson", "the energy minister")."""

from __future__ import annotations

from bot.text.tables import word_set

ROLE_NOUNS = word_set(
    """
    president vice-president premier chancellor minister secretary undersecretary senator
    congressman congresswoman representative governor mayor ambassador general lieutenant
    colonel major sergeant captain commander admiral corporal private detective superintendent
    inspector constable officer sheriff judge justice attorney lawyer prosecutor solicitor
    barrister speaker chairman chairwoman chair chairperson director commissioner councilman
    councilwoman councillor councilor alderman delegate assemblyman assemblywoman treasurer
    coach manager spokesman spokeswoman spokesperson deputy marshal envoy consul taoiseach
    comptroller principal dean provost trooper agent lawmaker leader head chief boss founder
    co-founder cofounder owner ceo executive editor editor-in-chief columnist reporter
    correspondent journalist anchor host presenter commentator pundit analyst strategist
    pollster adviser advisor aide consultant counsel operative surrogate staffer organizer
    organiser activist campaigner advocate lobbyist donor fundraiser volunteer critic author
    writer novelist poet historian biographer professor lecturer scholar academic researcher
    scientist economist expert physicist chemist biologist psychologist psychiatrist
    sociologist philosopher doctor physician surgeon nurse teacher student engineer architect
    designer developer programmer investor banker trader billionaire millionaire businessman
    businesswoman entrepreneur magnate tycoon mogul financier industrialist farmer worker
    driver pilot soldier veteran marine actor actress singer musician rapper comedian director
    producer filmmaker artist model star celebrity player striker midfielder goalkeeper
    defender quarterback pitcher champion athlete swimmer boxer referee nominee candidate
    contender hopeful frontrunner rival opponent challenger incumbent running-mate mate running
    parliamentarian legislator mp mep diplomat negotiator official policymaker bureaucrat
    politician statesman king queen prince princess pope cardinal archbishop bishop priest
    pastor rabbi imam cleric minister monk nun dictator strongman ruler monarch emperor sultan
    emir sheikh wife husband son daughter brother sister father mother widow widower girlfriend
    boyfriend fiancee fiance partner friend neighbor neighbour colleague resident witness
    victim suspect survivor gunman attacker shooter defendant plaintiff convict inmate prisoner
    hacker whistleblower contractor partner member chairman-elect president-elect lawmaker
    republican democrat conservative liberal superintendent registrar ombudsman auditor
    regulator trustee curator librarian archivist coroner firefighter paramedic investigator
    inspector spokesmen co-chair co-chairman co-author co-host moderator interviewer
    photographer cartoonist blogger vlogger youtuber meteorologist climatologist astronaut
    cosmonaut explorer mountaineer guide shopkeeper baker chef cook waiter nephew niece uncle
    aunt cousin grandson granddaughter grandfather grandmother grandmaster stepfather
    stepmother stepson lieutenant-governor secretary-general attorney-general firebrand
    loyalist insider outsider heir heiress socialite personality figure icon legend guru
    superstar mastermind ringleader jihadist militant terrorist rebel separatist warlord
    commissioner undersheriff postmaster freshman sophomore graduate alumnus fellow intern
    apprentice plumber welder electrician mechanic bricklayer roofer fisherman fisherwoman
    trawlerman sailor seaman docker longshoreman stevedore greengrocer fishmonger florist
    waitress bartender barman barmaid cleaner janitor caretaker hairdresser seamstress
    cobbler blacksmith beekeeper lumberjack steelworker bailiff postman postwoman courier
    cashier clerk receptionist accountant bookkeeper notary pharmacist dentist optician
    midwife vet veterinarian radiologist cardiologist epidemiologist virologist geologist
    astronomer mathematician archaeologist anthropologist translator interpreter sculptor
    composer violinist pianist cellist guitarist drummer dancer ballerina choreographer
    innkeeper hotelier restaurateur landlord landlady tenant pensioner retiree grower
    winemaker goatherd dairyman ferryman lifeguard trainee schoolteacher headteacher
    headmaster headmistress
    """
)
"""Nouns that tell what a person is; a role ends (before a name) or begins (after it) with one."""

PERSON_ROLE_MODIFIERS = word_set(
    """
    former ex acting interim deputy vice senior junior chief top lead prime first foreign
    defence defense finance interior exterior energy health education justice trade labor
    labour transport home economy economic environment agriculture culture press campaign
    policy communications political national federal state local regional district city county
    town presidential vice-presidential republican democratic democrat conservative liberal
    libertarian socialist independent longtime long-time veteran onetime one-time then fellow
    running attorney general managing executive associate assistant principal legal financial
    military naval army air force police fire security intelligence human rights civil climate
    opposition government party house senate majority minority supreme court appeals high crown
    circuit grand old late outgoing incoming newly elected new far-right far-left right-wing
    left-wing right left hard-line hardline ultra-nationalist nationalist billionaire
    millionaire real estate media television tv radio news business tech technology oil hedge
    fund venture capital university college law history science politics political-science
    research public affairs relations labour union trade medical surgeon star film movie pop
    rock rap country folk world heavyweight olympic football basketball baseball soccer tennis
    golf retired active disgraced embattled popular beloved famed famous renowned prominent
    leading influential controversial outspoken veteran-turned us u.s british american russian
    chinese german french night late-night talk show talk-show co host evening morning sports
    chief-of-staff digital super pac conservative-leaning evangelical christian catholic muslim
    jewish black white female male gay openly transgender native pollster super-pac talk tea
    shadow cabinet anti-corruption counterterrorism counter-terrorism anti-abortion special
    under lieutenant brigadier master
    """
)
"""Words in lower case that may stand inside a role before a name."""
