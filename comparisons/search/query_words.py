"""Words of a query that do not name a role."""

from itertools import product

# What people ask about a role, and how; words are read without apostrophes.
FILLERS = frozenset(
    """
    people salary salaries pay pays paid paying wage wages earning earnings earn earns income money make makes making
    compensation rich cash job jobs career careers work works working occupation occupations profession professions
    position positions become becomes becoming how much many do does did doing what whats is are was average median mean
    starting start hourly annual annually yearly monthly weekly per hour hours year years day best better top highest
    lowest higher lower more less most high low description duties requirements requirement responsibilities outlook
    growth steps path i im me my want wanna be being been would like can could should we you your where which who why
    when near about degree diploma without get getting got hire hires hiring hired time full part remote remotely from
    home online need needed needs really that this there any some well easy good great usually typically go going if
    just please tell describe define meaning definition info information hard harder difficult possible worth someone
    somebody anyone guy guys dude gal bloke lad lass vacancy vacancies license licence licensing certification
    certificate qualification qualifications a an the of for in on at to and or with as by vs versus us usa america old
    new age student retired unemployed am love loves loving enjoy enjoys called rather rate rates into thinking live ive
    id youre youd youll youve hes shes its thats theres theyre theyd theyll whos whens wheres hows lets dont doesnt
    didnt cant couldnt isnt arent wasnt wont wouldnt shouldnt havent hasnt hey hi hello always wanted wants think know
    wonder wondering curious gonna gotta lemme pls plz idk okay ok um uh siri alexa thank thanks etc choose choosing
    maybe either both also too only ever actually probably currently since something anything another else kind similar
    same different opposed question questions dream dreaming reddit son daughter wife husband mom mum dad boyfriend
    girlfriend uncle cousin grandma grandpa wanting hoping seeking stay staying major majors bachelor bachelors masters
    phd compare compared comparing comparison
    """.split()
)
# Ranks before a title, those that are dropped only where the rest is a title, and those after a title.
RANKS_BEFORE = frozenset(
    """
    senior sr junior jr lead chief principal journeyman journeyperson experienced trainee apprentice master graduate
    freelance certified licensed registered new professional aspiring qualified skilled intern
    """.split()
)
TWO_WORD_RANKS = frozenset({("entry", "level"), ("mid", "level"), ("self", "employed"), ("newly", "qualified")}).union(
    product(("level", "tier", "band"), "123456789")
)
RANKS_BEFORE_TITLES = frozenset("assistant deputy vice associate head executive staff".split())
FIELDS_OF_WORK = frozenset("industry sector field".split())
RANKS_AFTER = FIELDS_OF_WORK.union("intern apprentice trainee internship apprenticeship graduate grad".split())
RANKS_AFTER |= {*"i ii iii iv".split(), *"12345"}
# Before one of these at the end stands what is learned: "cosmetology school".
SCHOOLING = frozenset("school college bootcamp training program course courses class classes".split())
# Who leads what follows: "head of marketing".
LEADERS = (("vice", "president"), ("head",), ("director",), ("vp",), ("svp",), ("evp",), ("avp",), ("chief",))
LEADING_TITLES = ("manager", "director")
# "it" before one of these, after "worth", or after one of the others at the end, means nothing; else it is information
# technology.
AFTER_IT = frozenset(
    """
    is take takes cost costs pay pays better easier harder hard difficult easy good worth to too like do make mean
    """.split()
)
BEFORE_LAST_IT = frozenset("is do about like".split())
# Before one of these stands what somebody is, after it where: "cashier at a supermarket".
BEFORE_PLACES = frozenset("in at near around within".split())
# Before one of these stands that somebody works: "works at a bank".
BEFORE_PLACES_OF_WORK = BEFORE_PLACES | {"for", "on"}
ARTICLES = frozenset("a an the".split())
WORKING = frozenset("work works working".split())
# Fillers that titles have too: "career counselor", "compensation manager". They are left out only where no title has
# them.
FILLERS_OF_TITLES = frozenset(
    "compensation career job work home time best health part full wage rate live id its comparison".split()
)
# These stand before what somebody does, unless that is working or making something: "the lady who cuts hair".
BEFORE_VERBS = FILLERS.union("person man men woman women lady ladies girl one those they worker workers".split())
BEFORE_VERBS = BEFORE_VERBS.union("mother father parent parents partner brother sister aunt friend friends".split())
BEFORE_VERBS -= WORKING | set("make makes making".split())


def _parse_pairs(text: str) -> dict[str, str]:
    """
    >>> _parse_pairs("tv: television, rep: sales representative")
    {'tv': 'television', 'rep': 'sales representative'}
    """
    pairs = {}
    for pair in text.split(","):
        before, after = pair.split(":")
        pairs[" ".join(before.split())] = " ".join(after.split())
    return pairs


