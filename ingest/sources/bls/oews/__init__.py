"""The tables of the Occupational Employment and Wage Statistics by the U.S. Bureau of Labor Statistics.

A row is about one area and one occupation or group of occupations. Only the nation's detailed occupations, over all
industries and owners, become roles; rows of states and territories add to them. The nation's row of all occupations
together gives the figures of all jobs. The name of a state decides which one it is, because the files of the Bureau
number states in several ways. A cell can hold a mark instead of a figure: `*` and `**` mean not published, `#` means
too high to publish. Self-employed people are not counted. Wages are USD, relative errors percent.

Source: https://www.bls.gov/oes/tables.htm
"""

from ingest.sources.bls.oews.wage_page import earlier_year, parse, recognises

__all__ = ["earlier_year", "parse", "recognises"]
