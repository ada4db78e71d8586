"""Word tables for names of people: titles, particles, suffixes, given names, nicknames."""

from __future__ import annotations

from bot.text.tables import word_set

HONORIFICS = word_set(
    """
    mr mrs ms miss mx dr sir dame lord lady prof professor rev reverend fr father sister
    brother hon honourable honorable st saint madam madame monsieur herr frau señor señora
    sheikh sheik imam rabbi baroness baron viscount earl count countess prince princess king
    queen emperor duke duchess pope cardinal archbishop bishop pastor ayatollah mullah master
    don
    """
)
"""Words before a name that say how to address its bearer."""

TITLE_ABBREVIATIONS = word_set(
    """
    mr mrs ms dr sen sens rep reps gov govs gen lt col maj sgt capt cmdr adm cpl pvt det supt
    prof rev hon pres amb atty dir insp brig msgr fr sr br st ald asst cllr
    """
)
"""Titles that are written with a full stop."""

OFFICES = word_set(
    """
    president premier chancellor minister secretary senator congressman congresswoman
    representative governor mayor ambassador general lieutenant colonel major sergeant captain
    commander admiral corporal private detective superintendent inspector constable officer
    sheriff judge justice attorney prosecutor speaker chairman chairwoman chair chairperson
    director commissioner councilman councilwoman councillor councilor alderman delegate
    assemblyman assemblywoman treasurer coach manager spokesman spokeswoman spokesperson deputy
    vice prime first former ex acting chief marshal envoy consul taoiseach solicitor
    comptroller principal dean provost trooper deputies pm agent lawmaker
    """
)
"""Offices that stand before a name as a title ("President", "Lt. Gov.", "chief justice")."""

PARTICLES = word_set(
    """
    von van der den de del della di da dos das du la le al el bin ibn ben bint abu ter ten zu
    zum af av st san dela y e ul
    """
)
"""Small words inside a surname ("von der Leyen", "bin Laden")."""

SUFFIXES = word_set("jr sr ii iii iv phd md esq qc kc mp mep msp obe mbe cbe")
"""Words after a name that are no part of the surname."""

GENERATIONS = word_set("jr sr ii iii iv")
"""Suffixes that tell two people of one name apart."""

EASTERN_SURNAMES = word_set(
    """
    xi kim zhang wang zhao zhou chen yang huang liu wu xu sun hu zhu gao lin guo luo mao deng
    wen jiang peng ban pak moon yoon choi cho jang hwang kwon nguyen tran pham li yi cheng cao
    feng fang han liang qian qin ren shen tang tian wei xie xiao yao ye yu yuan zeng zheng
    zhong ahn kang kwak oh shin park ri jung bo du
    """
)
"""Chinese, Korean and Vietnamese surnames, which stand first."""

