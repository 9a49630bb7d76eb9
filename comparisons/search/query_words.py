"""Words of a query that do not name a role."""

# What people ask about a role, and how.
FILLERS = frozenset(
    """
    people salary salaries pay pays paid paying wage wages earning earnings earn earns income money make makes making
    compensation rich cash job jobs career careers work works working occupation occupations profession
    professions position positions become becomes becoming how much many do does did doing what whats is are was
    average median mean starting start hourly annual annually yearly monthly weekly per hour hours year years day
    best better top highest lowest higher lower more less most high low description duties requirements
    requirement responsibilities outlook growth steps path i im me my want wanna be being been would like can
    could should we you your where which who why when near about degree diploma without get getting got hire hires
    hiring hired time full part remote remotely from home online need needed needs really that this there any some
    well easy good great usually typically go going if just please tell describe define meaning definition info
    information a an the of for in on at to and or with as by vs versus us usa america old new age student retired
    unemployed
    """.split()
)
# Ranks before a title, those that are dropped only where the rest is a title, and those after a title.
RANKS_BEFORE = frozenset(
    """
    senior sr junior jr lead chief principal journeyman journeyperson experienced trainee apprentice master graduate
    freelance certified licensed registered new professional aspiring qualified skilled
    """.split()
)
TWO_WORD_RANKS = frozenset({("entry", "level"), ("mid", "level"), ("self", "employed")})
RANKS_BEFORE_TITLES = frozenset("assistant deputy vice associate head executive staff".split())
RANKS_AFTER = frozenset("intern apprentice trainee internship apprenticeship i ii iii iv".split())
# Who leads what follows: "head of marketing".
LEADERS = (("vice", "president"), ("head",), ("director",), ("vp",), ("svp",), ("evp",), ("avp",), ("chief",))
LEADING_TITLES = ("manager", "director")
