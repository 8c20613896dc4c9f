"""The dossier of `first_hour`: an invented minister, four claims and ten reports. None of it happened."""

from typing import NamedTuple


class NewClaim(NamedTuple):
    span: str
    proposition: str
    kind: str
    criterion: str
    answer: str
    sought: str
    until: str = ""


class Report(NamedTuple):
    summary: str
    event: str
    known: str
    source: str
    place: str
    links: tuple[tuple[int, int, str], ...]  # number of the claim, stance, why the report bears on it
    one_event: str = ""


SPEAKER = "Nadia Rahal"
TITLE = "Remarks on hospitals in the north"
SOURCE_OF_WORDS = "Ministry of Health of Norland"
WORDS = (
    "Let me be clear about the north. All six hospitals are open again. Ambulances reach every district within twenty "
    "minutes. Deliveries of medicine have doubled since January. And we will open a new clinic in Karsum by the end "
    "of June."
)
CLAIMS = (
    NewClaim(
        "All six hospitals are open again",
        "All six hospitals in the north are open",
        "condition",
        "Each of the six admits patients in March 2024.",
        "Four of the six admitted patients in March 2024. Two were closed for repairs.",
        "Hospitals that admit patients",
    ),
    NewClaim(
        "Ambulances reach every district within twenty minutes",
        "Ambulances reach every northern district within twenty minutes",
        "condition",
        "The median time of arrival in each district, by the service's own records or by independent counts.",
        "In two of nine districts the median time of arrival was over forty minutes.",
        "Times of arrival of ambulances",
    ),
    NewClaim(
        "Deliveries of medicine have doubled since January",
        "Deliveries of medicine to the north have doubled since January",
        "fact",
        "Tonnes that arrived in March 2024, against January 2024.",
        "180 tonnes arrived in March 2024, after 95 tonnes in January.",
        "Tonnes of medicine, month by month",
    ),
    NewClaim(
        "we will open a new clinic in Karsum by the end of June",
        "A new clinic opens in Karsum by the end of June 2024",
        "commitment",
        "A clinic in Karsum that admits patients on or before 30 June 2024.",
        "No clinic had opened in Karsum by the end of June 2024.",
        "The clinic in Karsum",
        "2024-06-30",
    ),
)
REPORTS = (
    Report(
        "The hospital of Velm turns patients away; its wards are closed for repairs.",
        "2024-03-14", "15 March 2024", "Norland Health Monitor", "Velm",
        ((0, -2, "One of the six was closed two days after the words."),), "Closing of the hospital of Velm",
    ),
    Report(
        "Patients from Velm are taken to the capital because their hospital is closed.",
        "2024-03-14", "16 March 2024", "Northern Dispatch", "Velm",
        ((0, -2, "A second account of the closed hospital."), (1, -1, "Ambulances drove four hours.")),
        "Closing of the hospital of Velm",
    ),
    Report(
        "Surgeons in Tarn say that their hospital has admitted nobody since February.",
        "2024-03", "22 March 2024", "Doctors' Union of Norland", "Tarn",
        ((0, -2, "A second one of the six was closed."),),
    ),
    Report(
        "The hospital of Osk admits patients again after a year.",
        "2024-03-02", "3 March 2024", "Northern Dispatch", "Osk",
        ((0, 1, "One of the six opened again."),),
    ),
    Report(
        "Ambulances took 45 minutes on average in the district of Tarn.",
        "2024-03", "2 April 2024", "Norland Health Monitor", "Tarn",
        ((1, -2, "Twice the time that the minister named."),),
    ),
    Report(
        "The ambulance service reports arrival within 18 minutes in seven of nine districts.",
        "2024-03", "5 April 2024", "Audit Office of Norland", "Velm",
        ((1, -1, "In two of the districts it took longer."),),
    ),
    Report(
        "180 tonnes of medicine crossed at Osk in March, after 95 in January.",
        "2024-03", "8 April 2024", "Audit Office of Norland", "Osk",
        ((2, 2, "Nearly twice as much as in January."), (0, 0, "It names the hospitals that were supplied.")),
    ),
    Report(
        "Pharmacies in Velm say that they received more medicine in March than in the whole winter.",
        "2024-03", "28 March 2024", "Northern Dispatch", "Velm",
        ((2, 1, "More arrived in one of the places."),),
    ),
    Report(
        "The building in Karsum has no roof on the last day of June.",
        "2024-06-30", "1 July 2024", "Northern Dispatch", "Karsum",
        ((3, -2, "A clinic without a roof admits nobody."),),
    ),
    Report(
        "The clinic in Karsum is to open in October, says the builder; nobody is admitted in Karsum or Tarn.",
        "2024-07", "12 July 2024", "Norland Health Monitor", "Karsum",
        ((3, -2, "It opens after the day that was promised."), (0, -1, "It says that Tarn admits nobody.")),
    ),
)  # fmt: skip