GIVEN_NAMES = word_set(
    """
    aaron abbas abby abdul abdullah abe abigail abraham abu ada adam adele adnan adrian adriana
    agnes ahmad ahmed aidan aileen aisha akira al alan alana alastair albert alberto aldo alec
    alejandra alejandro aleksandr aleksei alex alexa alexander alexandra alexandre alexei
    alexis alfonso alfred alfredo ali alice alicia alina alisa alison alistair allan allen
    allison allyson alma alonzo alphonso alvaro alvin alyssa amanda amber amelia amina amir
    amit amos amy ana anastasia anders anderson andre andrea andreas andrei andrej andres
    andrew andrey andy angel angela angelina angelo angie angus anil anita ann anna anne
    annegret annette annie anthony antoine anton antonia antonio antony anwar april ari arianna
    ariel arjun arlene arlen armando arne arnold arsene art arthur arturo ash asha ashley
    ashton asif astrid audrey august augusto aung austin autumn ava avery avi avril axel ayesha
    aziz barack barb barbara barney baron barry bart bashar basil beata beatrice beatriz becky
    belinda ben benedict benito benjamin bennett benny bernadette bernard bernardo bernice
    bernie bert bertha beth bethany betsy betty beverly bianca bill billie billy bjorn blake
    blanca bob bobby bonnie boris brad bradley brady brandi brandon brandy brenda brendan brent
    bret brett brian briana bridget britney brittany brooke bruce bruno bryan bryce buddy byron
    caitlin caitlyn caleb calvin cameron camila camilla camille candace candice carl carla
    carlo carlos carly carlton carmen carol carole caroline carolyn carrie carson carter casey
    cassandra cassie catalina cate catherine cathleen cathy cecilia cecile cedric celeste celia
    cesar chad chandra chantal charlene charles charlie charlotte chase chelsea cher cheryl
    chester chet chloe chris chrissy christa christian christiana christiane christie christina
    christine christoph christophe christopher christy chuck cindy claire clara clarence
    clarissa clark claude claudia claudio clay clayton clement cliff clifford clint clinton
    clive clyde cody cole colin colleen connie connor conor conrad constance cora corey corinne
    cornelius cory courtney craig cristian cristina crystal curt curtis cynthia cyril cyrus
    daisy dale dallas damian damien damon dan dana dane danica daniel daniela daniele danielle
    danny dante daphne darcy daria darlene darrell darren darryl daryl dave david davis dawn
    dean deanna deb debbie deborah debra declan deirdre delia della demetrius denis denise
    dennis derek derrick desmond devin devon dexter diana diane dianna dianne dick diego dieter
    dilma dimitri dimitris dina dirk dmitri dmitriy dmitry dolores dominic dominik dominique
    don donald donna donovan dora doreen doris dorothy doug douglas doyle drew duane duncan
    dustin dwayne dwight dylan earl ed eddie edgar edith edmund edna eduardo edward edwin
    eileen elaine eleanor elena eli elias elijah elisa elisabeth elise eliza elizabeth ella
    ellen elliot elliott ellis elmer elon elsa elsie elton elvis emanuel emil emilia emilie
    emilio emily emma emmanuel emmett enrico enrique erdogan eric erica erich erik erika erin
    ernest ernesto ernie esteban esther ethan etienne eugene eun eva evan evangelina eve evelyn
    evgeny ezra fabian fabio faisal faith farah farid fatima fay faye federica federico felicia
    felicity felipe felix ferdinand fernando fidel fiona florence florian floyd frances
    francesca francesco francis francisco franco francois françois frank frankie franklin franz
    fred freddie freddy frederic frederick frederik fredrik frieda friedrich fritz gabe gabriel
    gabriela gabrielle gareth garrett garry gary gavin gayle gemma gena gene genevieve geoff
    geoffrey george georges georgia georgina gerald geraldine gerard gerardo gerhard gerry gert
    gianni gideon gil gilbert giles gillian gina ginger giorgia giorgio giovanni gisele giulia
    giuseppe gladys glen glenda glenn gloria gordon grace graham grant greg gregg gregor
    gregory greta gretchen guadalupe guillaume guillermo gunther gus gustav gustavo guy gwen
    gwendolyn hailey hal haley hamid hamza hank hanna hannah hans harold harriet harris
    harrison harry harvey hasan hassan hayley hazel heather hector heidi heiko heinz helen
    helena helene helga helmut henri henrietta henrik henry herb herbert herman hilary hillary
    hiroshi hoda holly homer hope horace horst howard hubert hugh hugo humphrey hunter husain
    hussein ian ibrahim ida ignacio igor ike ilana ilya iman imran ines inga ingrid ioannis ira
    irena irene irina iris irma irving isaac isabel isabella isabelle isaiah ismail israel ivan
    ivana ivanka ivo jack jackie jackson jacob jacqueline jacques jaime jair jake jamal james
    jamie jan jana jane janelle janet janice janine jared jarrod jasmin jasmine jason javad
    javier jay jayden jayne jean jeanette jeanine jeanne jeb jed jeff jefferson jeffery jeffrey
    jen jenifer jenna jennie jennifer jenny jens jeremiah jeremy jerome jerry jesse jessica
    jessie jesus jill jillian jim jimmy jo joan joann joanna joanne joao joaquin jocelyn jody
    joe joel joey johan johann johanna johannes john johnathan johnnie johnny jon jonas
    jonathan jordan jorge jose josé josef joseph josephine josh joshua josie joy joyce juan
    juana juanita judd jude judi judith judy juergen jules julia julian juliana julianne julie
    juliet juliette julio julius june junior justin justine jürgen kadir kaine kaitlyn kamal
    kamala kara karen karim karin karl karla kate katherine kathleen kathryn kathy katie
    katharina katharine katja katrin katrina katya kay kayla keir keisha keith kellie kelly
    kellyanne kelsey kelvin ken kendall kendra kendrick kenneth kenny kent kenya kerri kerry
    kerstin kevin khaled khalid khizr kieran kiersten kim kimberly kirk kirsten kirstie kit
    klaus kofi konrad konstantin kris krista kristen kristi kristin kristina kristine kurt
    kwame kyle kyriakos lamar lana lance landon lara larry lars latoya laura lauren laurence
    laurent laurie lawrence lea leah leanne lech lee leigh leila lena lenny leo leon leona
    leonard leonardo leonid leroy les lesley leslie lester leticia levi lewis liam liana libby
    lidia lila lillian lily lina lincoln linda lindsay lindsey linus lionel lisa liz liza
    lizzie lloyd logan lois lola loretta lori lorna lorraine lou louis louisa louise lourdes
    luc luca lucas lucia luciana luciano lucille lucinda lucy luigi luis luisa luiz lukas luke
    luther luz lydia lyle lyn lynda lynn lynne mabel mack mackenzie maddie madeleine madeline
    madison mae maggie magnus mahmoud malcolm malia malik mallory mandy manfred manuel manuela
    mara marc marcel marcella marcelo marcia marcin marco marcos marcus margaret margarita
    margo margot maria mariah mariam marian mariana marianne mariano marie marilyn marin marina
    marine mario marion marisa marissa marjorie mark marko markus marla marlene marlon marsha
    marshall marta martha martin martina martine marty marvin mary maryam mason massimo mateo
    mateusz mathew mathias mathieu matt matteo matthew matthias mattias maura maureen maurice
    mauricio max maxime maxine maxwell maya mayra mckenzie meg megan meghan mehmet melania
    melanie melinda melissa melody melvin mercedes meredith merrick mia micah michael michaela
    michal michel michele michelle mick mickey miguel mikael mike mikhail mila milan mildred
    miles milo milos milton mina mindy miranda miriam misha mitch mitchell mitt mo moe mohamed
    mohammad mohammed moira molly mona monica monika monique morgan morris moses muhammad
    muriel murray mustafa myles myra myron nabil nadia nadine naftali nan nancy naomi narendra
    natalia natalie natasha nate nathalie nathan nathaniel naveed neal ned neera neil nelly
    nelson nestor newt niall nicholas nick nicki nicola nicolas nicolás nicole nigel nikita
    nikki nikola nikolai nikolas nikos nina noah noam noel nora norma norman nouri nuri octavia
    olaf oleg olga oliver olivia olivier omar omarosa oprah orlando orrin oscar osama osman
    otto owen pablo paige pam pamela paola paolo parker pat patrice patricia patrick patsy
    patti patty paul paula pauline paulo pavel pearl pedro peggy penelope penny percy perry
    pete peter petr petra petro phil philip philippa philippe phillip phoebe phyllis pierce
    pierre pilar piotr polly porter prakash preston priscilla priya qasem quentin quincy quinn
    rachael rachel rafael rahul raj rajiv ralph ramon ramona ramzi rand randall randi randy
    raphael raquel rashid raul ravi ray raymond raúl rebecca rebekah recep reed reggie regina
    reginald reince reinhard rene renee rex reza rhonda ricardo rich richard rick ricky rita
    rob robbie robby robert roberta roberto robin robyn rocco rocky rod roderick rodney rodrigo
    roger roland rolf roman romano romeo ron ronald ronan ronna ronnie rory rosa rosalind
    rosalynn rosanna rose rosemary ross rowan roxanne roy ruben ruby rudolf rudolph rudy rufus
    rupert russ russell ruth ryan sabina sabrina sacha sadiq saeed said sajid sally salman
    salvador salvatore sam samantha samir sammy samuel sandra sandy sanjay santiago sara sarah
    sasha saul savannah scott scottie sean sebastian sebastien selena selina serena serge
    sergei sergey sergio seth shahid shane shannon shari sharon shaun shawn sheila shelby
    sheldon shelley shelly sheri sherri sherry sheryl shimon shinzo shirley sidney sigmar
    silvia silvio simon simona simone sofia sonia sonja sonny sonya sophia sophie spencer
    stacey stacy stan stanislav stanley stefan stefanie stefano stella stephan stephane
    stephanie stephen sterling steve steven stewart stuart sue sunil susan susana susanna
    susanne susie suzanne suzy sven svetlana sybil sydney sylvester sylvia sylvie tadeusz
    tamara tami tammy tania tanya tara tariq tasha tatiana taylor ted terence teresa teri
    terrance terrell terrence terri terry tessa thad thaddeus thelma theo theodor theodore
    theresa therese thierry thom thomas thorsten tia tiffany tim timothy tina tobias toby todd
    tom tomas tommy tomoko toni tony tonya tracey traci tracy travis trent trevor trey tricia
    trina tristan troy trudy tucker ty tyler tyrone ulrich umar umberto ursula valentina
    valentin valeria valerie valery van vanessa vaughn vera vernon veronica vicki vicky victor
    victoria vijay viktor vikram vince vincent vincenzo viola violet virginia vitali vitaly
    vivian vivien vladimir volker volodymyr wade wallace walt walter wanda ward warren wayne
    wendell wendy werner wes wesley whitney wilbur wilfred wilhelm will willa william willie
    wilma wilson winifred winston wolf wolfgang woodrow wyatt xavier yael yair yaser yasmin
    yasser yevgeny yitzhak yolanda yoshihide yousef yulia yuri yusuf yvette yvonne zach zachary
    zack zainab zara zeke zelda zoe zoltan zuzana rush newt tulsi beto huma ted tavis wolf
    gretchen anderson geraldo megyn thom ty spike
    """
)
"""Common given names of the languages that English news writes about, in lower case."""