# A word, in the singular -> the words that titles have for it. They are tried where no title has the word itself.
SAME_WORDS = _parse_pairs(
    """
    tech: technician, rep: representative, asst: assistant, mgr: manager, engr: engineer, eng: engineer, dev: developer,
    admin: administrator, coord: coordinator, prof: professor, acct: accountant, aid: aide, doc: doctor, exec:
    executive, ad: advertising, infosec: information security, psych: psychiatric, rehab: rehabilitation, ed: education,
    sped: special education, maint: maintenance, med: medical, govt: government, mech: mechanical, elec: electrical,
    pharma: pharmaceutical, uni: university, math: mathematics, fridge: refrigerator, bike: bicycle, plane: aircraft,
    airplane: aircraft, tv: television, phone: telephone, kid: child, lorry: truck, petrol: gas, flat: apartment, house:
    home, pub: bar, gym: fitness, pc: computer, laptop: computer, tooth: dental, teeth: dental, railcar: rail car,
    railway: railroad, motorbike: motorcycle, motorway: highway, lift: elevator, rubbish: garbage, trash: garbage,
    refuse: garbage, tyre: tire, cab: taxi, movie: film, boss: manager, shop: store, supermarket: grocery, repairman:
    repairer, prisoner: prison, programme: program, er: emergency room, sw: software, tvs: television, mktg: marketing,
    mfg: manufacturing, supv: supervisor, tchr: teacher, operative: worker, adviser: advisor, labour: labor, ops:
    operation, website: web, kook: cook, shef: chef,
    svc: service, cust: customer, mgmt: management, dir: director, whse: warehouse, secy: secretary, supt:
    superintendent, hosp: hospital, const: construction, comp: computer, sci: science, sec: security, acctg: accounting,
    intl: international, phy: physical, equip: equipment, est: estate, prod: production, ins: insurance, elem:
    elementary
    """
)
# What else a short form can stand for.
OTHER_WORDS = _parse_pairs(
    """
    acct: account, eng: english, tech: technical, admin: administrative, dev: development, prof: professional, mech:
    mechanic, elec: electrician, ops: operations, psych: psychology, comp: compensation, sec: secretary
    """
)
# Several words -> others for them.
SAME_PHRASES = _parse_pairs(
    """
    take care of: care, takes care of: care, taking care of: care, look after: care, looks after: care, looking after:
    care, old people: elderly, older people: elderly, old folks: elderly, older adults: elderly, put out: fight, puts
    out: fight, putting out: fighting, career change: career, changing careers: career, do you call: is, nine one one:
    911, job hunting: job, job hunter: job, job hunters: job, for a living: paid, temp to hire: hire, contract to hire:
    hire, no experience: without, no degree: without, years experience: years, years of experience: years, years of
    school: years, best state: best, paying state: paying, which state: which, what state: what, after taxes: paid, pros
    and cons: best, help me choose: choose, work as: being, works as: being, worked as: being, working as: being,
    of science in: degree, of arts in: degree, join our team: hiring, trade school: vocational school, how long does
    it take: how, how long will it take: how, immediate opening: hiring, immediate openings: hiring
    """
)
# An employer -> what kind of place it is. Names of employers are no titles.
EMPLOYERS = _parse_pairs(
    """
    mcdonald: fast food, wendy: fast food, kfc: fast food, chipotle: fast food, popeye: fast food, arby: fast food,
    starbuck: coffee shop, dunkin: coffee shop, walmart: retail, costco: retail, tesco: retail, ikea: retail, lowe:
    retail, macy: retail, kohl: retail, asda: retail, sainsbury: retail, kroger: grocery, aldi: grocery, safeway:
    grocery, publix: grocery, wegman: grocery, cvs: pharmacy, walgreen: pharmacy, ups: delivery, fedex: delivery, dhl:
    delivery, doordash: delivery, grubhub: delivery, instacart: delivery, postmate: delivery, deliveroo: delivery, uber:
    taxi, lyft: taxi, google: software, microsoft: software, facebook: software, netflix: software, hilton: hotel,
    marriott: hotel, hyatt: hotel, sheraton: hotel, amazon: warehouse, usp: postal, greyhound: bus, amtrak: railroad,
    allstate: insurance, geico: insurance, hertz: car rental, orkin: pest control, terminix: pest control, autozone:
    auto parts, petsmart: pet, petco: pet, comcast: cable, xfinity: cable, boeing: aircraft, tesla: car, goodyear: tire,
    nasa: aerospace, nfl: football, nba: basketball, mlb: baseball, nhl: hockey, irs: tax, target:
    retail, domino: pizza
    """
)
# Who does what titles have other words for -> these words.
OTHER_DOERS = {
    doer: words.split()
    for doer, words in _parse_pairs(
        """
        fixer: repairer mechanic technician, repairer: mechanic technician, flier: pilot, seller:
        salesperson agent, deliverer: carrier driver, deliveror: driver, carer: caretaker caregiver aide, drawer:
        artist, grower: farmer, raiser: farmer breeder, studier: scientist, maker: artist, cooker: cook, treater:
        doctor, healer: doctor, runner: manager principal operator, minder: sitter, watcher: sitter, driver: chauffeur,
        typer: typist, worker: handler caregiver mechanic technician, answerer: receptionist, server: waiter, reviewer:
        critic, guarder: guard
        """
    ).items()
}
