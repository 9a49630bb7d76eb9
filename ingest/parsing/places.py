"""Names of places: states, and other places that tables can have as column heads."""

from careers.areas import AREAS

# The states and territories of the United States: postal code -> name.
STATES: dict[str, str] = {area.state: area.name for area in AREAS.values()}

# Countries, regions and towns, in lower case.
PLACES = frozenset(
    (
        "united states|usa|u.s.|us|u.s.a.|america|nation|national|nationwide|canada|mexico|united kingdom|uk|"
        "england|scotland|wales|ireland|northern ireland|france|germany|spain|italy|portugal|netherlands|belgium|"
        "switzerland|austria|sweden|norway|denmark|finland|poland|greece|turkey|russia|ukraine|china|india|japan|"
        "south korea|singapore|hong kong|philippines|indonesia|australia|new zealand|brazil|argentina|chile|"
        "colombia|south africa|nigeria|kenya|egypt|israel|europe|european union|asia|africa|north america|"
        "south america|latin america|oceania|worldwide|world|global|international|local|state|county|northeast|"
        "midwest|south|west|north|east|southeast|southwest|northwest|east coast|west coast|new england|pacific|"
        "mountain|the north|the south|the east|the west|puerto rico|guam|district of columbia|washington d.c.|"
        "washington, d.c.|d.c.|new york city|nyc|los angeles|chicago|houston|phoenix|philadelphia|san antonio|"
        "san diego|dallas|jacksonville|austin|fort worth|san jose|columbus|charlotte|indianapolis|san francisco|"
        "seattle|denver|oklahoma city|nashville|el paso|boston|portland|las vegas|detroit|memphis|louisville|"
        "baltimore|milwaukee|albuquerque|tucson|fresno|sacramento|mesa|kansas city|atlanta|omaha|colorado springs|"
        "raleigh|long beach|virginia beach|miami|oakland|minneapolis|tulsa|bakersfield|wichita|arlington|aurora|"
        "tampa|new orleans|cleveland|honolulu|anaheim|lexington|stockton|corpus christi|henderson|riverside|"
        "newark|saint paul|st. paul|santa ana|cincinnati|irvine|orlando|pittsburgh|st. louis|saint louis|"
        "greensboro|jersey city|anchorage|lincoln|plano|durham|buffalo|chandler|chula vista|toledo|madison|"
        "gilbert|reno|fort wayne|north las vegas|st. petersburg|lubbock|irving|laredo|winston-salem|chesapeake|"
        "glendale|garland|scottsdale|norfolk|boise|fremont|spokane|santa clarita|baton rouge|richmond|hialeah|"
        "san bernardino|tacoma|modesto|huntsville|des moines|yonkers|rochester|moreno valley|fayetteville|fontana|"
        "worcester|port st. lucie|little rock|augusta|oxnard|birmingham|montgomery|frisco|amarillo|salt lake city|"
        "grand rapids|huntington beach|overland park|tallahassee|grand prairie|mckinney|cape coral|sioux falls|"
        "peoria|providence|vancouver|knoxville|akron|shreveport|mobile|brownsville|newport news|fort lauderdale|"
        "chattanooga|tempe|eugene|santa rosa|salem|springfield|hartford|bridgeport|new haven|stamford|dayton|"
        "syracuse|albany|savannah|charleston|cheyenne|billings|fargo|burlington|wilmington|dover|annapolis|"
        "trenton|harrisburg|juneau|santa fe|carson city|olympia|topeka|jefferson city|bismarck|pierre|helena|"
        "concord|montpelier|frankfort|lansing|london|manchester|liverpool|leeds|glasgow|edinburgh|cardiff|belfast|"
        "dublin|paris|lyon|marseille|berlin|munich|hamburg|frankfurt|cologne|madrid|barcelona|lisbon|rome|milan|"
        "vienna|zurich|geneva|amsterdam|rotterdam|brussels|stockholm|oslo|copenhagen|helsinki|warsaw|prague|"
        "budapest|athens|istanbul|moscow|kyiv|tokyo|osaka|beijing|shanghai|shenzhen|delhi|new delhi|mumbai|"
        "bangalore|bengaluru|chennai|hyderabad|manila|jakarta|bangkok|seoul|taipei|sydney|melbourne|brisbane|"
        "perth|auckland|toronto|montreal|calgary|ottawa|mexico city|sao paulo|buenos aires|santiago|bogota|lima|"
        "cairo|lagos|nairobi|johannesburg|cape town|tel aviv|dubai|downtown|metro|metro area|suburbs|city|town"
    ).split("|")
)