NICKNAMES: dict[str, str] = {
    short: long
    for long, shorts in {
        "abraham": "abe",
        "albert": "al bert bertie",
        "alexander": "alex alec sasha lex",
        "alexandra": "alex sandra",
        "andrew": "andy drew",
        "anthony": "tony antony",
        "barbara": "barb",
        "benjamin": "ben benny",
        "bernard": "bernie",
        "catherine": "cathy kate cate katherine kathryn katie kathy katharine",
        "charles": "charlie chuck",
        "christopher": "chris kit",
        "daniel": "dan danny",
        "david": "dave",
        "deborah": "deb debbie debra",
        "donald": "don donnie",
        "douglas": "doug",
        "edward": "ed eddie ted ned",
        "elizabeth": "liz beth betsy betty lizzie eliza",
        "eugene": "gene",
        "frederick": "fred freddie",
        "gerald": "gerry jerry",
        "gabrielle": "gabby gabi",
        "gregory": "greg",
        "henry": "harry hank",
        "jacob": "jake",
        "james": "jim jimmy jamie",
        "jeffrey": "jeff jeffery geoff geoffrey",
        "jennifer": "jen jenny",
        "jessica": "jess jessie",
        "john": "jack johnny jon",
        "jonathan": "jon",
        "joseph": "joe joey",
        "joshua": "josh",
        "kenneth": "ken kenny",
        "lawrence": "larry",
        "leonard": "len lenny",
        "margaret": "maggie meg peggy",
        "matthew": "matt",
        "michael": "mike mick mickey",
        "nathaniel": "nate nathan",
        "nicholas": "nick",
        "pamela": "pam",
        "patricia": "pat patty tricia",
        "patrick": "pat paddy",
        "peter": "pete",
        "philip": "phil phillip",
        "randall": "randy",
        "raymond": "ray",
        "rebecca": "becky",
        "reginald": "reggie",
        "richard": "rick dick rich ricky",
        "robert": "bob bobby rob robbie bert",
        "ronald": "ron ronnie",
        "russell": "russ",
        "samuel": "sam sammy",
        "stephen": "steve steven",
        "susan": "sue susie",
        "theodore": "ted theo teddy",
        "thomas": "tom tommy",
        "timothy": "tim",
        "valerie": "val",
        "victoria": "vicky vicki",
        "vincent": "vince vinny",
        "walter": "walt",
        "william": "bill billy will willie liam",
        "zachary": "zach zack",
    }.items()
    for short in shorts.split()
}
"""The usual long form of a short given name (one long form for each short one)."""

