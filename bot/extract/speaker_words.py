"""Word tables for who a speaker is: sexes of given names and roles, nouns for unnamed sources."""

from __future__ import annotations

from bot.text.tables import word_set

WOMEN_NAMES = word_set(
    """
    abigail ada adriana agnes aisha alexandra alexandria alexis alice alicia alison allison alyssa
    amanda amber amelia amina amy ana anastasia andrea angela angelina angie anita ann anna anne
    annette annie antonia april ariana arlene ashley astrid audrey aung ava ayesha barbara beatrice
    becky bella bernadette beth bethany betsy betty beverly bianca blanca bonnie brenda bridget
    brigitte brianna britney brittany brooke camila camilla candace carla carly carmen carol
    carole caroline carolyn carrie cassandra catherine cathy cecilia celeste celia charlotte
    chelsea cheryl chloe christina christine cindy claire clara clarissa claudia colleen
    condoleezza connie constance consuelo courtney cristina crystal cynthia daisy dana daniela
    danielle daphne dawn debbie deborah debra deirdre denise diana diane dianne dina dolores donna
    dora doris dorothy edith eileen elaine eleanor elena elisa elise elizabeth ella ellen eloise
    elsa emilia emily emma erica erika erin esther ethel eva eve evelyn fatima felicia fiona
    florence frances francesca gabriela gabrielle gail geraldine gertrude gina ginger giorgia
    giselle gladys glenda gloria grace greta gretchen gwen hailey hanna hannah harriet heather
    heidi helen helena helene hillary hilary hope huma ilana imelda ingrid irene iris irma isabel
    isabella ivana ivanka jacqueline jamila jan jana jane janet janice janine jasmine jean jeanette
    jeanne jenna jennifer jenny jessica jill joan joanna joanne jocelyn jodi josephine joy joyce
    juanita judith judy julia juliana julianne julie juliet june kaja kamala karen karin karina
    karla kate katherine kathleen kathryn kathy katie katrina katy kayla keiko kellyanne kelsey
    kendra kim kimberly kirsten kirstjen kristen kristi kristin kristina kristine laila lara
    laura lauren laurie leah leila lena leslie leticia leyla liliana lillian lily linda lindsay
    lindsey lisa liz liza lois lola loretta lori lorraine louise lucia lucille lucinda lucy luisa
    lupita lydia lynn lynne mabel mackenzie madeleine madeline maggie malala malia mandy mara
    marcia margaret margarita margot maria mariah mariam marianne marie marilyn marina marine
    marion marisa marjorie marlene marsha martha mary maryam maureen maxine maya megan meghan
    mei melania melanie melinda melissa mercedes meredith mia michaela michele michelle mildred
    mimi mindy miranda miriam molly monica monique muriel myra nadia nancy naomi natalia natalie
    natasha nicola nicole nina nora norma olga olivia oprah pamela patricia patsy patty paula
    pauline peggy penelope penny petra phyllis polly priscilla priti rachel ramona raquel rebecca
    regina renee rhonda rita roberta rochelle rosa rosalind rose rosemary roxanne ruth sabrina
    sadie sally salma samantha sandra sara sarah sasha scarlett selena selina serena shannon
    sharon sheila shelley sheryl shirley simone sofia sonia sonya sophia sophie stacey stacy
    stella stephanie sue suella susan susana susanna suzanne sylvia tabitha tamara tammy tanya
    tara teresa tess thelma theresa tiffany tina toni tracy trudy tulsi ursula valentina valerie
    vanessa vera veronica vicki vicky victoria viola violet virginia vivian wanda wendy whitney
    wilma winifred xiomara yasmin yolanda yulia yvette yvonne zainab zara zoe chunying yingluck
    sheikha mamie donatella federica ngozi nikki oksana svetlana tatiana tsai ruja sviatlana
    elisabeth annalena christia jacinda sanna mette mary-kate debbie deb mika megyn susie kayleigh
    """
)

