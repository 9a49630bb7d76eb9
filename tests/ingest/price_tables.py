"""Small tables of price levels in the columns of the Bureau of Economic Analysis."""

PRICE_FILE = "SARPP_STATE_2008_2024.csv"
HEAD = "GeoFIPS,GeoName,Region,TableName,LineCode,IndustryClassification,Description,Unit,2022,2024,2023"


def write_row(
    fips: str, name: str, *levels: str, line: str = "1", about: str = "RPPs: All items ", table: str = "SARPP"
) -> str:
    return f' "{fips}000","{name}",1,{table},{line},"...","{about}","Index",{",".join(levels)}'


NATION = write_row("00", "United States", "100.000", "100.000", "100.000")
CALIFORNIA = write_row("06", "California", "112.5", "111.25", "112.0")
ALASKA = write_row("02", "Alaska *", "101", "102.5", "103")
RENTS = write_row("06", "California", "150", "160", "155", line="3", about=" RPPs: Services: Housing ")
NOTE = '"Note: See the footnotes."'


def write_table(*rows: str, head: str = HEAD) -> bytes:
    return ("\n".join([head, *rows, NOTE]) + "\n").encode()


PRICE_TABLE = write_table(NATION, ALASKA, CALIFORNIA, RENTS)