WOMENS_NAMES = word_set(
    """
    abby abigail ada adele adriana agnes aisha alana alexandra alexis alice alicia alina alisa
    alison allison allyson alma alyssa amanda amber amelia amina amy ana anastasia andrea
    angela angelina anita ann anna anne annegret annette annie antonia arianna arlene asha
    ashley astrid audrey ava aung ayesha barb barbara beatrice becky belinda bernadette beth
    bethany betsy betty beverly bianca bonnie brenda briana bridget britney brittany caitlin
    camila camille candace carla carly carmen carol carole carolina caroline carolyn carrie
    cassandra catherine cathy cecilia celeste celia chantal charlene charlotte chelsea cher
    cheryl chloe christa christiana christina christine cindy claire clara claudia colleen
    connie cora corinne courtney cristina crystal cynthia daisy dana danielle daphne daria
    darlene dawn deanna deb debbie deborah debra denise diana diane dianne dilma dolores donna
    dora doreen doris dorothy edith edna eileen elaine eleanor elena elisa elisabeth elise
    eliza elizabeth ella ellen elsa emilia emily emma erica erika erin esther eva eve evelyn
    faith farah fatima fay felicia fiona florence frances francesca frieda gabriela gabrielle
    gail gayle georgia georgina geraldine gillian gina ginger giorgia gladys glenda gloria
    grace greta gretchen guadalupe gwen gwendolyn hailey haley hannah hazel heather heidi helen
    helena helene helga henrietta hilary hillary hoda hope huma ida ines inga ingrid irena
    irene irina iris irma isabel isabella isabelle ivana ivanka jacqueline jan jane janelle
    janet janice janine jasmine jean jeanette jeanne jenna jennie jennifer jenny jessica jill
    jillian joan joanna joanne jocelyn johanna josephine joy joyce juana juanita judith judy
    julia juliana julie juliet june kaitlyn kamala kara karen karin karla kate katharina
    katherine kathleen kathryn kathy katie katrina kayla keisha kellie kellyanne kelsey kendra
    kerstin kimberly kirsten krista kristen kristi kristin kristina kristine lana lara latoya
    laura lauren laurie lea leah leanne leila lena leona leticia libby lidia lila lillian lily
    lina linda lindsay lindsey lisa liz liza lizzie lois lola loretta lori lorna lorraine
    louisa louise lourdes lucia lucille lucinda lucy luisa lydia lynda lynn lynne mabel
    mackenzie maddie madeleine madeline mae maggie malia mallory mandy mara marcia margaret
    margarita margo margot maria mariah mariana marianne marie marilyn marina marine marisa
    marissa marjorie marla marlene marsha martha martina mary maryam maura maureen maxine maya
    megan meghan megyn melania melanie melinda melissa melody mercedes meredith mia michaela
    michele michelle mildred mina mindy miranda miriam moira molly mona monica monika monique
    myra nadia nadine nan nancy naomi natalia natalie natasha nicola nicole nina nora norma
    olga olivia omarosa oprah pam pamela paola patrice patricia patsy patti paula pauline pearl
    peggy penelope penny petra phoebe phyllis pilar polly priscilla priya rachael rachel ramona
    raquel rebecca rebekah regina renee rhonda rita roberta ronna rosa rosalind rosanna rose
    rosemary roxanne ruby ruth sabina sabrina sally samantha sandra sara sarah savannah selena
    selina serena shannon shari sharon sheila shelby shelley sheri sherri sherry sheryl shirley
    silvia simone sofia sonia sonja sophia sophie stacey stacy stella stephanie sue susan
    susana susanna susanne suzanne svetlana sybil sylvia sylvie tamara tami tammy tania tanya
    tara tasha tatiana teresa teri terri tessa thelma theresa therese tia tiffany tina tonya
    tracey tricia trina trudy tulsi ursula valentina valeria valerie vanessa vera veronica
    vicki vicky victoria viola violet virginia vivian wanda wendy whitney willa wilma winifred
    yael yasmin yolanda yulia yvette yvonne zainab zelda zoe zuzana
    """
)
"""Given names borne by women almost always; "Mr." before a surname rules these bearers out."""

EITHERS_NAMES = word_set(
    """
    alex alexis angel ari ariel ash aubrey avery bailey blake brook cameron campbell carey
    casey chris dale dallas dana daryl devon drew dylan eden evan finley frankie gail gene
    grace hayden hunter jackie jamie jan jean jess jessie jo jocelyn jody jordan jules kai
    kelly kelsey kendall kerry kim kit lane lee leigh leslie lesley logan lou lynn mackenzie
    mel mia morgan nat nicky nikki noel pat parker paige peyton quinn randi reese regan riley
    robin rory rowan ryan sage sam sandy sasha scout shannon shawn shelby sidney skyler stacy
    stevie sydney taylor terry toby tony tracy val whitney xi yu jo
    """
)
"""Given names borne by men and women; an honorific rules no bearer out."""