MEN_NAMES = word_set(
    """
    aaron abdul abdullah abraham adam adolf adrian ahmad ahmed aidan alan albert alberto alec
    alejandro aleksandr alexander alexei alexey alfonso alfred ali allan allen alvin amir andre
    andreas andrei andres andrew andrey andy angelo angus anthony antoine anton antonio antony
    anwar archie ari arnold arthur arturo asif august augusto austin axel aziz barack barney barry
    bart bashar ben benedict benito benjamin bernard bernie bill billy bob bobby boris brad bradley
    brandon brendan brent bret brett brian bruce bruno bryan byron caleb calvin cameron carl carlos
    cecil cesar chad charles charlie chester chris christian christoph christopher chuck clarence
    claude clay clement cliff clifford clint clive clyde cody colin conor corey cornelius cory
    craig curt curtis cyril cyrus daniel danny dario darrell darren darryl dave david dean dennis
    denis derek desmond dick diego dimitri dirk dmitri dmitry dominic don donald doug douglas drew
    duncan dustin dwayne dwight earl ed eddie edgar edmund eduardo edward edwin eli elias elijah
    elliott elon emmanuel enrique eric erik ernest ernesto ethan eugene evan fabio felipe felix
    ferdinand fernando fidel floyd francis francisco francois frank franklin franz fred frederick
    gabriel garrett gary gavin gene geoff geoffrey george gerald gerard gerhard gilbert giovanni
    giuseppe glenn gordon graham grant greg gregory guido guillermo gus gustavo guy hamid hank
    hans harold harry harvey hassan hector henri henry herbert herman hugh hugo hussein ian ibrahim
    igor immanuel irving isaac ismail ivan jack jackson jacob jacques jaime jair jake james jared
    jason javier jay jeb jeff jeffrey jeremy jerome jerry jesse jesus jim jimmy joao joaquin joe
    joel johan john johnny jon jonathan jorge jose josef joseph josh joshua juan julian julio
    julius justin karl keith ken kenneth kevin khalid kirk klaus konstantin kurt kyle lance larry
    lars laurent lawrence lee leo leon leonard leonid leopold leroy lewis liam lindsey lionel lloyd
    logan lorenzo lou louis lucas luigi luis luke mahmoud malcolm manuel marc marcel marco marcos
    marcus mario mark markus marshall martin marty marvin mateo matt matteo matthew maurice max
    maxim mehmet michael michel miguel mike mikhail milo mitch mitt mohamed mohammad mohammed
    moses muhammad mustafa narendra nate nathan nathaniel ned neil nelson nicholas nick nicolas
    nigel nikita nikolai noah noel norman olaf oleg oliver olivier omar oscar otto owen pablo
    patrick paul pedro percy perry pete peter phil philip philippe phillip pierre preston rafael
    rahul raj ralph ramon rand randall randy raul ray raymond recep reggie reginald reince rex
    ricardo richard rick ricky rob robert roberto robin rodney rodrigo roger roland roman ron
    ronald rory ross roy rudolph rudy rupert russell ryan salman salvador sam samuel santiago
    scott sean sebastian sergei sergey sergio seth shane shaun shawn sheldon shinzo sid sidney
    silvio simon solomon spencer stanley stefan stephen steve steven stewart stuart sven
    tariq ted terrence terry thabo theo theodore thierry thomas tim timothy tobias todd tom tomas
    tommy tony travis trent trevor trey tucker tyler ulrich vaclav valentin vernon viktor victor
    vince vincent vincenzo virgil vivek vladimir volodymyr wallace walt walter warren wayne
    wendell werner wesley wilfred wilhelm willem william willie winston wolf wolfgang woodrow
    xavier yasser yuri yusuf zachary zack sergio keir rishi emmanuel gavin emmett darryl reggie
    """
)

WOMEN_WORDS = word_set(
    """
    mrs ms miss madam madame lady dame baroness duchess countess queen princess spokeswoman
    congresswoman chairwoman councilwoman councilwomen assemblywoman businesswoman actress wife
    mother daughter sister widow grandmother aunt niece stepmother heiress girlfriend
    policewoman congresswomen spokeswomen noblewoman hostess waitress saleswoman alderwoman her
    nun goddaughter granddaughter sheikha señora frau woman girl
    """
)
MEN_WORDS = word_set(
    """
    mr sir lord baron duke king prince pope spokesman congressman chairman councilman assemblyman
    businessman actor husband father son brother widower grandfather uncle nephew stepfather
    boyfriend policeman fireman cardinal archbishop sheikh imam señor herr man boy grandson
    alderman salesman cameraman his
    """
)

UNNAMED_NOUNS = word_set(
    """
    source sources official officials person people aide aides insider insiders diplomat diplomats
    adviser advisers advisor advisors strategist strategists operative operatives lawmaker
    lawmakers staffer staffers executive executives banker bankers trader traders witness
    witnesses someone somebody employee employees participant participants attendee attendees
    associate associates confidant confidante ally friend officer officers investigator
    investigators individual individuals negotiator negotiators
    """
)
"""Nouns for people; a speaker told by one of them alone, without a name, is an unnamed source."""

UNNAMED_PHRASES = (
    "familiar with", "close to", "with knowledge of", "briefed on", "not authorized",
    "not authorised", "condition of anonymity", "on background", "speaking anonymously",
    "who asked not to", "who declined to be", "who requested anonymity", "anonymous", "unnamed",
    "unidentified", "involved in the", "with direct knowledge", "privy to",
)  # fmt: skip
"""Words that mark a source as unnamed whatever the noun."""
